import type { Fact } from '../evidence/fact.ts';
import type { Cluster } from './cluster.ts';
import { addressesIn } from './command-line.ts';
import { addressKey, isLoopbackAddress } from './endpoint.ts';
import type { VrrpMember } from './peers.ts';
import { scriptOf, tracksOf } from './tracking.ts';

/** Addresses beyond the cluster that a node asks in a check whose failure means FAULT, with the track that does. */
export function outsideTargets(
  cluster: Cluster,
  { host, instance }: VrrpMember,
): ReadonlyMap<string, Fact<string>> {
  const targets = new Map<string, Fact<string>>();
  for (const track of tracksOf(host, instance)) {
    const { name, weight, reverse } = track;
    if (weight.value !== 0 || reverse) continue;
    for (const text of addressesIn(scriptOf(host, track)?.command?.value ?? '')) {
      const key = addressKey(text);
      if (key === undefined || isLoopbackAddress(key) || isOurs(cluster, key)) continue;
      targets.set(key, name);
    }
  }
  return targets;
}

function isOurs({ hosts }: Cluster, key: string): boolean {
  return hosts.some(
    ({ ownAddresses, vrrp }) =>
      ownAddresses.has(key) || vrrp?.some(({ vips }) => vips.some(({ value }) => value.key === key)),
  );
}
