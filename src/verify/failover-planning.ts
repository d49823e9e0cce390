import type { Cluster, Host } from '../model/cluster.ts';
import { addressKey } from '../model/endpoint.ts';
import { liveVips } from '../model/live-vip.ts';
import { type VrrpGroup, vrrpGroups } from '../model/peers.ts';
import { rankingOf } from '../model/ranking.ts';
import type { VirtualService } from '../model/service.ts';
import { syncGroupOf } from '../model/sync-group.ts';
import { movedVips } from '../model/vip-list.ts';
import { advertIntOf } from '../model/vrrp-effect.ts';
import type { FailoverPlan, FaultKind, PlannedRouter, PlannedService } from './failover-plan.ts';
import { type Contest, comebackWindow, takeoverWindow, windowOfAll } from './failover-window.ts';

/** What the user wants. */
export interface FailoverWish {
  readonly fault: FaultKind;
  /** The node to fail; without it the one that holds VIPs. */
  readonly master?: string | undefined;
  /** Milliseconds after which the armed job undoes the fault in any case. */
  readonly undoAfter: number;
}

/** A plan, or why there is none: a sentence about the cluster as it is. */
export type Planning = { readonly plan: FailoverPlan } | { readonly refused: string };

/** What a failover of a running cluster does, and what theory expects of it. */
export function planFailover(cluster: Cluster, { fault, master: wanted, undoAfter }: FailoverWish): Planning {
  const holders = holdersIn(cluster);
  const names = [...new Set(holders.map(({ holder }) => holder.name))];
  const [name] = wanted === undefined ? names : names.filter((each) => each === wanted);
  if (names.length === 0) return { refused: 'no director holds a VIP of a VRRP instance that a peer shares' };
  if (name === undefined) return { refused: `${wanted} holds no VIP: ${names.join(' and ')} does` };
  if (wanted === undefined && names.length > 1)
    return { refused: `${names.join(' and ')} each hold VIPs: say with --master which one fails` };
  const moved = holders.filter(({ holder }) => holder.name === name);
  const contests = moved.flatMap(({ group }) => contestOf(group, name) ?? []);
  const [first] = contests;
  const successors = [...new Set(contests.map(({ successor }) => successor.host.name))];
  if (first === undefined || contests.length < moved.length)
    return { refused: `no other node of ${moved.map(({ group }) => group.label).join(', ')} can take over` };
  if (successors.length > 1)
    return {
      refused: `the VIPs of ${name} go to ${successors.join(' and ')}: one failover at a time is verified`,
    };
  const link = first.master.instance.interface?.value;
  const hit = contests.filter((contest) => isHit(contest, first, fault, link));
  const windows = hit.map((contest) =>
    takeoverWindow(
      contest,
      fault === 'stop' || (fault === 'link' && contest.master.instance.interface?.value !== link),
    ),
  );
  const returns = hit.map((contest) => comebackWindow(contest, fault));
  const takeover = windowOfAll(windows);
  if (takeover === undefined) return { refused: `nothing of ${name} moves` };
  const back = returns.flatMap((window) => window ?? []);
  const routers = hit.map(routerOf);
  return {
    plan: {
      fault,
      master: name,
      successor: first.successor.host.name,
      routers,
      services: servicesAt(first.master.host, new Set(routers.flatMap(({ vips }) => vips))),
      takeover,
      comeback: back.length < returns.length ? undefined : windowOfAll(back),
      advertInterval: Math.max(
        ...hit.flatMap(({ master, successor }) =>
          [master, successor].map(({ instance }) => advertIntOf(instance) * 1000),
        ),
      ),
      keepsConnections: [first.master.host, first.successor.host].every(
        ({ globals }) => globals?.syncDaemon !== undefined,
      ),
      restoredWithin: Math.ceil(undoAfter + (windowOfAll(back)?.latest ?? 0)),
    },
  };
}

/** Each virtual router with the node that has its VIPs. */
function holdersIn(cluster: Cluster): readonly { readonly group: VrrpGroup; readonly holder: Host }[] {
  return vrrpGroups(cluster).flatMap((group) =>
    group.members
      .filter(({ host, instance }) => liveVips(host).some((held) => held.instance === instance))
      .map(({ host }) => ({ group, holder: host })),
  );
}

function contestOf(group: VrrpGroup, name: string): Contest | undefined {
  const ranking = rankingOf(group);
  const master = ranking.find(({ host }) => host.name === name);
  const successor = ranking.find(({ host }) => host.name !== name);
  return master && successor && { master, successor };
}

/** A dead or stopped node loses all that it has; a link takes the instances on it along, and their sync group. */
function isHit({ master }: Contest, first: Contest, fault: FaultKind, link: string | undefined): boolean {
  if (fault === 'stop' || fault === 'crash') return true;
  const sync = syncGroupOf(first.master.host, first.master.instance);
  const together = sync !== undefined && syncGroupOf(master.host, master.instance) === sync;
  return master.instance.interface?.value === link || together;
}

function routerOf({ master, successor }: Contest): PlannedRouter {
  const { instance } = master;
  const nodes = [master, successor];
  return {
    id: instance.id,
    label: instance.label,
    virtualRouterId: instance.virtualRouterId?.value,
    version: instance.version.value,
    vips: movedVips(instance).flatMap(({ value }) => value.key ?? []),
    interfaces: Object.fromEntries(
      nodes.map(({ host, instance: { interface: at } }) => [host.name, at?.value ?? '']),
    ),
    priorities: Object.fromEntries(nodes.map(({ host, best }) => [host.name, best])),
  };
}

function servicesAt({ table, services }: Host, vips: ReadonlySet<string>): readonly PlannedService[] {
  return (table ?? services ?? []).flatMap((service) =>
    reachable(service).filter(({ address }) => vips.has(address)),
  );
}

function reachable({ id, label, protocol, endpoints }: VirtualService): readonly PlannedService[] {
  if (protocol?.value !== 'TCP') return [];
  return endpoints.flatMap(({ address, port }) =>
    address === undefined || port === undefined || port.value === 0
      ? []
      : [{ id, label, address: addressKey(address.value) ?? address.value, port: port.value }],
  );
}
