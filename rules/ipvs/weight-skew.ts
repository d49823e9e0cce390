import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { traitsOf } from '../../src/model/service-traits.ts';
import { commonDivisor, extremesOf } from '../../src/model/weights.ts';

const MAX_RATIO = 10;
/** The longest sequence that wrr and wlc go through before all shares are right. */
const MAX_SHARE = 100;

export default defineRule({
  id: 'ipvs/weight-skew',
  severity: 'warning',
  title: 'weights are so far apart that the light server hardly takes part',
  why: 'wrr serves the heavy server many times in a row; the light one gets next to nothing and cannot take over.',
  remedy: 'Divide the weights by a common number and keep them between 1 and 20.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (service.scheduler.value !== 'wrr' && service.scheduler.value !== 'wlc') continue;
      const { leastWeight, mostWeight } = traitsOf(service);
      if (leastWeight === mostWeight) continue;
      const [light, heavy] = extremesOf(service) ?? [];
      if (light === undefined || heavy === undefined) continue;
      const [least, most] = [light.weight.value, heavy.weight.value];
      if (least === most) continue;
      const isSkewed = most / least > MAX_RATIO;
      const weights = service.realServers.map(({ weight }) => weight.value);
      if (!isSkewed && most / commonDivisor(weights) <= MAX_SHARE) continue;
      report({
        host,
        about: service,
        at: heavy.weight,
        message: `${service.label} gives ${heavy.label} weight ${most} and ${light.label} weight ${least}`,
        related: [{ at: light.weight, message: `${light.label} has weight ${least}` }],
        ...(!isSkewed && {
          severity: 'info',
          why: 'The shares are right only after a long sequence: in between, one server is served in long runs.',
        }),
      });
    }
  },
});
