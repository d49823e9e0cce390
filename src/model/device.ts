/** Devices that carry a VIP which must not be announced: a DR or TUN real server's. */
const QUIET = /^(lo|dummy\d*|tunl\d*|ip6tnl\d*|gre\d*|kube-ipvs0)$/;
/** Devices that packets come out of without their wrapping (net/ipv4/ipip.c, net/ipv4/ip_gre.c, net/ipv6/ip6_tunnel.c). */
const TUNNEL = /^(?:tunl|ip6tnl|gre|ip6gre|sit)\d+$/;
/** Names that the kernel, udev or their drivers give to links with neighbours, VLANs on top of them included. */
const WIRED =
  /^(?:eth\d|en[opsx]\w|em\d|p\d+p\d|bond\d|br\d|br-|virbr\d|team\d|vlan\d|wl[aops]|ib\d)[\w-]*(?:\.\d+)?$/;

/** True for `lo`, `dummy0`, `tunl0`: nothing answers ARP or neighbour solicitations there. */
export function isQuietDevice(name: string): boolean {
  return QUIET.test(name);
}

/** True for the kernel's own tunnel devices. */
export function isTunnelDevice(name: string): boolean {
  return TUNNEL.test(name);
}

/** True for a link with neighbours, as far as its name tells; false for names that somebody made up. */
export function isWiredDevice(name: string): boolean {
  return WIRED.test(name);
}
