import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { traitsOf } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'ipvs/thresholds-invalid',
  severity: 'error',
  title: 'the lower connection threshold of a real server is not below the upper one',
  why: 'The kernel refuses such a server (numerical result out of range): it never gets a connection, keepalived lists it all the same.',
  remedy:
    'Leave the lower threshold out, the kernel then takes three quarters of the upper one, or write both.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (!traitsOf(service).hasThresholds) continue;
      for (const { label, lowerThreshold, upperThreshold } of service.realServers) {
        if (lowerThreshold === undefined || lowerThreshold.value === 0) continue;
        const upper = upperThreshold?.value ?? 0;
        if (lowerThreshold.value < upper) continue;
        const isEqual = lowerThreshold.value === upper;
        report({
          host,
          about: service,
          at: lowerThreshold,
          message: isEqual
            ? `${label} becomes overloaded and free again at the same ${upper} connections`
            : `${label} has the lower threshold ${lowerThreshold.value} and ${upper === 0 ? 'no upper one' : `the upper threshold ${upper}`}: the kernel refuses the server`,
          related: upperThreshold ? [{ at: upperThreshold, message: `the upper threshold is ${upper}` }] : [],
          ...(isEqual && {
            severity: 'warning',
            why: 'The server is taken out and put back with every connection that ends, at the very moment of full load.',
          }),
        });
      }
    }
  },
});
