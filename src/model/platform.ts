import type { Cluster, Host, HostWith } from './cluster.ts';
import type { Doubt } from './doubt.ts';
import { exemplaryServers } from './duties.ts';
import { syncDaemonOf } from './sync-daemon.ts';
import { namesOf } from './vip-list.ts';
import type { VrrpInstance } from './vrrp.ts';
import { isUnicast, multicastGroupOf } from './vrrp-effect.ts';

/** A network that is no Ethernet of its own; never guessed, the user declares it. */
export type Platform = 'aws' | 'azure' | 'gcp' | 'routed';

/**
 * None of them carries multicast or broadcast, believes a gratuitous ARP, or looks at a MAC address: each forwards by the
 * table of addresses that its API keeps (AWS, Azure and Google say so of VPC, virtual network and VPC).
 */
const LABELS: Readonly<Record<Platform, string>> = {
  aws: 'an AWS VPC',
  azure: 'an Azure virtual network',
  gcp: 'a Google Cloud VPC',
  routed: 'a routed network',
};

/** How messages call the declared network; undefined where it is an ordinary one. */
export function fabricOf({ target }: Cluster): string | undefined {
  return target.platform && LABELS[target.platform];
}

/** What of an instance or host sends multicast, which the network does not carry. */
export function multicastDoubts(
  host: HostWith<'vrrp'>,
  fabric: string,
): readonly (Doubt & { readonly about: VrrpInstance | undefined })[] {
  const doubts = host.vrrp
    .filter((instance) => !isUnicast(instance))
    .map((about) => ({
      about,
      at: about,
      message: `${about.label} sends its adverts to ${multicastGroupOf(about)}, which ${fabric} does not carry`,
    }));
  const daemon = syncDaemonOf(host);
  if (daemon === undefined) return doubts;
  return [
    ...doubts,
    {
      about: undefined,
      at: daemon,
      severity: 'warning' as const,
      message: `the sync daemon of ${host.label} sends multicast, which ${fabric} does not carry`,
      why: 'The backup never hears of a connection: a failover breaks them all, as without the daemon.',
      remedy: 'Leave it out, or carry it through a tunnel with multicast.',
    },
  ];
}

/** An instance whose VIP moves by gratuitous ARP alone: no script that could tell the network, no route instead. */
export function movesByArpOnly({ syncGroups = [] }: Host, instance: VrrpInstance): boolean {
  const group = syncGroups.find(({ members }) => members.some(({ value }) => value === instance.name.value));
  const told = instance.notify.length + (group?.notify.length ?? 0);
  return told + instance.virtualRoutes.length === 0 && instance.vips.length > 0;
}

/** `192.0.2.100 and 2 more` */
export function vipNames({ vips }: VrrpInstance): string {
  return namesOf(vips);
}

/** The first server for each method by which packets travel that such a network does not deliver. */
export function undeliverable(host: Host, fabric: string): readonly Doubt[] {
  return exemplaryServers(host).flatMap(({ method, label }): Doubt[] => {
    if (method.value === 'DR')
      return [
        {
          at: method,
          message: `${label} is served by DR, which changes the MAC address only: ${fabric} forwards by IP and looks at none`,
        },
      ];
    if (method.value !== 'TUN') return [];
    return [
      {
        at: method,
        severity: 'warning',
        message: `${label} is served by TUN: it answers with the VIP as its source, which ${fabric} takes for a forged one`,
        why: 'Requests arrive and the answers are dropped on their way, unless the check of sources is switched off for every server.',
        remedy: 'Switch the source check of the servers off, or use NAT.',
      },
    ];
  });
}
