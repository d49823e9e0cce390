import { defineRule, threshold } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { weightSkewOf } from '../../src/model/weight-skew.ts';

export default defineRule({
  id: 'ipvs/weight-skew',
  severity: 'warning',
  title: 'weights are so far apart that the light server hardly takes part',
  why: 'wrr serves the heavy server many times in a row; the light one gets next to nothing and cannot take over.',
  remedy: 'Divide the weights by a common number and keep them between 1 and 20.',
  needs: ['services'],
  evenIfPartial: true,
  thresholds: {
    ratio: threshold(10, 'times', 'a server with less than a tenth of the load of another stays cold'),
    sequence: threshold(100, 'turns', 'so many connections pass until all shares are right: advice only'),
  },
  check(cluster, report, thresholdsOn) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const doubt = weightSkewOf(service, thresholdsOn(host));
      if (doubt !== undefined) report({ host, about: service, ...doubt });
    }
  },
});
