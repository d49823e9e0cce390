import type { Cluster, Host } from './cluster.ts';
import type { Doubt } from './doubt.ts';
import { effectiveNumber } from './effective.ts';
import { movedVips } from './vip-list.ts';
import { type KubeProxy, usesIpvs } from './workload.ts';

/** Each kube-proxy that uses IPVS, with its host. */
export function ipvsProxies(
  hosts: readonly Host[],
): readonly { readonly host: Host; readonly proxy: KubeProxy }[] {
  return hosts.flatMap((host) =>
    (host.workloads?.kubeProxies ?? []).filter(usesIpvs).map((proxy) => ({ host, proxy })),
  );
}

/** What announces service addresses by ARP: somewhere in the cluster, or keepalived on the host for one that kube-proxy has too. */
export function announcerFor({ hosts }: Cluster, { vrrp = [], liveAddresses = [] }: Host) {
  const found = hosts.flatMap(({ workloads }) => workloads?.announcers ?? [])[0];
  if (found !== undefined) return found;
  const bound = new Set(
    liveAddresses.flatMap(({ key, interface: device }) => (device.value === 'kube-ipvs0' ? [key] : [])),
  );
  const vip = vrrp.flatMap(movedVips).find(({ value }) => bound.has(value.key ?? ''));
  return vip && { what: 'keepalived', place: vip.place };
}

/** Whether the host keeps quiet by its own sysctl files, whatever kube-proxy does. */
export function keepsQuiet({ sysctl }: Host): boolean {
  if (sysctl === undefined) return false;
  const { value } = effectiveNumber(sysctl, 'net/ipv4/conf/all/arp_ignore');
  return value !== undefined && value > 0;
}

/** The kernel's own (net/netfilter/ipvs/ip_vs_proto_tcp.c, ip_vs_proto_udp.c). */
const KERNEL = { tcp: 900, udp: 300 } as const;

/** Timeouts by which connections through kube-proxy are forgotten too early, or remembered too long. */
export function timeoutDoubts({ place, tcpTimeout, udpTimeout }: KubeProxy): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const tcp = tcpTimeout?.value || KERNEL.tcp;
  if (tcpTimeout !== undefined && tcp < KERNEL.tcp)
    doubts.push({ at: tcpTimeout, message: `kube-proxy forgets an idle TCP connection after ${tcp} s` });
  const udp = udpTimeout?.value || KERNEL.udp;
  if (udp >= KERNEL.udp)
    doubts.push({
      at: udpTimeout ?? { place },
      severity: 'info',
      message: `kube-proxy keeps a UDP client with its pod for ${udp} s${udpTimeout?.value ? '' : ", the kernel's own value"}`,
      why: 'A client that sends from one port again and again, as DNS resolvers do, keeps talking to a pod that is gone.',
      remedy: 'Write ipvs.udpTimeout: 30s or so, or serve DNS from a cache on each node.',
    });
  return doubts;
}
