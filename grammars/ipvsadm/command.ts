import type { Located } from '../../src/evidence/fact.ts';
import type { IpvsadmAction } from './options.ts';

/** What an option says, and where. `value` is undefined where only a running shell or resolver knows it. */
export interface Given<T> {
  readonly value: T | undefined;
  readonly at: Located;
  /** Nobody wrote the value: `-p` alone. */
  readonly assumed?: true;
}

/** `-t|-u|--sctp-service ADDRESS[:PORT]` or `-f MARK [-6]`. */
export interface ServiceTarget {
  /** Undefined for a mark. */
  readonly protocol: 'TCP' | 'UDP' | 'SCTP' | undefined;
  readonly family: 4 | 6;
  /** IPv4 in its plain form, IPv6 as written, or a host name. */
  readonly address?: Given<string>;
  /** Port 0 where none is written. */
  readonly port?: Given<number>;
  readonly mark?: Given<number>;
  /** As written: two unknown targets of one script are the same where their texts are. */
  readonly text: string;
  readonly at: Located;
}

/** `-r ADDRESS[:PORT]` */
export interface ServerTarget {
  readonly family: 4 | 6;
  readonly address: Given<string>;
  /** Absent where none is written: the service's own. */
  readonly port?: Given<number>;
  readonly text: string;
  readonly at: Located;
}

export type TunnelChecksum = 'tun-nocsum' | 'tun-csum' | 'tun-remcsum';

/** One command line of ipvsadm. An absent option was not written, or was refused. */
export interface IpvsadmCommand extends Located {
  readonly action: IpvsadmAction;
  /** A word that nobody can resolve may hold further options. */
  readonly uncertain: boolean;
  /** The program refuses the line; what could be read of it stands here all the same. */
  readonly refused: boolean;
  readonly service?: ServiceTarget;
  readonly server?: ServerTarget;
  readonly scheduler?: Given<string>;
  readonly schedulerFlags?: readonly Given<string>[];
  readonly persistence?: Given<number>;
  /** IPv4: dotted, `24` is 0.0.0.24. IPv6: a prefix length. */
  readonly netmask?: Given<string>;
  readonly persistenceEngine?: Given<string>;
  readonly onePacket?: Given<true>;
  readonly method?: Given<'NAT' | 'DR' | 'TUN' | 'FULLNAT'>;
  readonly weight?: Given<number>;
  readonly upperThreshold?: Given<number>;
  readonly lowerThreshold?: Given<number>;
  readonly tunnelType?: Given<'ipip' | 'gue' | 'gre'>;
  readonly tunnelPort?: Given<number>;
  readonly tunnelChecksum?: Given<TunnelChecksum>;
  /** `--set`: seconds for tcp, tcpfin and udp; 0 keeps what is set. */
  readonly timeouts?: readonly [Given<number>, Given<number>, Given<number>];
  readonly daemonState?: Given<string>;
  /** `--mcast-interface`; the program takes eth0 where it is left out. */
  readonly daemonInterface?: Given<string>;
  readonly syncId?: Given<number>;
}

/** A command while its words are read. */
export type Draft = { -readonly [K in keyof IpvsadmCommand]?: IpvsadmCommand[K] };
