import { defineRule } from '../../src/judge/rule.ts';
import { unknownRole } from '../../src/model/roles.ts';

export default defineRule({
  id: 'forward/receive-offload',
  severity: 'warning',
  title: 'a network card of a director joins received packets (LRO)',
  why: 'What the card has joined is larger than the next link takes and cannot be taken apart again: uploads through the director crawl or stop.',
  remedy: 'Switch it off, at every boot: ethtool -K DEVICE lro off. GRO may stay on.',
  needs: ['features'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const unknown = unknownRole(host);
      if (unknown !== undefined) report.notJudged(host, unknown);
      if (!host.roles.has('director')) continue;
      for (const { device, name, on } of host.features) {
        if (name !== 'large-receive-offload' || !on.value) continue;
        report({
          host,
          about: host,
          at: on,
          message: `large-receive-offload is on for ${device} of ${host.label}`,
        });
      }
    }
  },
});
