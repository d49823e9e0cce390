import type { Word } from '../../grammars/tree.ts';
import type { Fact, Located } from '../evidence/fact.ts';
import type { InterfaceAddress, KernelSetting } from './kernel.ts';

/** What a set-up script does, in the order in which it does it; only what touches a cluster is kept. */
export type SetupCommand = SetupStep &
  Located & {
    /** The words as the shell would pass them; a word may be unknown. */
    readonly words: readonly Word[];
    /** The branch of the script that holds it: `start`, `stop`, `restart`; undefined: always run. */
    readonly branch: string | undefined;
    /** The text that stands in the file. */
    readonly program: string;
  };

export type SetupStep =
  | { readonly does: 'set-kernel-key'; readonly setting: KernelSetting; readonly spelling: 'proc' | 'sysctl' }
  /** `echo key=value >> /etc/sysctl.conf` */
  | {
      readonly does: 'append-sysctl-line';
      readonly file: Fact<string>;
      readonly setting?: KernelSetting;
      readonly guarded: boolean;
    }
  /** A sysctl file written with `>`: kept over a reboot. */
  | { readonly does: 'write-sysctl-file'; readonly file: Fact<string> }
  | { readonly does: 'load-sysctl' }
  | { readonly does: 'add-address'; readonly address: InterfaceAddress; readonly tool: 'ip' | 'ifconfig' }
  | {
      readonly does: 'remove-address';
      readonly address?: Fact<string>;
      readonly interface?: Fact<string>;
      readonly tool: 'ip' | 'ifconfig';
    }
  | {
      readonly does: 'add-route' | 'remove-route';
      readonly destination?: Fact<string>;
      readonly via?: Fact<string>;
      readonly device?: Fact<string>;
      readonly isHost: boolean;
      readonly isDefault: boolean;
      readonly tool: 'ip' | 'route';
    }
  | {
      readonly does: 'set-link';
      readonly device?: Fact<string>;
      readonly state: 'up' | 'down' | 'other';
      readonly tool: 'ip' | 'ifconfig';
    }
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
  | { readonly does: 'save-table'; readonly file?: Fact<string> }
  | {
      readonly does: 'packet-filter';
      readonly table: string;
      readonly action: string;
      readonly family: 4 | 6;
      readonly tool: 'iptables' | 'ip6tables' | 'arptables';
    }
  | { readonly does: 'flush-packet-filter' }
  | { readonly does: 'load-module'; readonly module: Fact<string> }
  | { readonly does: 'service-manager'; readonly action: string; readonly unit: string };
