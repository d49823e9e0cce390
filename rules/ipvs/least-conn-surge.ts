import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { hasDynamicWeights } from '../../src/model/weights.ts';

const COUNTS_CONNECTIONS = new Set(['lc', 'wlc', 'sed', 'nq']);

export default defineRule({
  id: 'ipvs/least-conn-surge',
  severity: 'info',
  title: 'a server that comes back gets all new connections at once',
  why: 'It has no connections, so the scheduler prefers it; a server that fails fast looks idle and attracts traffic too.',
  remedy:
    'Raise the weight step by step with a FILE_CHECK or a dynamic MISC_CHECK, or use wrr for short connections.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const { scheduler, realServers, protocol, label } = service;
      if (!COUNTS_CONNECTIONS.has(scheduler.value) || scheduler.basis === 'default') continue;
      if (realServers.length < 2 || protocol?.value === 'UDP' || hasDynamicWeights(service)) continue;
      const guesses = realServers.some(({ method }) => method.value === 'DR' || method.value === 'TUN');
      report({
        host,
        about: service,
        at: scheduler,
        message: `${label} schedules with ${scheduler.value}: a returning server takes every new connection until it has as many as the others${guesses ? ', counted from one direction only' : ''}`,
      });
    }
  },
});
