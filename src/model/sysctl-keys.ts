import { globMatches } from '../../grammars/sysctl/read.ts';
import { CONF_KEYS, confTarget, isConfKeyName } from './conf-keys.ts';

/** What is known of one key. Paths are below /proc/sys. */
export interface KnownKey {
  readonly path: string;
  /** How many integers it holds; 0: a text. */
  readonly numbers: number;
  /** The kernel's own default; absent where it depends on memory or processors. */
  readonly value?: string;
  /** The release before which the default is another: 128 before 5.4. */
  readonly before?: { readonly kernel: string; readonly value: string };
  /** A write outside is refused, as measured on 6.1; absent: any integer is stored, sensible or not. */
  readonly range?: readonly [low: number, high: number];
  /** The first release that has it. */
  readonly since?: string;
  readonly readOnly?: true;
}

type Extra = Omit<KnownKey, 'path' | 'numbers' | 'value'>;

function one(path: string, value?: number, extra: Extra = {}): KnownKey {
  return { path, numbers: 1, ...(value !== undefined && { value: String(value) }), ...extra };
}

function several(path: string, numbers: number, value?: string): KnownKey {
  return { path, numbers, ...(value !== undefined && { value }) };
}

const MANY = Number.MAX_SAFE_INTEGER;
const NOT_NEGATIVE = { range: [0, MANY] } as const;
const SWITCH = { range: [0, 1] } as const;
const BYTE = { range: [0, 255] } as const;

/** net.ipv4.vs: Documentation/networking/ipvs-sysctl.rst, net/netfilter/ipvs/ip_vs_ctl.c; measured on 6.1. */
const IPVS: readonly KnownKey[] = [
  one('am_droprate', 10),
  one('amemthresh', 1024),
  one('backup_only', 0, { since: '3.9' }),
  one('cache_bypass', 0),
  one('conn_lfactor', -4, { range: [-8, 8] }),
  one('conn_reuse_mode', 1, { since: '4.1' }),
  one('conntrack', 0, { since: '2.6.37' }),
  one('debug_level', 0),
  one('drop_entry', 0, { range: [0, 3] }),
  one('drop_packet', 0, { range: [0, 3] }),
  { path: 'est_cpulist', numbers: 0, since: '6.2' },
  one('est_nice', 0, { range: [-20, 19], since: '6.2' }),
  one('expire_nodest_conn', 0),
  one('expire_quiescent_template', 0),
  one('ignore_tunneled', 0, { since: '4.4' }),
  one('lblc_expiration', 86400),
  one('lblcr_expiration', 86400),
  one('nat_icmp_send', 0),
  one('pmtu_disc', 1, { since: '3.7' }),
  one('run_estimation', 1, { since: '5.16' }),
  one('schedule_icmp', 0, { since: '4.4' }),
  one('secure_tcp', 0, { range: [0, 3] }),
  one('sloppy_sctp', 0, { since: '3.11' }),
  one('sloppy_tcp', 0, { since: '3.11' }),
  one('snat_reroute', 1),
  one('svc_lfactor'),
  one('sync_persist_mode', 0, { since: '3.11' }),
  one('sync_ports', 1, { since: '3.5' }),
  one('sync_qlen_max', undefined, { range: [0, MANY], since: '3.5' }),
  one('sync_refresh_period', 0, { since: '3.5' }),
  one('sync_retries', 0, { range: [0, 3], since: '3.5' }),
  one('sync_sock_size', 0, { since: '3.5' }),
  several('sync_threshold', 2, '3 50'),
  one('sync_version', 1, { range: [0, 1], since: '2.6.39' }),
].map((key) => ({ ...key, path: `net/ipv4/vs/${key.path}` }));

/** net.netfilter: Documentation/networking/nf_conntrack-sysctl.rst. Timeouts are seconds. */
const CONNTRACK: readonly KnownKey[] = [
  one('max', undefined, NOT_NEGATIVE),
  one('buckets'),
  one('count', undefined, { readOnly: true }),
  one('expect_max', undefined, { range: [1, MANY] }),
  one('acct', 0, SWITCH),
  one('timestamp', 0),
  one('checksum', 1, SWITCH),
  one('events', 2, { range: [0, 2], before: { kernel: '5.19', value: '1' } }),
  one('log_invalid', 0, BYTE),
  one('generic_timeout', 600),
  one('icmp_timeout', 30),
  one('icmpv6_timeout', 30),
  one('udp_timeout', 30),
  one('udp_timeout_stream', 120, { before: { kernel: '5.0', value: '180' } }),
  one('gre_timeout', 30),
  one('gre_timeout_stream', 180),
  one('frag6_high_thresh', 4194304),
  one('frag6_low_thresh', 3145728),
  one('frag6_timeout', 60),
  one('tcp_be_liberal', 0, SWITCH),
  one('tcp_loose', 1, SWITCH),
  one('tcp_max_retrans', 3, BYTE),
  one('tcp_ignore_invalid_rst', 0, { ...SWITCH, since: '5.14' }),
  one('tcp_timeout_syn_sent', 120),
  one('tcp_timeout_syn_recv', 60),
  one('tcp_timeout_established', 432000),
  one('tcp_timeout_fin_wait', 120),
  one('tcp_timeout_close_wait', 60),
  one('tcp_timeout_last_ack', 30),
  one('tcp_timeout_time_wait', 120),
  one('tcp_timeout_close', 10),
  one('tcp_timeout_max_retrans', 300),
  one('tcp_timeout_unacknowledged', 300),
  one('sctp_timeout_closed', 10),
  one('sctp_timeout_cookie_wait', 3),
  one('sctp_timeout_cookie_echoed', 3),
  one('sctp_timeout_established', 210, { before: { kernel: '6.2', value: '432000' } }),
  one('sctp_timeout_heartbeat_sent', 30),
].map((key) => ({ ...key, path: `net/netfilter/nf_conntrack_${key.path}` }));

/** Others that matter to directors and real servers: Documentation/networking/ip-sysctl.rst, admin-guide/sysctl/net.rst. */
const OTHERS: readonly KnownKey[] = [
  one('net/core/netdev_max_backlog', 1000),
  one('net/core/rmem_max'),
  one('net/core/wmem_max'),
  one('net/core/somaxconn', 4096, { ...NOT_NEGATIVE, before: { kernel: '5.4', value: '128' } }),
  one('net/ipv4/fib_multipath_hash_policy', 0, { range: [0, 3] }),
  one('net/ipv4/fwmark_reflect', 0, BYTE),
  one('net/ipv4/icmp_echo_ignore_all', 0, SWITCH),
  one('net/ipv4/icmp_ratelimit', 1000, NOT_NEGATIVE),
  one('net/ipv4/igmp_link_local_mcast_reports', 1, BYTE),
  one('net/ipv4/ip_default_ttl', 64, { range: [1, 255] }),
  one('net/ipv4/ip_forward', 0),
  one('net/ipv4/ip_no_pmtu_disc', 0, BYTE),
  one('net/ipv4/ip_nonlocal_bind', 0, BYTE),
  one('net/ipv4/neigh/default/gc_thresh1', 128, NOT_NEGATIVE),
  one('net/ipv4/neigh/default/gc_thresh2', 512, NOT_NEGATIVE),
  one('net/ipv4/neigh/default/gc_thresh3', 1024, NOT_NEGATIVE),
  one('net/ipv4/tcp_fin_timeout', 60),
  one('net/ipv4/tcp_fwmark_accept', 0, BYTE),
  one('net/ipv4/tcp_keepalive_time', 7200),
  one('net/ipv4/tcp_max_syn_backlog'),
  one('net/ipv4/tcp_max_tw_buckets'),
  one('net/ipv4/tcp_syncookies', 1, BYTE),
  one('net/ipv4/tcp_timestamps', 1, BYTE),
  one('net/ipv4/tcp_tw_reuse', 2, { range: [0, 2], before: { kernel: '4.19', value: '0' } }),
  one('net/ipv6/conf/all/forwarding', 0),
  one('net/ipv6/ip_nonlocal_bind', 0, BYTE),
  one('net/nf_conntrack_max', undefined, NOT_NEGATIVE),
  several('net/ipv4/ip_local_port_range', 2, '32768 60999'),
  several('net/ipv4/ping_group_range', 2, '1 0'),
  several('net/ipv4/tcp_mem', 3),
  several('net/ipv4/tcp_rmem', 3),
  several('net/ipv4/tcp_wmem', 3),
];

const KNOWN = new Map([...IPVS, ...CONNTRACK, ...OTHERS].map((key) => [key.path, key]));

/** What is known of a key, of any interface's and of a pattern for interfaces too; undefined says nothing about whether the kernel has it. */
export function knownKey(path: string): KnownKey | undefined {
  const known = KNOWN.get(path);
  if (known) return known;
  const target = confTarget(path);
  if (target?.table !== 'conf' || target.family !== 4 || !isConfKeyName(target.name)) return undefined;
  const { all, own } = CONF_KEYS[target.name];
  return one(path, target.device === 'all' ? all : own);
}

/** Every key of net.ipv4.vs by its last name, those that come after 6.18 too: the one list here that is whole. */
export const IPVS_KEYS: readonly string[] = IPVS.map((key) => key.path.slice('net/ipv4/vs/'.length));

/** The module that a key needs: before it is loaded, sysctl passes over the line without a word. */
export function moduleOf(path: string): 'ip_vs' | 'nf_conntrack' | 'br_netfilter' | undefined {
  if (path.startsWith('net/ipv4/vs/')) return 'ip_vs';
  if (/^net\/(?:netfilter\/)?nf_conntrack_/.test(path)) return 'nf_conntrack';
  return path.startsWith('net/bridge/') ? 'br_netfilter' : undefined;
}

/** A key of old advice. `gone`: no such file; `without-effect`: still taken, does nothing; `never`: a patch had it. */
export interface ObsoleteKey {
  readonly state: 'gone' | 'without-effect' | 'never';
  /** The last release that has it, or on which it does something. */
  readonly lastKernel?: string;
  /** The path of the key that does its work today. */
  readonly instead?: string;
  /** Where no single key does: one line that says what to do. */
  readonly remedy: string;
}

type Obsolete = ObsoleteKey & { readonly pattern: string };

const DELETE = 'Delete the line.';

/** Kernel commits and release notes as of 6.18. */
const OBSOLETE: readonly Obsolete[] = [
  {
    pattern: 'net/ipv4/ip_conntrack_max',
    state: 'gone',
    lastKernel: '2.6.21',
    instead: 'net/netfilter/nf_conntrack_max',
    remedy: 'Set net.netfilter.nf_conntrack_max.',
  },
  {
    pattern: 'net/ipv4/netfilter/ip_conntrack_*',
    state: 'gone',
    lastKernel: '4.8',
    remedy: 'Set the key of the same name under net.netfilter, with nf_ in the place of ip_.',
  },
  { pattern: 'net/ipv4/tcp_tw_recycle', state: 'gone', lastKernel: '4.11', remedy: DELETE },
  {
    pattern: 'net/netfilter/nf_conntrack_helper',
    state: 'gone',
    lastKernel: '5.19',
    remedy: 'Give each helper to its connections by a rule of the packet filter.',
  },
  { pattern: 'net/netfilter/nf_conntrack_dccp_*', state: 'gone', remedy: DELETE },
  { pattern: 'net/ipv4/tcp_low_latency', state: 'without-effect', lastKernel: '4.13', remedy: DELETE },
  { pattern: 'net/ipv4/tcp_fack', state: 'without-effect', lastKernel: '4.14', remedy: DELETE },
  { pattern: 'net/ipv4/route/max_size', state: 'without-effect', lastKernel: '3.5', remedy: DELETE },
  {
    pattern: 'net/ipv4/conf/*/hidden',
    state: 'never',
    remedy: 'Set arp_ignore = 1 and arp_announce = 2 instead.',
  },
  { pattern: 'net/ipv4/vs/timeout_*', state: 'gone', remedy: "Use 'ipvsadm --set TCP TCPFIN UDP'." },
  { pattern: 'net/ipv4/ip_always_defrag', state: 'gone', lastKernel: '2.4', remedy: DELETE },
];

const IP_CONNTRACK = 'net/ipv4/netfilter/ip_conntrack_';

/** Says of a key, or of a pattern, that current kernels no longer have it or no longer look at it. */
export function obsoleteKey(path: string): ObsoleteKey | undefined {
  const found = OBSOLETE.find(({ pattern }) => pattern === path || globMatches(pattern, path));
  if (!found || !path.startsWith(IP_CONNTRACK)) return found;
  return { ...found, instead: `net/netfilter/nf_conntrack_${path.slice(IP_CONNTRACK.length)}` };
}
