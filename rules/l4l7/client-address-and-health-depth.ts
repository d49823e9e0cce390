import { defineRule } from '../../src/judge/rule.ts';
import { tierDoubts } from '../../src/model/proxy-header.ts';

export default defineRule({
  id: 'l4l7/client-address-and-health-depth',
  severity: 'warning',
  title: 'the tiers do not agree on the client address or on affinity',
  why: 'Requests are refused, carry the wrong client address, or are spread unevenly although every check is green.',
  remedy: 'Settle for each hop who adds the client address, and keep affinity in one tier.',
  needs: ['proxies'],
  spans: true,
  evenIfPartial: true,
  check({ whole }, report) {
    for (const { host, proxy, ...doubt } of tierDoubts(whole)) report({ host, about: proxy, ...doubt });
  },
});
