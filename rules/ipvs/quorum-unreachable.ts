import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import type { VirtualService } from '../../src/model/service.ts';
import { hasDynamicWeights, totalWeight } from '../../src/model/weights.ts';

export default defineRule({
  id: 'ipvs/quorum-unreachable',
  severity: 'warning',
  title: 'the quorum does not fit the weights of the real servers',
  why: 'Quorum and hysteresis count weights, not servers: below them the sorry server takes over from servers that work.',
  remedy: 'Choose quorum plus hysteresis so that the servers that are left after a failure still reach it.',
  needs: ['services'],
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      if (service.quorum === undefined && service.hysteresis === undefined) continue;
      const sum = totalWeight(service);
      if (sum === 0 || hasDynamicWeights(service)) continue;
      const flaw = flawOf(service, sum);
      if (flaw !== undefined) report({ host, about: service, ...flaw });
    }
  },
});

function flawOf(
  { quorum, hysteresis, label, sorryServer, quorumUp, realServers }: VirtualService,
  sum: number,
) {
  const [needed, extra] = [quorum?.value ?? 1, hysteresis?.value ?? 0];
  if (quorum !== undefined && needed > sum)
    return {
      at: quorum,
      message: `${label} has quorum ${needed}, but all its weights add up to ${sum}: keepalived lowers it to ${sum}`,
      toldByKeepalived: true,
    };
  if (hysteresis !== undefined && extra >= needed)
    return {
      at: hysteresis,
      message: `${label} has hysteresis ${extra}, which is not below its quorum ${needed}: keepalived takes ${needed - 1}`,
      toldByKeepalived: true,
    };
  const uses = sorryServer === undefined ? quorumUp : sorryServer.address;
  if (uses === undefined) return undefined;
  const related = [{ at: uses, message: sorryServer ? 'the sorry server' : 'quorum_up' }];
  if (hysteresis !== undefined && needed + extra > sum)
    return {
      at: hysteresis,
      related,
      severity: 'error' as const,
      message: `${label} needs weights of ${needed} + ${extra} to be up, but all its servers have ${sum}: ${sorryServer ? 'the sorry server answers for ever' : 'quorum_up is never run again'}`,
    };
  const least = Math.min(...realServers.map(({ weight }) => weight.value).filter((weight) => weight > 0));
  if (quorum === undefined || sorryServer === undefined || realServers.length < 2 || sum - least >= needed)
    return undefined;
  return {
    at: quorum,
    related,
    message: `${label} has quorum ${needed} of ${sum}: the failure of any one server sends all clients to the sorry server`,
  };
}
