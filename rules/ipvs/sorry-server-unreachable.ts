import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { doubtAboutSorryServer } from '../../src/model/sorry-server.ts';

export default defineRule({
  id: 'ipvs/sorry-server-unreachable',
  severity: 'warning',
  title: 'the sorry server cannot stand in for the real servers',
  why: 'It is used when all servers are down and is never checked: that it does not work shows only in the outage.',
  remedy:
    "Treat it as one more real server of the same method: the service's port, the VIP on lo for DR and TUN.",
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const doubt = doubtAboutSorryServer(service);
      if (doubt !== undefined) report({ host, about: service, ...doubt });
    }
  },
});
