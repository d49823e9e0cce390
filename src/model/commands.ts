import type { IpvsadmCommand } from '../../grammars/ipvsadm/read.ts';
import type { Word } from '../../grammars/tree.ts';
import type { Fact, Located } from '../evidence/fact.ts';
import type { Subject } from './cluster.ts';
import type { InterfaceAddress, KernelSetting } from './kernel.ts';

/** What a set-up script does, in the order in which it does it; only what touches a cluster is kept. */
export type SetupCommand = SetupStep &
  Located & {
    /** The words as the shell would pass them, from the program's name on; a word may be unknown. */
    readonly words: readonly Word[];
    /** The branch of the script that holds it: `start`, `stop|status`, `*`; undefined: always run. */
    readonly branch: string | undefined;
    /** It may not run although its branch does: it stands in an `if`, in a loop that may be empty, behind `||`. */
    readonly conditional: boolean;
    /** Its number among the commands of the script: two commands of one statement have two. */
    readonly order: number;
    /** The program's name as it stands in the file: `/sbin/ipvsadm`. */
    readonly program: string;
    /** What ipvsadm was asked to do, where it was ipvsadm. */
    readonly ipvsadm?: IpvsadmCommand;
  };

/** A field that is undefined was not written, or is not known before the script runs: then its word is unknown. */
export type SetupStep =
  /** `echo 1 > /proc/sys/…`, `sysctl -w`; without a setting the key is not known. */
  | {
      readonly does: 'set-kernel-key';
      readonly setting?: KernelSetting;
      readonly spelling: 'proc' | 'sysctl';
    }
  /** `echo key=value >> /etc/sysctl.conf`; guarded: only if it is not there yet, or behind a step that removes it. */
  | {
      readonly does: 'append-sysctl-line';
      readonly file: Fact<string>;
      readonly settings: readonly KernelSetting[];
      readonly guarded: boolean;
    }
  /** A sysctl file written with `>`: kept over a reboot. */
  | {
      readonly does: 'write-sysctl-file';
      readonly file: Fact<string>;
      readonly settings: readonly KernelSetting[];
    }
  /** `sysctl -p`, `sysctl --system`; without a file: all of them. */
  | { readonly does: 'load-sysctl'; readonly file?: Fact<string> }
  /** A file that acts at boot is written: rc.local, a unit, a crontab, a network or module configuration. */
  | { readonly does: 'write-boot-file'; readonly file: Fact<string> }
  | (OnDevice & {
      readonly does: 'add-address';
      readonly address?: InterfaceAddress;
      readonly tool: 'ip' | 'ifconfig';
    })
  /** Without an address: all of the device or of the alias. */
  | (OnDevice & {
      readonly does: 'remove-address';
      readonly address?: Fact<string>;
      /** Canonical text for comparison. */
      readonly key?: string;
      readonly flush: boolean;
      readonly tool: 'ip' | 'ifconfig';
    })
  | (OnDevice & { readonly does: 'set-link'; readonly state: LinkState; readonly tool: 'ip' | 'ifconfig' })
  | (RouteStep & { readonly does: 'add-route' })
  | (RouteStep & { readonly does: 'remove-route' })
  | { readonly does: 'policy-rule'; readonly action: string }
  /** `ipvsadm -A`, `-a`, `-E` …; the action is the long option's name. */
  | { readonly does: 'ipvs'; readonly action: string }
  | { readonly does: 'clear-table' }
  | {
      readonly does: 'set-ipvs-timeouts';
      readonly tcp?: Fact<number>;
      readonly tcpfin?: Fact<number>;
      readonly udp?: Fact<number>;
    }
  | {
      readonly does: 'start-sync-daemon';
      readonly state?: Fact<string>;
      readonly interface?: Fact<string>;
      readonly syncId?: Fact<number>;
    }
  | { readonly does: 'stop-sync-daemon' }
  /** DPVS: an address on a DPDK port, with ports to send from (`sapool`) or without. */
  | {
      readonly does: 'add-dpdk-address';
      readonly address: Fact<string>;
      /** Canonical text for comparison. */
      readonly key: string;
      readonly hasPool: boolean;
    }
  /** DPVS: `ipvsadm --add-laddr`; the service as written, `192.0.2.10:80`. */
  | { readonly does: 'add-local-address'; readonly key?: string; readonly service?: Fact<string> }
  | { readonly does: 'save-table'; readonly file?: Fact<string> }
  | { readonly does: 'restore-table'; readonly file?: Fact<string> }
  | {
      readonly does: 'packet-filter';
      readonly table: string;
      /** The long option's name: `append`, `insert`, `policy` …; `restore` for iptables-restore. */
      readonly action: string;
      readonly chain?: string;
      /** What `-j` names. */
      readonly target?: string;
      readonly family: 4 | 6;
      readonly tool: PacketFilterTool;
    }
  | {
      readonly does: 'flush-packet-filter';
      readonly table?: string;
      readonly chain?: string;
      readonly tool: PacketFilterTool;
    }
  | { readonly does: 'load-module'; readonly module: Fact<string> }
  | { readonly does: 'service-manager'; readonly action: string; readonly unit: string }
  | { readonly does: 'set-selinux'; readonly enforcing: boolean };

export type LinkState = 'up' | 'down' | 'other';
export type PacketFilterTool = 'iptables' | 'ip6tables' | 'arptables' | 'nft';

/** What a command says of its device. */
export interface OnDevice {
  /** The real device: `lo` for `lo:0`. */
  readonly interface?: Fact<string>;
  /** The device as written where it holds a colon: `lo:0`. */
  readonly alias?: string;
}

export interface RouteStep {
  /** As written, with its prefix: `default`, `192.0.2.1/32`. */
  readonly destination?: Fact<string>;
  readonly via?: Fact<string>;
  readonly device?: Fact<string>;
  /** The device as written where it holds a colon: `lo:0`. */
  readonly alias?: string;
  /** `local` of `ip route add local …`; undefined: an ordinary route. */
  readonly type?: string;
  readonly isHost: boolean;
  readonly isDefault: boolean;
  readonly tool: 'ip' | 'route';
}

/** A command of one kind. */
export type SetupCommandOf<D extends SetupStep['does']> = Extract<SetupCommand, { readonly does: D }>;

/** The commands of one kind, in their order. */
export function commandsThat<D extends SetupStep['does']>(
  does: D,
  commands: readonly SetupCommand[],
): SetupCommandOf<D>[] {
  return commands.filter((command): command is SetupCommandOf<D> => command.does === does);
}

/** One set-up script, with what its commands do not tell. */
export interface SetupScript extends Subject {
  /** What the first line names: `sh`, `bash`; undefined where there is no such line. */
  readonly shell: string | undefined;
  /** The branches in which it does something: `start`, `stop`; empty where it takes no argument. */
  readonly branches: readonly string[];
  /** Variables that are set and never used. */
  readonly unused: readonly Fact<string>[];
  /** What only bash takes, in a script that asks for `sh`. */
  readonly bashOnly: readonly Fact<string>[];
  /** Why it runs at boot: the folder that it lies in, or its header for chkconfig or insserv. */
  readonly forBoot?: Fact<string>;
}

/** Branches that take a set-up back, look, or explain: everything else sets up. */
const UNDOING =
  /^(?:\*|-{0,2}(?:stop|down|off|del|delete|remove|disable|clear|clean|flush|backup|fault|status|check|test|show|list|help|h|usage)(?:[-_*].*)?)$/i;

/** Whether a command is part of setting a host up: it is always run, or a branch such as `start` runs it. */
export function isStart({ branch }: Pick<SetupCommand, 'branch'>): boolean {
  return branch === undefined || !branch.split('|').every((name) => UNDOING.test(name));
}

/** Whether a command is run by `stop`. */
export function isStop({ branch }: Pick<SetupCommand, 'branch'>): boolean {
  return branch?.split('|').some((name) => /^-{0,2}(?:stop|down|off)(?:[-_*].*)?$/i.test(name)) === true;
}
