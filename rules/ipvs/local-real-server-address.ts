import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { doubtAboutAddress } from '../../src/model/server-address.ts';
import { traitsOf } from '../../src/model/service-traits.ts';

export default defineRule({
  id: 'ipvs/local-real-server-address',
  severity: 'error',
  title: 'a real server has an address that cannot be one',
  why: 'The packets do not reach the machine that is meant, however healthy it is.',
  remedy: "Write the real server's own address.",
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (!traitsOf(service).hasOddAddresses) continue;
      for (const server of service.realServers) {
        const doubt = doubtAboutAddress(service, server);
        if (doubt === undefined) continue;
        report({ host, about: service, ...doubt });
        break;
      }
    }
  },
});
