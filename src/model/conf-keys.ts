/**
 * How the kernel joins `conf.all` and `conf.IFACE` when it acts (include/linux/inetdevice.h, IN_DEV_MAXCONF, IN_DEV_ORCONF,
 * IN_DEV_ANDCONF, IN_DEV_CONF_GET). `redirects`: both on a host that forwards, either on one that does not.
 */
export type Combination = 'max' | 'or' | 'and' | 'interface' | 'redirects';

export interface ConfKey {
  readonly combination: Combination;
  /** What the kernel starts `conf.all` and a new interface with (net/ipv4/devinet.c). */
  readonly all: number;
  readonly own: number;
}

function key(combination: Combination, all: number, own = all): ConfKey {
  return { combination, all, own };
}

/** The keys of net.ipv4.conf that the kernel joins, with Documentation/networking/ip-sysctl.rst for their meaning. */
export const CONF_KEYS = {
  accept_local: key('or', 0),
  accept_redirects: key('redirects', 1),
  accept_source_route: key('and', 0, 1),
  arp_accept: key('max', 0),
  arp_announce: key('max', 0),
  arp_evict_nocarrier: key('and', 1),
  arp_filter: key('or', 0),
  arp_ignore: key('max', 0),
  arp_notify: key('max', 0),
  bc_forwarding: key('and', 0),
  bootp_relay: key('and', 0),
  drop_gratuitous_arp: key('or', 0),
  forwarding: key('interface', 0),
  ignore_routes_with_linkdown: key('or', 0),
  log_martians: key('or', 0),
  mc_forwarding: key('and', 0),
  medium_id: key('interface', 0),
  promote_secondaries: key('or', 0),
  proxy_arp: key('or', 0),
  proxy_arp_pvlan: key('or', 0),
  route_localnet: key('or', 0),
  rp_filter: key('max', 0),
  secure_redirects: key('or', 1),
  send_redirects: key('or', 1),
  shared_media: key('or', 1),
  src_valid_mark: key('or', 0),
  tag: key('interface', 0),
} as const satisfies Readonly<Record<string, ConfKey>>;

export type ConfKeyName = keyof typeof CONF_KEYS;

/** Whether a name is a key of net.ipv4.conf whose joining is known. */
export function isConfKeyName(name: string): name is ConfKeyName {
  return Object.hasOwn(CONF_KEYS, name);
}

/** The path of a key of one interface, of `all` or of `default`. */
export function confPath(name: string, device: string, family: 4 | 6 = 4): string {
  return `net/ipv${family}/conf/${device}/${name}`;
}

/** What a path under conf or neigh speaks of: `net/ipv4/conf/eth0.100/rp_filter` is rp_filter of eth0.100. */
export interface ConfTarget {
  readonly family: 4 | 6;
  readonly table: 'conf' | 'neigh';
  readonly device: string;
  readonly name: string;
}

/** Takes such a path apart; undefined for any other. */
export function confTarget(path: string): ConfTarget | undefined {
  const [, family, table, device, name] = /^net\/ipv([46])\/(conf|neigh)\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (device === undefined || name === undefined) return undefined;
  return { family: family === '4' ? 4 : 6, table: table === 'conf' ? 'conf' : 'neigh', device, name };
}
