import type { Fact } from '../evidence/fact.ts';
import type { Cluster, Host, HostWith } from './cluster.ts';
import { isQuietDevice } from './device.ts';
import type { Doubt } from './doubt.ts';
import { groupBy } from './grouping.ts';
import { type VrrpGroup, vrrpGroups } from './peers.ts';
import type { LiveAddress, VrrpStatus } from './running.ts';
import { movedVips } from './vip-list.ts';
import type { Vip, VrrpInstance } from './vrrp.ts';
import { isOwner } from './vrrp-effect.ts';

/** A VIP that a running host has where neighbours can ask for it. */
export interface LiveVip {
  readonly instance: VrrpInstance;
  readonly vip: Fact<Vip>;
  readonly live: LiveAddress;
}

/** The VIPs of a host's instances that it has at the moment; on lo and its like they are a real server's. */
export function liveVips(host: Host): readonly LiveVip[] {
  const byKey = groupBy(host.liveAddresses ?? [], ({ key }) => key);
  return (host.vrrp ?? []).flatMap((instance) =>
    movedVips(instance).flatMap((vip) =>
      (byKey.get(vip.value.key ?? '') ?? [])
        .filter(({ interface: device }) => !isQuietDevice(device.value))
        .map((live) => ({ instance, vip, live })),
    ),
  );
}

/** Why a VIP has no business where it is: nobody moves it away from there. Undefined where all is as it ought to be. */
export function staleness(host: Host, { instance, vip, live }: LiveVip): Doubt | undefined {
  // An owner has its addresses whether VRRP runs or not.
  if (isOwner(instance)) return undefined;
  const holds = `${host.label} has VIP ${vip.value.address} on ${live.interface.value}`;
  const at = live.address;
  const { daemon } = host;
  if (daemon?.running.value === false)
    return {
      at,
      message: `${holds}, and keepalived does not run there`,
      related: [{ at: daemon.running, message: 'keepalived is stopped' }],
    };
  const status = stateOf(host, instance);
  if (status !== undefined && status.state.value !== 'MASTER')
    return {
      at,
      message: `${holds}, and ${instance.label} is ${status.state.value} there`,
      related: [{ at: status.state, message: `${status.state.value} says the daemon` }],
    };
  const wanted = vip.value.prefix ?? (vip.value.family === 4 ? 32 : 128);
  if (live.prefix !== undefined && live.prefix.value !== wanted)
    return {
      at: live.prefix,
      message: `${holds} with /${live.prefix.value}; keepalived adds and removes it with /${wanted}`,
      related: [{ at: vip, message: `/${wanted} here` }],
    };
  return undefined;
}

/** True for an address that something else than VRRP keeps on the host: that it stands there is no surprise. */
export function isKeptOtherwise({ staticAddresses = [], addresses = [] }: Host, { live }: LiveVip): boolean {
  return [...staticAddresses.map(({ value }) => value.key), ...addresses.map(({ key }) => key)].includes(
    live.key,
  );
}

/** The state that the running daemon gives an instance. */
function stateOf({ vrrpStates }: Host, { name }: VrrpInstance): VrrpStatus | undefined {
  return vrrpStates?.find((status) => status.name === name.value);
}

/** True where keepalived works in a network namespace of its own: a look at the host does not see what it has there. */
export function isElsewhere({ globals }: Host): boolean {
  return ['net_namespace', 'net_namespace_ipvs'].some((keyword) => globals?.other.has(keyword));
}

/** A virtual router of which several nodes are master at once, as far as addresses or the daemons themselves show. */
export interface DualMaster {
  readonly group: VrrpGroup;
  readonly vip: string | undefined;
  readonly masters: readonly { readonly host: HostWith<'vrrp'>; readonly at: Fact<string> }[];
}

/** Each virtual router once. A node whose VIP is stale is none of its masters: that is a fault of its own. */
export function dualMasters(cluster: Cluster): readonly DualMaster[] {
  return vrrpGroups(cluster).flatMap((group): DualMaster[] => {
    for (const vip of group.members[0]?.instance.vips ?? []) {
      const masters = group.members.flatMap(({ host, instance }) => {
        const held = liveVips(host).find(
          (each) => each.instance === instance && each.live.key === vip.value.key,
        );
        return held === undefined || staleness(host, held) || isKeptOtherwise(host, held)
          ? []
          : [{ host, at: held.live.address }];
      });
      if (masters.length > 1) return [{ group, vip: vip.value.address, masters }];
    }
    const masters = group.members.flatMap(({ host, instance }) => {
      const state = stateOf(host, instance)?.state;
      return state?.value === 'MASTER' ? [{ host, at: state }] : [];
    });
    return masters.length > 1 ? [{ group, vip: undefined, masters }] : [];
  });
}

/** A VIP that none of its nodes has, though somebody looked at all of them. */
export interface DeadVip {
  readonly group: VrrpGroup;
  readonly vip: Fact<Vip>;
  /** The node to look at: one whose daemon is known to be dead, else the first. */
  readonly host: Host;
}

/** One for each virtual router: what keeps one of its addresses away mostly keeps all of them. */
export function deadVips(cluster: Cluster): readonly DeadVip[] {
  return vrrpGroups(cluster).flatMap((group): DeadVip[] => {
    const hosts = group.members.map(({ host }) => host);
    if (hosts.some((host) => host.liveAddresses === undefined || isElsewhere(host))) return [];
    const held = new Set(hosts.flatMap(({ liveAddresses = [] }) => liveAddresses.map(({ key }) => key)));
    const vip = group.members[0]?.instance.vips.find(
      ({ value: { key } }) => key !== undefined && !held.has(key),
    );
    const host = hosts.find(({ daemon }) => daemon?.running.value === false) ?? hosts[0];
    return vip && host ? [{ group, vip, host }] : [];
  });
}
