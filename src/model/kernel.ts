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

/** One line of the files and scripts of a host, as a program comes across it. */
export interface SettingLine {
  readonly setting: KernelSetting;
  /** `refused`: somebody means to set the key, and nothing takes it; `excluded`: `-key`, kept out of patterns. */
  readonly state: 'taken' | 'refused' | 'excluded';
  /** The key as it is spelt, a path with every slash. */
  readonly spelling: string;
  /** What the program hands over, with whatever stands behind the number. */
  readonly text: string;
}

/** One way in which the same lines come to be applied: which files in which order, and by which program. */
export interface Loading {
  readonly program: 'sysctl' | 'systemd-sysctl';
  readonly lines: readonly SettingLine[];
}

/** What is known of the kernel keys of a host. */
export interface KernelSettings {
  /** What files and scripts set, in the order in which it is applied: the last one of a key wins. */
  readonly settings: readonly KernelSetting[];
  /** What the running kernel says, which counts before whatever is written; undefined where nobody asked it. */
  readonly running?: RunningKeys | undefined;
  /** Keys that a file keeps out of its patterns: `-key`. */
  readonly excluded?: ReadonlySet<string>;
  /** What somebody means to set in a way that sysctl or the kernel refuses: nothing is known of these keys. */
  readonly refused?: readonly KernelSetting[];
  /** `sysctl --system` first, then what systemd-sysctl makes of it at boot. */
  readonly loadings: readonly Loading[];
  /** True where the text is a whole running kernel (`sysctl -a`): a key that is not there has no value at all. */
  readonly complete: boolean;
}

/** What a running kernel says of its keys, each once, in its order: thousands, of which few are ever asked for. */
export interface RunningKeys extends Iterable<KernelSetting> {
  get(path: string): KernelSetting | undefined;
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
