import type { Fact } from '../evidence/fact.ts';
import type { Cluster, Host } from './cluster.ts';
import type { Doubt } from './doubt.ts';
import { allServices, servicesByServer, servicesByVip } from './duties.ts';
import { heldVips } from './held-vip.ts';
import { arrivals } from './tier.ts';
import { movedVips } from './vip-list.ts';
import type { Vip, VrrpInstance } from './vrrp.ts';

/** What a tier behind the directors moves by VRRP although it is theirs, or although they count on its staying put. */
export interface NestedVip extends Doubt {
  readonly host: Host;
  readonly instance: VrrpInstance;
}

/** Each VIP once for each host that moves it and balances nothing. */
export function nestedVips(cluster: Cluster): readonly NestedVip[] {
  return cluster.hosts.flatMap((host) => {
    if (host.vrrp === undefined || allServices(host).length > 0) return [];
    return host.vrrp.flatMap((instance) =>
      movedVips(instance).flatMap((vip) => {
        const doubt = doubtAbout(cluster, host, vip);
        return doubt === undefined ? [] : [{ host, instance, ...doubt }];
      }),
    );
  });
}

function doubtAbout(cluster: Cluster, host: Host, vip: Fact<Vip>): Doubt | undefined {
  const key = vip.value.key ?? '';
  const named = servicesByServer(cluster)
    .get(key)
    ?.find(({ director }) => director !== host);
  if (named !== undefined)
    return {
      at: vip,
      message: `VIP ${key} of ${host.label} moves, and ${named.director.label} has it as a real server of ${named.service.label}`,
      why: 'Checks and connections follow the address: one box is counted as several, or all of the tier fails when it moves.',
      remedy: 'Name each box of this tier by an address of its own that stays there.',
      related: [{ at: named.server, message: 'a real server by this address' }],
    };
  const [balanced] = servicesByVip(cluster).get(key) ?? [];
  if (balanced === undefined || !isBehind(cluster, host, balanced.director)) return undefined;
  return {
    at: vip,
    message: `${host.label} moves VIP ${key} by VRRP, and ${balanced.director.label} balances ${balanced.service.label} to it`,
    related: [{ at: balanced.endpoint.address ?? balanced.service, message: "the directors' VIP" }],
  };
}

/** Whether a host is one of those that a director sends connections to, or holds a VIP of its for that. */
function isBehind(cluster: Cluster, host: Host, director: Host): boolean {
  if (arrivals(cluster).some((arrival) => arrival.host === host && arrival.director === director))
    return true;
  const servers = servicesByServer(cluster);
  if (
    [...host.ownAddresses].some((address) => servers.get(address)?.some((each) => each.director === director))
  )
    return true;
  return heldVips(cluster, host).some(({ services }) => services.some((each) => each.director === director));
}
