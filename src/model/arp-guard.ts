import type { Cluster, Host } from './cluster.ts';
import { confPath, confTarget } from './conf-keys.ts';
import { isQuietDevice } from './device.ts';
import { allServices, dutiesOf, methodsOf } from './duties.ts';
import { effectiveAnywhere, effectiveConf } from './effective.ts';
import { inPrefix } from './endpoint.ts';
import { type HeldVip, quietVips } from './held-vip.ts';
import type { KernelSetting, KernelSettings } from './kernel.ts';
import { hasSysctlFiles } from './kernel-files.ts';
import { kernelNumber } from './kernel-number.ts';
import { settingOf } from './kernel-settings.ts';
import { remembered } from './memory.ts';
import { isDirect } from './method.ts';

export const ARP_KEYS = ['arp_ignore', 'arp_announce'] as const;
export type ArpKey = (typeof ARP_KEYS)[number];

/** What a host's settings make of one ARP key where neighbours ask: on every device but the quiet ones. */
export interface ArpGuard {
  /** The highest value on any device that ARP arrives on; which of them clients reach, nobody knows. */
  readonly value: number;
  /** The settings that decide the value; empty where nobody wrote any. */
  readonly from: readonly KernelSetting[];
  /** Settings of `lo` and of aliases: no ARP packet ever arrives there. */
  readonly idle: readonly KernelSetting[];
}

/** Undefined where nobody can tell: no settings were given, or none that speak of ARP, or a value is unclear. */
export function arpGuard(host: Host, name: ArpKey): ArpGuard | undefined {
  const { sysctl } = host;
  if (sysctl === undefined || !(hasSysctlFiles(host) || speaksOfArp(sysctl))) return undefined;
  const { value, from, unclear, own } = effectiveAnywhere(sysctl, name);
  let highest = { value, from };
  const idle: KernelSetting[] = [];
  for (const [device, effective] of own) {
    if (isIdleDevice(device)) {
      const setting = settingOf(sysctl, confPath(name, device));
      if (setting !== undefined && kernelNumber(setting.value.value) !== 0) idle.push(setting);
    } else if (effective.unclear) return undefined;
    else if (effective.value > highest.value) highest = effective;
  }
  return unclear ? undefined : { ...highest, idle };
}

/** True for devices that no ARP packet arrives on; aliases are no devices at all. */
export function isIdleDevice(name: string): boolean {
  return isQuietDevice(name) || name.includes(':');
}

/** A DR or TUN real server whose VIPs ARP must not betray. */
export interface ArpServer {
  readonly host: Host;
  /** Empty where the host is known to be such a server and nothing shows how it raises its VIPs. */
  readonly vips: readonly HeldVip[];
}

/** The real servers that have to keep IPv4 VIPs to themselves, as far as the files show. */
export function arpServers(cluster: Cluster): readonly ArpServer[] {
  return cluster.hosts.flatMap((host) => {
    if (!host.roles.has('real-server')) return [];
    const vips = quietVips(cluster, host);
    return vips.length > 0 || (host.addresses === undefined && servesDirectly(cluster, host))
      ? [{ host, vips }]
      : [];
  });
}

/** The ARP settings of a host that have no effect. */
export interface IdleKeys {
  readonly host: Host;
  /** Undefined where the host is no DR or TUN real server, as far as anybody knows. */
  readonly vips: readonly HeldVip[] | undefined;
  /** Those of keys that are 0 wherever neighbours ask. */
  readonly open: { readonly names: readonly ArpKey[]; readonly settings: readonly KernelSetting[] };
  /** Those of keys that protect the host by other settings. */
  readonly needless: readonly KernelSetting[];
}

/** One for each host whose settings are given. */
export function idleKeys(cluster: Cluster): readonly IdleKeys[] {
  const servers = new Map(arpServers(cluster).map(({ host, vips }) => [host, vips]));
  return cluster.hosts.map((host) => {
    const names: ArpKey[] = [];
    const settings: KernelSetting[] = [];
    const needless: KernelSetting[] = [];
    for (const name of ARP_KEYS) {
      const guard = arpGuard(host, name);
      if (guard === undefined || guard.idle.length === 0) continue;
      (guard.value === 0 ? settings : needless).push(...guard.idle);
      if (guard.value === 0) names.push(name);
    }
    return { host, vips: servers.get(host), open: { names, settings }, needless };
  });
}

/** Such a server on which a key is 0 wherever neighbours ask. */
export interface OpenServer extends ArpServer {
  readonly guard: ArpGuard;
}

export function openServers(cluster: Cluster, name: ArpKey): readonly OpenServer[] {
  return arpServers(cluster).flatMap((server) => {
    const guard = arpGuard(server.host, name);
    const open = guard?.value === 0 ? guard : guard && openWhereAsked(server, name, guard);
    return open === undefined ? [] : [{ ...server, guard: open }];
  });
}

/** Where the network of a VIP is known to be on one device: what the others have does not help there. */
function openWhereAsked({ host, vips }: ArpServer, name: ArpKey, guard: ArpGuard): ArpGuard | undefined {
  const { sysctl, addresses = [] } = host;
  if (sysctl === undefined) return undefined;
  for (const { key, prefix, interface: device } of addresses) {
    if (prefix === undefined || isIdleDevice(device.value)) continue;
    if (!vips.some(({ address }) => inPrefix(address.key, key, prefix.value))) continue;
    const { value, from, unclear } = effectiveConf(sysctl, name, device.value);
    if (value === 0 && !unclear) return { value, from, idle: guard.idle };
  }
  return undefined;
}

/** Whether packets for IPv4 VIPs reach a host unchanged: by its services, else by those of the cluster, if any. */
function servesDirectly(cluster: Cluster, host: Host): boolean {
  const duties = dutiesOf(cluster, host);
  if (duties.length === 0) return usesDirectRouting(cluster);
  return duties.some(({ method, endpoint }) => isDirect(method) && endpoint.family === 4);
}

const usesDirectRouting = remembered((cluster: Cluster): boolean => {
  const services = cluster.hosts.flatMap(allServices);
  return (
    services.length === 0 ||
    services.some(
      (service) =>
        service.endpoints.some(({ family }) => family === 4) && [...methodsOf(service)].some(isDirect),
    )
  );
});

function speaksOfArp({ settings }: KernelSettings): boolean {
  return settings.some(({ key }) => /^arp_(?:ignore|announce)$/.test(confTarget(key)?.name ?? ''));
}
