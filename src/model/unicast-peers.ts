import type { Fact } from '../evidence/fact.ts';
import { reviewedFix } from '../evidence/fix.ts';
import { lineRemoved } from '../evidence/line-edit.ts';
import type { Doubt } from './doubt.ts';
import { addressKey, familyOf } from './endpoint.ts';
import type { VrrpMember } from './peers.ts';
import type { VrrpInstance } from './vrrp.ts';

/** The address of a peer; keepalived ignores a mask behind it. */
export function peerKeyOf({ value }: Fact<string>): string | undefined {
  return addressKey(value.split('/')[0] ?? '');
}

/** Entries of `unicast_peer` that are no other node, or that cannot be reached from here. */
export function doubtsAboutPeers(instance: VrrpInstance): readonly Doubt[] {
  const { label, unicastPeers, unicastSource, family } = instance;
  const own = unicastSource && addressKey(unicastSource.value);
  const seen = new Set<string>();
  return unicastPeers.flatMap((at): Doubt | readonly Doubt[] => {
    const key = peerKeyOf(at);
    if (key === undefined) return [];
    const isKnown = seen.size === seen.add(key).size;
    if (unicastSource !== undefined && key === own)
      return {
        at,
        message: `${label} lists the node's own address ${key} as a peer`,
        severity: unicastPeers.length > 1 ? 'warning' : 'error',
        related: [{ at: unicastSource, message: 'this node' }],
        fix: unicastPeers.length > 1 ? reviewedFix('delete it', lineRemoved(at)) : undefined,
      };
    if (familyOf(key) !== family)
      return {
        at,
        message: `peer ${key} is IPv${familyOf(key)} and ${label} is IPv${family}, so keepalived leaves it out`,
        toldByKeepalived: true,
      };
    if (!isKnown) return [];
    const fix = reviewedFix('delete it', lineRemoved(at));
    return { at, message: `${label} lists peer ${key} twice`, severity: 'warning', fix };
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
