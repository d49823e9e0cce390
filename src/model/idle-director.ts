import type { Cluster, Host, HostWith } from './cluster.ts';
import type { Doubt } from './doubt.ts';
import { isKeptOtherwise, liveVips, staleness } from './live-vip.ts';
import { remembered } from './memory.ts';
import { vrrpGroups } from './peers.ts';
import type { Route } from './running.ts';
import type { VrrpInstance } from './vrrp.ts';

/** A director that waits, and the one that has the VIP at the moment. */
export interface IdleDirector {
  readonly idle: HostWith<'vrrp'>;
  readonly instance: VrrpInstance;
  readonly holder: HostWith<'vrrp'>;
}

/** One for each instance that waits, as far as somebody looked at both nodes. */
export const idleDirectors = remembered((cluster: Cluster): readonly IdleDirector[] =>
  vrrpGroups(cluster).flatMap(({ members }) => {
    const seen = members.filter(({ host }) => host.liveAddresses !== undefined);
    const holds = ({ host, instance }: (typeof seen)[0]) =>
      liveVips(host).some(
        (held) => held.instance === instance && !staleness(host, held) && !isKeptOtherwise(host, held),
      );
    const holder = seen.find(holds)?.host;
    return holder === undefined
      ? []
      : seen.flatMap((member) =>
          holds(member) ? [] : [{ idle: member.host, instance: member.instance, holder }],
        );
  }),
);

/** What to add where something is wrong with a director that nobody uses at the moment; empty for one that serves. */
export function takeoverNote(cluster: Cluster, host: Host): string {
  const waits = idleDirectors(cluster).some(({ idle }) => idle === host);
  const serves = liveVips(host).length > 0;
  return waits && !serves ? `; ${host.label} would fail when it takes over` : '';
}

/** Why a director that waits could not do the work of the one that serves, beside what its files and its table tell. */
export function takeoverLack({ idle, instance, holder }: IdleDirector): Doubt | undefined {
  const fails = `${idle.label} would fail when it takes over`;
  const device = instance.interface?.value;
  const link = idle.links?.find(({ name }) => name === device);
  if (link !== undefined && !(link.up.value && link.hasCarrier))
    return {
      at: link.up,
      message: `${device} of ${idle.label} ${link.up.value ? 'has no carrier' : 'is down'}: ${fails}`,
      ...(instance.interface && { related: [{ at: instance.interface, message: 'VRRP runs on it' }] }),
    };
  // keepalived or its scripts may bring the routes along with the VIP.
  const brings = [idle, holder].some(
    ({ vrrp, syncGroups = [] }) =>
      vrrp.some(({ virtualRoutes }) => virtualRoutes.length > 0) ||
      [...vrrp, ...syncGroups].some(({ notify }) => notify.length > 0),
  );
  const [own, theirs] = [defaultRoutes(idle), defaultRoutes(holder)];
  const [route] = theirs ?? [];
  if (brings || own === undefined || own.length > 0 || route === undefined) return undefined;
  return {
    at: instance,
    message: `${idle.label} has no default route, ${holder.label} has: ${fails}`,
    related: [{ at: route, message: `the default route of ${holder.label}` }],
  };
}

/** Undefined where nobody looked, or rules of the routing policy may lead elsewhere. */
function defaultRoutes({ routes, policyRules }: Host): readonly Route[] | undefined {
  if (routes === undefined || policyRules === undefined || policyRules.length > 0) return undefined;
  return routes.filter(
    ({ destination, table, family }) => destination.value === 'default' && table === 'main' && family === 4,
  );
}
