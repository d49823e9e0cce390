import { safeFix, valued } from '../evidence/fix.ts';
import type { Doubt } from './doubt.ts';
import type { VirtualService } from './service.ts';
import { hasDynamicWeights, totalWeight } from './weights.ts';

/**
 * Why quorum and hysteresis do not do what they are for with all servers up. Both count weights: a service is up from
 * quorum + hysteresis on, and down below quorum (keepalived.conf(5)).
 */
export function doubtAboutQuorum(service: VirtualService): Doubt | undefined {
  const { quorum, hysteresis, label, sorryServer, quorumUp, realServers } = service;
  if (quorum === undefined && hysteresis === undefined) return undefined;
  const sum = totalWeight(service);
  if (sum === 0) return undefined;
  const [needed, extra] = [quorum?.value ?? 1, hysteresis?.value ?? 0];
  if (quorum !== undefined && needed > sum)
    return {
      at: quorum,
      message: `${label} has quorum ${needed}, but all its weights add up to ${sum}: keepalived lowers it to ${sum}`,
      toldByKeepalived: true,
      fix: safeFix('write what runs', valued(quorum, sum)),
    };
  if (hysteresis !== undefined && extra >= needed)
    return {
      at: hysteresis,
      message: `${label} has hysteresis ${extra}, which is not below its quorum ${needed}: keepalived takes ${needed - 1}`,
      toldByKeepalived: true,
      fix: safeFix('write what runs', valued(hysteresis, needed - 1)),
    };
  if (hasDynamicWeights(service)) return undefined;
  const uses = sorryServer === undefined ? quorumUp : sorryServer.address;
  if (uses === undefined) return undefined;
  const related = [{ at: uses, message: sorryServer ? 'the sorry server' : 'quorum_up' }];
  if (hysteresis !== undefined && needed + extra > sum)
    return {
      at: hysteresis,
      related,
      severity: 'error',
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
