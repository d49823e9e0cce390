import type { Range } from './place.ts';

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
  /** Findings that a team lives with for now. */
  | 'baseline'
  | UnreadFormat;

/** What probes bring that no grammar reads yet; src/collect/probe.ts says which command prints each. */
export type UnreadFormat =
  | 'ip-neighbour'
  | 'ipvs-connections'
  | 'module-parameters'
  | 'keepalived-version'
  | 'keepalived-log'
  | 'kernel-release'
  /** What `verify` did and saw, a line a moment. */
  | 'timeline';

/** `written` is a wish (a file to be loaded), `observed` a running host's report. Set by whoever fetched the text. */
export type Basis = 'written' | 'observed';

/** Where the text was fetched from; for reporters only, never for rules. */
export interface Origin {
  /**
   * `file`: of this machine's disk, which may be written; `host`: a file of a host that was looked at; `rendering`: made
   * of the template at the path.
   */
  readonly kind: 'file' | 'host' | 'command' | 'rendering';
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
  /** The text is a template in this language: what a host reads is known only when it is rendered. */
  readonly template?: TemplateLanguage;
  /** How the text was made of a template. */
  readonly rendering?: Rendering;
  /** What each `include` pattern of this text led to, by pattern as resolved; absent where nobody looked. */
  readonly includes?: ReadonlyMap<string, Inclusion>;
}

/**
 * What templates are written in. `jinja`: Ansible, Salt; `erb`: Puppet, Chef, EPP too; `go`: text/template of confd,
 * consul-template, gomplate; `dollar`: Terraform's templatefile and envsubst.
 */
export type TemplateLanguage = 'jinja' | 'erb' | 'go' | 'dollar';

/** How a text was made of a template, so that what is said of the one can be said of the other. */
export interface Rendering {
  readonly template: Source;
  /** The part of the template that a part of the text comes from; undefined where nobody can tell. */
  rangeOf(range: Range): Range | undefined;
  /** False for a part of the template that this text has nothing of: a branch that was not taken. */
  holds(offset: number): boolean;
  /** True for a word of the text that a value of the template is, or is a part of. */
  isFilled(offset: number): boolean;
  /** What the template has in the place of a word that was put in. */
  readonly words: ReadonlyMap<string, string>;
  /** Why more may be in the file than the text shows. */
  readonly partial?: string;
}

/** The files that one `include` line found; `why` says what kept some or all of them from being read. */
export interface Inclusion {
  readonly sources: readonly Source[];
  readonly why?: string;
  /** The pattern names a place of the host that no given file stands for: whether it matches there, nobody knows. */
  readonly elsewhere?: true;
}
