import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { doubtAboutQuorum } from '../../src/model/quorum.ts';

export default defineRule({
  id: 'ipvs/quorum-unreachable',
  severity: 'warning',
  title: 'the quorum does not fit the weights of the real servers',
  why: 'Quorum and hysteresis count weights, not servers: below them the sorry server takes over from servers that work.',
  remedy: 'Choose quorum plus hysteresis so that the servers that are left after a failure still reach it.',
  needs: ['services'],
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const doubt = doubtAboutQuorum(service);
      if (doubt !== undefined) report({ host, about: service, ...doubt });
    }
  },
});
