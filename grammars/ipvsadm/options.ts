/** What a command line of ipvsadm does; the names are the long forms of the options that say so. */
export type IpvsadmAction =
  | 'add-service'
  | 'edit-service'
  | 'delete-service'
  | 'clear'
  | 'list'
  | 'zero'
  | 'add-server'
  | 'edit-server'
  | 'delete-server'
  | 'set'
  | 'help'
  | 'version'
  | 'restore'
  | 'save'
  | 'start-daemon'
  | 'stop-daemon';

/** `read`: it reaches the model. `known`: legal, tells nothing about a cluster. `unsupported`: only forks know it. */
export type OptionState = 'read' | 'known' | 'unsupported';

export interface IpvsadmOption {
  readonly name: string;
  readonly short: string;
  readonly argument: 'none' | 'needed' | 'optional';
  readonly state: OptionState;
  /** Options of one group exclude each other and are named together in the program's messages. */
  readonly group: string;
  /** Set where the option is a command. */
  readonly action: IpvsadmAction | undefined;
}

const ACTIONS: ReadonlySet<string> = new Set<IpvsadmAction>([
  'add-service',
  'edit-service',
  'delete-service',
  'clear',
  'list',
  'zero',
  'add-server',
  'edit-server',
  'delete-server',
  'set',
  'help',
  'version',
  'restore',
  'save',
  'start-daemon',
  'stop-daemon',
]);

/*
 * ipvsadm 1.31 (ipvsadm(8), asked of the program itself). A line: state, long name, short letter, `=` for an
 * argument or `?=` for one that may be left out, group. popt knows no abbreviations of long names.
 */
const TABLE = `
read add-service A
read edit-service E
read delete-service D
read clear C
known list L
known list l
known zero Z
read add-server a
read edit-server e
read delete-server d
read set
known help h
known version v
known restore R
known save S
read start-daemon =
known stop-daemon =
read tcp-service t = service-address
read udp-service u = service-address
read sctp-service = service-address
read fwmark-service f = service-address
read ipv6 6
read scheduler s =
read persistent p ?=
read netmask M =
read pe =
read ops o
read sched-flags b =
read real-server r =
read gatewaying g forwarding-method
read ipip i forwarding-method
read masquerading m forwarding-method
read weight w =
read u-threshold x =
read l-threshold y =
read tun-type =
read tun-port =
read tun-nocsum
read tun-csum
read tun-remcsum
read mcast-interface =
read syncid =
known sync-maxlen =
known mcast-group =
known mcast-port =
known mcast-ttl =
known numeric n
known connection c
known timeout
known daemon
known stats
known rate
known thresholds
known persistent-conn
known tun-info
known sort
known nosort
known exact X
unsupported fullnat forwarding-method
unsupported add-laddr P
unsupported del-laddr Q
unsupported get-laddr G
unsupported local-address z =
`;

/** Every option, long and short: ipvsadm 1.31 and what DPVS and Alibaba's LVS add for FULLNAT. */
export const IPVSADM_OPTIONS: readonly IpvsadmOption[] = TABLE.trim().split('\n').map(readRow);

function readRow(row: string): IpvsadmOption {
  const [state = '', name = '', ...rest] = row.split(' ');
  return {
    name,
    short: rest.find((word) => word.length === 1 && word !== '=') ?? '',
    argument: rest.includes('=') ? 'needed' : rest.includes('?=') ? 'optional' : 'none',
    state: state as OptionState,
    group: rest.find((word) => word.length > 2) ?? name,
    action: ACTIONS.has(name) ? (name as IpvsadmAction) : undefined,
  };
}

const byName = new Map(IPVSADM_OPTIONS.map((option) => [option.name, option]));
const byShort = new Map(IPVSADM_OPTIONS.map((option) => [option.short, option]));

export function longOption(name: string): IpvsadmOption | undefined {
  return byName.get(name);
}

export function shortOption(letter: string): IpvsadmOption | undefined {
  return letter === '' ? undefined : byShort.get(letter);
}

/** What a command needs and allows, by group; groups not named are refused, in this order. */
interface Legality {
  readonly needs: readonly string[];
  readonly allows: ReadonlySet<string>;
  /** At most one of these. */
  readonly oneOf: readonly string[];
}

const SERVICE = 'scheduler persistent netmask ops pe sched-flags';
const SERVER =
  'forwarding-method weight u-threshold l-threshold tun-type tun-port tun-nocsum tun-csum tun-remcsum';
const SHOWN = 'numeric stats rate thresholds persistent-conn nosort exact tun-info';
const SENT = 'mcast-interface syncid mcast-group mcast-port mcast-ttl sync-maxlen';

const LEGAL: Readonly<Record<IpvsadmAction, Legality>> = {
  'add-service': legality('service-address', SERVICE),
  'edit-service': legality('service-address', SERVICE),
  'delete-service': legality('service-address'),
  'add-server': legality('service-address real-server', SERVER),
  'edit-server': legality('service-address real-server', SERVER),
  'delete-server': legality('service-address real-server'),
  clear: legality(''),
  list: legality('', SHOWN, 'connection service-address timeout daemon'),
  zero: legality('', 'service-address'),
  set: legality(''),
  help: legality(''),
  version: legality(''),
  restore: legality(''),
  save: legality('', 'numeric'),
  'start-daemon': legality('', SENT),
  'stop-daemon': legality('', 'syncid'),
};

function legality(needs: string, allows = '', oneOf = ''): Legality {
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
  return {
    needs: words(needs),
    // `-6` and `--sort` are bound to no command in the program's own table.
    allows: new Set([...words(needs), ...words(allows), ...words(oneOf), 'ipv6', 'sort']),
    oneOf: words(oneOf),
  };
}

export function legalityOf(action: IpvsadmAction): Legality {
  return LEGAL[action];
}
