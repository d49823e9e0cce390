import type { FaultKind } from './failover-plan.ts';
import type { JobActions } from './job.ts';
import type { ServerFault } from './real-server-plan.ts';
import type { DeclaredControl, ServiceControl } from './service-control.ts';
import { quoted } from './words.ts';

/** A fault with its undo: the text of both, and what people read of them. */
export interface Fault extends JobActions {
  /** `stops keepalived by its unit keepalived.service` */
  readonly does: string;
}

/** What a fault needs to know of the node that it is done to. */
export interface FaultTarget {
  readonly control: ServiceControl;
  /** The interfaces of the virtual routers that move. */
  readonly interfaces: readonly string[];
  /** Addresses that keepalived itself brings back. */
  readonly vips: readonly string[];
}

/** What each kind of failover does to the master. */
export function failoverFault(kind: FaultKind, { control, interfaces, vips }: FaultTarget): Fault {
  const devices = quoted(interfaces.join(' '));
  const start = `alive || {\n${control.start}\n}`;
  switch (kind) {
    case 'stop':
      return {
        does: `stops keepalived by ${control.how}`,
        ready: 'alive',
        fault: control.stop,
        undo: start,
        undone: 'alive',
      };
    // keepalived is stopped behind the cut: nobody hears its farewell, and it takes its addresses and its table along.
    case 'crash':
      return {
        does: `lets no packet of the host out or in, then stops keepalived by ${control.how}`,
        ready: `alive || return 1\ncut=$(devices ${devices})\nchoose "$cut"`,
        fault: `cut_all "$cut"\nstruck\n${control.stop}`,
        undo: `uncut "$cut"\n${start}`,
        undone: '! is_cut "$cut" && alive',
      };
    case 'isolate':
      return {
        does: `drops the adverts of VRRP on ${interfaces.join(', ')}, both ways`,
        ready: `alive || return 1\nchoose ${devices}`,
        fault: `cut_vrrp ${devices}\nstruck`,
        undo: `uncut ${devices}`,
        undone: `! is_cut ${devices}`,
      };
    case 'link':
      return linkFault(interfaces[0] ?? '', vips);
  }
}

/** Sets the link down, which takes its routes and its IPv6 addresses with it: they are noted before and put back. */
function linkFault(device: string, vips: readonly string[]): Fault {
  const isVip = vips.map((vip) => ` -e ${quoted(` ${vip}/`)}`).join('');
  return {
    does: `sets ${device} down`,
    ready: `alive || return 1
device=${quoted(device)}
# The kernel and keepalived bring back what is their own.
routes_of() {
  ip "$1" route show table all dev "$device" | grep -v -E '^(local|broadcast|anycast|multicast) | proto (kernel|keepalived|18|ra)( |$)|^ff00::/8' |
    sed -e 's/ linkdown//' -e 's/ dead//' -e 's/ *$//'
}
addresses6() { ip -6 -o address show dev "$device" scope global | grep -v -F -e dynamic -e temporary${isVip} | sed -n 's/.* inet6 \\([^ ]*\\) .*/\\1/p'; }
# has_all WANTED FOUND: each line of the one is a line of the other.
has_all() { [ -z "$(printf '%s\\n' "$1" | grep -v -x -F -e "$2")" ]; }
is_up() { case $(ip link show dev "$device") in *[,'<']UP[,'>']*) ;; *) return 1 ;; esac; }
routes4=$(routes_of -4)
routes6=$(routes_of -6)
addresses=$(addresses6)
is_up`,
    fault: 'ip link set dev "$device" down\nstruck',
    undo: `ip link set dev "$device" up
for address in $addresses; do ip -6 address add "$address" dev "$device" nodad; done
printf '%s\\n' "$routes6" | while read -r route; do [ -z "$route" ] || ip -6 route replace $route dev "$device"; done
printf '%s\\n' "$routes4" | while read -r route; do [ -z "$route" ] || ip -4 route replace $route dev "$device"; done`,
    undone: `is_up && has_all "$routes4" "$(routes_of -4)" && has_all "$routes6" "$(routes_of -6)" && has_all "$addresses" "$(addresses6)" && alive`,
  };
}

/** What takes one service of a real server away: the commands of the settings, else a packet filter for its port. */
export function serverFault(kind: ServerFault, port: number, control: DeclaredControl | undefined): Fault {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const listens = `grep -q -E '^ *[0-9]+: [0-9A-F]+:${hex} [0-9A-F]+:0000 0A' /proc/net/tcp /proc/net/tcp6`;
  if (kind === 'stop' && control !== undefined)
    return {
      does: `stops what listens on port ${port}, by the commands of the settings`,
      ready: listens,
      fault: `${control.stop}\nstruck`,
      undo: `${listens} || {\n${control.start}\n}`,
      undone: listens,
    };
  const target = kind === 'stop' ? 'REJECT --reject-with tcp-reset' : 'DROP';
  return {
    does: `${kind === 'stop' ? 'refuses' : 'drops'} what comes in for TCP port ${port}`,
    ready: `way=iptables
${listens} && has_iptables && ! has_chain`,
    fault: `both_iptables -N lvsdoctor-verify
both_iptables -A lvsdoctor-verify -p tcp -j ${target}
both_iptables -I INPUT -p tcp --dport ${port} -j lvsdoctor-verify
struck`,
    undo: 'uncut',
    undone: `! has_chain && ${listens}`,
  };
}

const KINDS: readonly FaultKind[] = ['stop', 'crash', 'link', 'isolate'];

/** The faults as a person reads them, for a director that systemd rules. */
export function listFaults(): string {
  const control = { how: 'its unit', stop: 'systemctl stop UNIT', start: 'systemctl start UNIT' };
  const indented = (text: string) => text.replace(/^(?=.)/gm, '    ');
  const faults: readonly (readonly [string, Fault])[] = [
    ...KINDS.map(
      (kind) =>
        [
          `failover --fault ${kind}`,
          failoverFault(kind, { control, interfaces: ['INTERFACE'], vips: ['VIP'] }),
        ] as const,
    ),
    ...(['stop', 'drop'] as const).map(
      (kind) => [`real-server --fault ${kind}`, serverFault(kind, 80, undefined)] as const,
    ),
  ];
  return faults
    .map(([name, fault]) => {
      const parts = (['ready', 'fault', 'undo', 'undone'] as const).map(
        (part) => `  # ${part}\n${indented(fault[part])}\n`,
      );
      return `# ${name} (changes the host): ${fault.does}\n${parts.join('')}`;
    })
    .join('\n');
}
