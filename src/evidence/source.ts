/** What a text is written in. A format that no grammar reads yet is carried along, saved, and not judged. */
export type Format =
  | 'keepalived.conf'
  | 'ipvsadm-save'
  | 'ipvsadm-listing'
  | 'sysctl'
  | 'script'
  /** Kubernetes' and Docker's descriptions of what runs. */
  | 'manifest'
  | 'haproxy.cfg'
  | 'nginx.conf'
  /** `ip -j address` */
  | 'ip-address'
  /** The file that keepalived writes on its JSON signal. */
  | 'keepalived-json'
  /** `ethtool -k eth0` */
  | 'ethtool-features'
  /** `stat -c '%a %U %G %Y %n' FILE…` */
  | 'file-modes'
  /** `systemctl show keepalived` */
  | 'unit-state'
  /** `ip -j -d link`, `ip -j route show table all` and `ip -j rule` */
  | 'ip-link'
  | 'ip-route'
  | 'ip-rule'
  /** iptables-save and ip6tables-save, legacy and nft-backed */
  | 'iptables-save'
  | 'arptables-save'
  /** `nft list ruleset`: only that there are rules is read. */
  | 'nft-ruleset'
  /** keepalived's processes: number, start in seconds since 1970, command line. */
  | 'processes'
  /** Listening sockets as /proc/net/tcp, tcp6, udp and udp6 have them. */
  | 'sockets'
  /** Files of /proc about connection tracking, each line behind its file's name. */
  | 'conntrack'
  | UnreadFormat;

/** What probes bring that no grammar reads yet; src/collect/probe.ts says which command prints each. */
export type UnreadFormat =
  | 'ip-neighbour'
  | 'ipvs-connections'
  | 'module-parameters'
  | 'keepalived-version'
  | 'keepalived-log'
  | 'kernel-release';

/** `written` is a wish (a file to be loaded), `observed` a running host's report. Set by whoever fetched the text. */
export type Basis = 'written' | 'observed';

/** Where the text was fetched from; for reporters only, never for rules. */
export interface Origin {
  /** `file`: of this machine's disk, which may be written; `host`: a file of a host that was looked at. */
  readonly kind: 'file' | 'host' | 'command';
  /** The path to open, or the command that printed the text. */
  readonly path: string;
}

/** One text of one host, decoded, with everything a judge may know about where it came from. */
export interface Source {
  /** What a person would call it: a path, or a command line. */
  readonly name: string;
  readonly host: string;
  readonly format: Format;
  readonly basis: Basis;
  readonly text: string;
  readonly origin: Origin;
  /** What each `include` pattern of this text led to, by pattern as resolved; absent where nobody looked. */
  readonly includes?: ReadonlyMap<string, Inclusion>;
}

/** The files that one `include` line found; `why` says what kept some or all of them from being read. */
export interface Inclusion {
  readonly sources: readonly Source[];
  readonly why?: string;
  /** The pattern names a place of the host that no given file stands for: whether it matches there, nobody knows. */
  readonly elsewhere?: true;
}
