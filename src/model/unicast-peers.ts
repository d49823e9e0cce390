import type { Fact } from '../evidence/fact.ts';
import { addressKey, familyOf } from './endpoint.ts';
import type { VrrpMember } from './peers.ts';
import type { VrrpInstance } from './vrrp.ts';

/** The address of a peer; keepalived ignores a mask behind it. */
export function peerKeyOf({ value }: Fact<string>): string | undefined {
  return addressKey(value.split('/')[0] ?? '');
}

/** An entry of `unicast_peer` that is no other node, or one that cannot be reached from here. */
export interface DoubtfulPeer {
  readonly peer: Fact<string>;
  readonly key: string;
  readonly is: 'the node itself' | 'of the other family' | 'listed before';
}

export function doubtfulPeers(instance: VrrpInstance): readonly DoubtfulPeer[] {
  const { unicastPeers, unicastSource, family } = instance;
  const own = unicastSource && addressKey(unicastSource.value);
  const seen = new Set<string>();
  return unicastPeers.flatMap((peer): DoubtfulPeer[] => {
    const key = peerKeyOf(peer);
    if (key === undefined) return [];
    const isKnown = seen.size === seen.add(key).size;
    if (key === own) return [{ peer, key, is: 'the node itself' }];
    if (familyOf(key) !== family) return [{ peer, key, is: 'of the other family' }];
    return isKnown ? [{ peer, key, is: 'listed before' }] : [];
  });
}

/** The entry that was probably meant for a node that is missing: this node's own address, or one that is nobody's. */
export function misspeltPeer({ host, instance }: VrrpMember, known: ReadonlySet<string>) {
  const ofSome = (addresses: ReadonlySet<string>) => (peer: Fact<string>) =>
    addresses.has(peerKeyOf(peer) ?? peer.value);
  return (
    instance.unicastPeers.find(ofSome(host.ownAddresses)) ??
    instance.unicastPeers.find((peer) => !ofSome(known)(peer))
  );
}
