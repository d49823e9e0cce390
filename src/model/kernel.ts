import type { Fact, Located } from '../evidence/fact.ts';

/** One value for one kernel key, from a file, a running kernel or a script's command. */
export interface KernelSetting extends Located {
  /** The path below /proc/sys: `net/ipv4/conf/eth0.100/rp_filter`. One spelling for all notations. */
  readonly key: string;
  readonly value: Fact<string>;
  /** `file`: applied at boot; `command`: a script sets it now and it is gone after a reboot; `running`: the kernel says so. */
  readonly by: 'file' | 'command' | 'running';
  /** The line began with `-`: a failure is ignored. */
  readonly ignoreErrors?: boolean;
}

/** All settings of a host in the order in which they are applied; the last one of a key wins. */
export interface KernelSettings {
  readonly settings: readonly KernelSetting[];
  /** By key, patterns resolved for `all`, `default` and `lo` only: ask `settingOf` for an interface. */
  readonly winning: ReadonlyMap<string, KernelSetting>;
  /** Keys that a file keeps out of its patterns: `-key`. */
  readonly excluded?: ReadonlySet<string>;
  /** What somebody means to set in a way that sysctl or the kernel refuses: nothing is known of these keys. */
  readonly refused?: readonly KernelSetting[];
  /** True where the text is a whole running kernel (`sysctl -a`): a key that is not there has no value at all. */
  readonly complete: boolean;
}

/** An address on an interface, as a script raises it or a host shows it. */
export interface InterfaceAddress extends Located {
  readonly address: Fact<string>;
  /** Canonical text for comparison. */
  readonly key: string;
  readonly family: 4 | 6;
  /** The prefix length that takes effect; undefined where nobody can say. */
  readonly prefix: Fact<number> | undefined;
  /** The real device: `lo` for `lo:0`. */
  readonly interface: Fact<string>;
  /** The device as written where it holds a colon, `lo:0`: an alias to ifconfig; iproute2 drops the suffix. */
  readonly alias?: string;
  /** `label lo:0` of iproute2. */
  readonly label?: string;
  readonly broadcast?: Fact<string>;
  readonly scope?: string;
  readonly by: 'command' | 'running';
}
