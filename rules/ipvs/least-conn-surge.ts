import { defineRule } from '../../src/judge/rule.ts';
import { allServices } from '../../src/model/duties.ts';
import type { VirtualService } from '../../src/model/service.ts';
import { traitsOf } from '../../src/model/service-traits.ts';
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
    for (const host of cluster.hosts) {
      const [first, ...others] = allServices(host).filter(maySurge);
      if (first === undefined) continue;
      const { scheduler, label } = first;
      report({
        host,
        about: first,
        at: scheduler,
        message: `${label}${others.length === 0 ? '' : ` and ${others.length} more`} by ${scheduler.value}: a returning server takes every new connection until it has as many as the others${traitsOf(first).direct ? ', counted from one direction only' : ''}`,
      });
    }
  },
});

function maySurge(service: VirtualService): boolean {
  const { scheduler, realServers, protocol, manager } = service;
  // ipvsadm-save writes wlc, the default, whether somebody chose it or not.
  if (manager === 'saved-table' && scheduler.value === 'wlc') return false;
  if (!COUNTS_CONNECTIONS.has(scheduler.value) || realServers.length < 2) return false;
  return protocol?.value !== 'UDP' && scheduler.basis !== 'default' && !hasDynamicWeights(service);
}
