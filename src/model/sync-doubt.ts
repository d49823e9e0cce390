import type { HostWith } from './cluster.ts';
import type { Doubt } from './doubt.ts';
import { instancesOf, syncGroupOf } from './sync-group.ts';
import type { SyncGroup } from './vrrp.ts';
import { isOwner } from './vrrp-effect.ts';

/** Members that are none, or that cannot move together (vrrp_sync.c; keepalived 2.2.7 ignores them). */
export function doubtsAboutMembers(host: HostWith<'vrrp'>, group: SyncGroup): readonly Doubt[] {
  const { label, members: names } = group;
  const members = instancesOf(host, group);
  const known = new Set(members.map((instance) => instance.label));
  const stranger = names.find(({ value }) => !known.has(value));
  const doubled = members.find((instance) => syncGroupOf(host, instance) !== group);
  const [owner, other] = [members.find(isOwner), members.find((instance) => !isOwner(instance))];
  const doubts: Doubt[] = [];
  if (stranger !== undefined)
    doubts.push({ at: stranger, message: `${label} lists ${stranger.value}, which is no instance` });
  else if (names.length === 1)
    doubts.push({ at: group, message: `${label} has one member, so it keeps nothing together` });
  const seen = new Set<string>();
  const again = names.find(({ value }) => seen.size === seen.add(value).size);
  if (again !== undefined)
    doubts.push({
      at: again,
      message: `${label} lists ${again.value} twice, so keepalived ignores this line`,
    });
  if (doubled !== undefined)
    doubts.push({
      at: names.find(({ value }) => value === doubled.label) ?? group,
      message: `${doubled.label} is in ${syncGroupOf(host, doubled)?.label} already, so keepalived ignores it in ${label}`,
    });
  if (owner !== undefined && other !== undefined)
    doubts.push({
      at: owner.priority,
      message: `${owner.label} has priority 255 and ${other.label} ${other.priority.value}, so the members of ${label} want different masters`,
      toldByKeepalived: false,
    });
  return doubts;
}
