import type { Located } from '../../src/evidence/fact.ts';
import type { Place } from '../../src/evidence/place.ts';
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

/** One command line of ipvsadm, also one that is refused: absent is what was not written or could not be read. */
export interface IpvsadmCommand extends Located {
  readonly action: IpvsadmAction;
  /** A word that nobody can resolve may hold further options. */
  readonly uncertain: boolean;
  readonly service?: ServiceTarget | undefined;
  readonly server?: ServerTarget | undefined;
  readonly scheduler?: Given<string> | undefined;
  readonly schedulerFlags?: readonly Given<string>[] | undefined;
  readonly persistence?: Given<number> | undefined;
  /** IPv4: dotted, `24` is 0.0.0.24. IPv6: a prefix length. */
  readonly netmask?: Given<string> | undefined;
  readonly persistenceEngine?: Given<string> | undefined;
  readonly onePacket?: Given<true> | undefined;
  readonly method?: Given<'NAT' | 'DR' | 'TUN' | 'FULLNAT'> | undefined;
  readonly weight?: Given<number> | undefined;
  readonly upperThreshold?: Given<number> | undefined;
  readonly lowerThreshold?: Given<number> | undefined;
  readonly tunnelType?: Given<'ipip' | 'gue' | 'gre'> | undefined;
  readonly tunnelPort?: Given<number> | undefined;
  readonly tunnelChecksum?: Given<TunnelChecksum> | undefined;
  /** `--set`: seconds for tcp, tcpfin and udp; 0 keeps what is set. */
  readonly timeouts?: readonly [Given<number>, Given<number>, Given<number>] | undefined;
  readonly daemonState?: Given<string> | undefined;
  /** `--mcast-interface`; the program takes eth0 where it is left out. */
  readonly daemonInterface?: Given<string> | undefined;
  readonly syncId?: Given<number> | undefined;
}

/** A command while its words are read. A class for speed: one shape for 100,000 lines. */
export class Draft implements IpvsadmCommand {
  service: ServiceTarget | undefined = undefined;
  server: ServerTarget | undefined = undefined;
  scheduler: Given<string> | undefined = undefined;
  schedulerFlags: readonly Given<string>[] | undefined = undefined;
  persistence: Given<number> | undefined = undefined;
  netmask: Given<string> | undefined = undefined;
  persistenceEngine: Given<string> | undefined = undefined;
  onePacket: Given<true> | undefined = undefined;
  method: IpvsadmCommand['method'] = undefined;
  weight: Given<number> | undefined = undefined;
  upperThreshold: Given<number> | undefined = undefined;
  lowerThreshold: Given<number> | undefined = undefined;
  tunnelType: IpvsadmCommand['tunnelType'] = undefined;
  tunnelPort: Given<number> | undefined = undefined;
  tunnelChecksum: Given<TunnelChecksum> | undefined = undefined;
  timeouts: IpvsadmCommand['timeouts'] = undefined;
  daemonState: Given<string> | undefined = undefined;
  daemonInterface: Given<string> | undefined = undefined;
  syncId: Given<number> | undefined = undefined;
  readonly action: IpvsadmAction;
  readonly uncertain: boolean;
  private readonly line: Located;

  constructor(line: Located, action: IpvsadmAction, uncertain: boolean) {
    this.line = line;
    this.action = action;
    this.uncertain = uncertain;
  }

  get place(): Place {
    return this.line.place;
  }
}
