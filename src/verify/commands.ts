import { listFaults } from './fault.ts';
import { quoted, WORDS } from './words.ts';

/** Something that `verify` runs on a host. */
export interface HostCommand {
  readonly name: string;
  /** What it is for, in a line. */
  readonly does: string;
  readonly changes: boolean;
  /** POSIX sh of constant text; values stand in variables of these names, between double quotes. */
  readonly text: string;
  readonly values: readonly string[];
}

/** Every command that `verify` runs on a host, besides the look of `diagnose`: to read this table is to review them. */
export const COMMANDS = {
  counters: {
    name: 'counters',
    does: 'reads exact counters and table of each virtual service that it is told: its option, its name, yes for an IPv6 mark',
    changes: false,
    text: `{
  echo ready
  while read -r kind service six; do
    root ipvsadm -L -n "$kind" "$service" \${six:+-6} --stats --exact </dev/null
    echo
    root ipvsadm -L -n "$kind" "$service" \${six:+-6} --nosort </dev/null
    echo counted
  done
}`,
    values: [],
  },
  arp: {
    name: 'arp',
    does: "asks the client's link who has the VIP; without arping, what the client has learnt",
    changes: false,
    text: `device=$(ip -o route get "$VIP" | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p')
if command -v arping >/dev/null 2>&1 && arping -h 2>&1 | grep -q broadcasting; then echo asked; root arping -b -c 3 -w 3 -I "$device" "$VIP" 2>/dev/null
else echo learnt; ip neighbour show to "$VIP" dev "$device"; fi
:`,
    values: ['VIP'],
  },
  sources: {
    name: 'sources',
    does: 'reads the addresses of a client that ssh reaches, on its way to the VIP',
    changes: false,
    text: `way=$(ip -o route get "$VIP")
printf '%s\\n' "$way"
ip -o address show dev "$(printf '%s' "$way" | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p')" scope global`,
    values: ['VIP'],
  },
  requests: {
    name: 'requests',
    does: 'sends requests from a client that ssh reaches, each on a connection of its own',
    changes: false,
    text: `printf '%s' "$CONFIG" | curl -q --config -`,
    values: ['CONFIG'],
  },
} as const satisfies Readonly<Record<string, HostCommand>>;

const HEAD = `LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH
root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }
`;

/** A command with its values as one script of sh: no value is ever read as a word of it. */
export function scriptOf<C extends HostCommand>(
  { text, values }: C,
  given: Readonly<Record<C['values'][number], string>>,
): string {
  const known: Readonly<Record<string, string>> = given;
  return `${HEAD}${values.map((name) => `${name}=${quoted(known[name] ?? '')}\n`).join('')}${text}\n`;
}

/** The commands as a person reads them. */
export function listVerifyCommands(): string {
  const commands = Object.values<HostCommand>(COMMANDS)
    .map(
      ({ name, does, changes, text }) =>
        `# ${name}${changes ? ' (changes the host)' : ''}: ${does}\n${text.replace(/^/gm, '  ')}\n`,
    )
    .join('\n');
  return `${commands}\n${listFaults()}\n# The words of faults, watches and jobs\n${WORDS.replace(/^(?=.)/gm, '  ')}`;
}
