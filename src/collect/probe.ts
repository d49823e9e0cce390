import type { Basis, Format } from '../evidence/source.ts';

/**
 * One look at a host. Commands are constant text: nothing that a file or a host says is ever put into one. Their words
 * `run`, `root`, `limit`, `files` and `keepalived_files` are functions of script.ts: `run` keeps a program to its time and tells
 * when it fails, `limit` does not tell, `root` is `run` as root (by sudo -n where the user is another), `files` prints
 * files, each with its name.
 */
export interface Probe {
  /** Names its file in a snapshot. */
  readonly name: string;
  readonly command: string;
  readonly format: Format;
  readonly basis: Basis;
  readonly seconds: number;
  /** Where a program is not installed, that is an answer: the host does not use it. */
  readonly optional?: true;
  /** More than this is cut off, and then nothing of it is judged. */
  readonly megabytes?: number;
}

const SECONDS = 10;
/** More than a listing of any honest host. */
export const MEGABYTES = 8;

/**
 * Every command that lvsdoctor runs to look at a host: to read this table is to review them. None writes, and none makes
 * the kernel load a module: ipvsadm, iptables-save and nft would, so they run only where the kernel has what they ask for.
 */
export const PROBES: readonly Probe[] = [
  // keepalived.conf of the running daemon (-f), else the default, with all that it includes.
  written('keepalived-conf', 'keepalived.conf', 'keepalived_files', { seconds: 20, megabytes: 32 }),
  written(
    'sysctl-files',
    'sysctl',
    'files /usr/lib/sysctl.d/*.conf /lib/sysctl.d/*.conf /usr/local/lib/sysctl.d/*.conf /run/sysctl.d/*.conf /etc/sysctl.d/*.conf /etc/sysctl.conf',
  ),
  written('saved-tables', 'ipvsadm-save', 'files /etc/sysconfig/ipvsadm /etc/ipvsadm.rules'),
  written(
    'setup-scripts',
    'script',
    'files /etc/rc.local /etc/rc.d/rc.local /etc/init.d/*lvs* /etc/init.d/*realserver* /etc/keepalived/*.sh /etc/keepalived/*/*.sh /usr/local/sbin/*lvs* /usr/local/sbin/*ipvs* /usr/local/sbin/*realserver* /usr/local/bin/*lvs* /usr/local/bin/*ipvs* /usr/local/bin/*realserver*',
  ),

  // ipvsadm loads ip_vs where it is missing. Without the module there is no table, and the answer is an empty one.
  observed('ipvs-table', 'ipvsadm-save', onlyWith('/proc/net/ip_vs', 'root ipvsadm -S -n')),
  observed('ipvs-servers', 'ipvsadm-listing', onlyWith('/proc/net/ip_vs', 'root ipvsadm -L -n')),
  observed(
    'ipvs-counters',
    'ipvsadm-listing',
    onlyWith('/proc/net/ip_vs', 'root ipvsadm -L -n --stats --exact'),
  ),
  observed('ipvs-timeouts', 'ipvsadm-listing', onlyWith('/proc/net/ip_vs', 'root ipvsadm -L --timeout')),
  observed('ipvs-daemons', 'ipvsadm-listing', onlyWith('/proc/net/ip_vs', 'root ipvsadm -L --daemon')),
  // A busy director has millions of connections: counted on the host, by protocol, state, service and server.
  observed(
    'ipvs-connections',
    'ipvs-connections',
    onlyWith(
      '/proc/net/ip_vs',
      `root ipvsadm -L -n -c | limit awk '$6 != "" && $1 != "pro" { n[$1 " " $3 " " $5 " " $6]++ } END { for (k in n) print k, n[k] }'`,
    ),
    { seconds: 20 },
  ),

  observed('addresses', 'ip-address', 'run ip -j -p address show'),
  // Tunnels with their two ends are links too (-d), and so are the counters (-s).
  observed('links', 'ip-link', 'run ip -j -p -d -s link show'),
  observed(
    'routes',
    'ip-route',
    'run ip -j -p -4 route show table all; run ip -j -p -6 route show table all',
  ),
  observed('routing-rules', 'ip-rule', 'run ip -j -p -4 rule show; run ip -j -p -6 rule show'),
  observed('neighbours', 'ip-neighbour', 'run ip -j -p neighbour show'),
  observed(
    'offloads',
    'ethtool-features',
    'for card in /sys/class/net/*/device; do [ -e "$card" ] || continue; card=${card%/device}; run ethtool -k "${card##*/}"; done',
    { optional: true },
  ),

  // sysctl complains of keys that only root may read; those that matter here are not among them.
  observed(
    'sysctl',
    'sysctl',
    `run sysctl -a 2>/dev/null | limit grep -E '^(net\\.|fs\\.(file-|nr_)|kernel\\.ostype|vm\\.(min_free_kbytes|swappiness))'`,
    { seconds: 20 },
  ),
  observed('conntrack', 'conntrack', headedFiles('/proc/net/stat/nf_conntrack /proc/sys/net/netfilter/*')),
  observed('ipvs-module', 'module-parameters', headedFiles('/sys/module/ip_vs/parameters/*')),
  observed(
    'iptables',
    'iptables-save',
    '[ ! -e /proc/net/ip_tables_names ] && [ ! -d /sys/module/nf_tables ] || root iptables-save',
    { optional: true },
  ),
  observed(
    'iptables-legacy',
    'iptables-save',
    onlyWith('/proc/net/ip_tables_names', 'root iptables-legacy-save'),
    { optional: true },
  ),
  observed(
    'ip6tables',
    'iptables-save',
    '[ ! -e /proc/net/ip6_tables_names ] && [ ! -d /sys/module/nf_tables ] || root ip6tables-save',
    { optional: true },
  ),
  observed('nft', 'nft-ruleset', onlyWith('/sys/module/nf_tables', 'root nft list ruleset'), {
    optional: true,
  }),
  observed(
    'arptables',
    'arptables-save',
    '[ ! -e /proc/net/arp_tables_names ] && [ ! -d /sys/module/nf_tables ] || root arptables-save',
    { optional: true },
  ),
  // Not ss, which makes the kernel load modules. State 0A listens; of UDP every socket that is not connected (07).
  observed(
    'listeners',
    'sockets',
    `limit grep -H -s -E '^ *[0-9]+: [0-9A-F]+:[0-9A-F]+ [0-9A-F]+:0000 (0A|07) ' /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6 || :`,
  ),

  observed('keepalived-processes', 'processes', 'keepalived_processes'),
  // keepalived prints its version and how it was built to standard error.
  observed('keepalived-version', 'keepalived-version', 'run keepalived --version 2>&1', { optional: true }),
  observed('keepalived-unit', 'unit-state', onlyWith('/run/systemd/system', 'run systemctl show keepalived')),
  observed(
    'keepalived-file-modes',
    'file-modes',
    `[ ! -d /etc/keepalived ] || run find /etc/keepalived -maxdepth 4 -exec stat -c '%a %U %G %Y %n' {} +`,
  ),
  // What keepalived itself writes (-l, -g) has the time and no name: "Fri Nov 20 10:00:00 2026: (VI_1) Entering …".
  observed(
    'vrrp-transitions',
    'keepalived-log',
    `if [ -d /run/systemd/system ]; then root journalctl -t Keepalived_vrrp -n 2000 -o short-unix --no-pager -q | limit grep -E ' STATE|[Tt]ransition|priority' | limit tail -n 100
else for log in /var/log/keepalived.log /var/log/daemon.log /var/log/syslog /var/log/messages; do [ ! -f "$log" ] || root tail -c 4000000 "$log" | limit grep -E '(Keepalived_vrrp|[0-9]: \\().*( STATE|[Tt]ransition|priority)' | limit tail -n 100; done; fi`,
  ),
  observed('kernel', 'kernel-release', 'run uname -s -r -m'),
];

type Limits = Partial<Pick<Probe, 'seconds' | 'megabytes' | 'optional'>>;

function written(name: string, format: Format, command: string, limits: Limits = {}): Probe {
  return { name, command, format, basis: 'written', seconds: SECONDS, ...limits };
}

function observed(name: string, format: Format, command: string, limits: Limits = {}): Probe {
  return { name, command, format, basis: 'observed', seconds: SECONDS, ...limits };
}

/** Without the path the kernel has nothing that the command could print. */
function onlyWith(path: string, command: string): string {
  return `[ ! -e ${path} ] || ${command}`;
}

/** Small files of /proc and /sys, every line behind the file's name. */
function headedFiles(paths: string): string {
  return `limit grep -H -s '' ${paths} || :`;
}

/** What a person would type to see the same, for reports: `ipvsadm -S -n`. */
export function shownCommand({ command, name }: Probe): string {
  const [, shown] = /\b(?:run|root|limit) ([^;|]*?)(?= *(?:\||;|2>|$))/.exec(command) ?? [];
  return shown === undefined || shown.includes('$') || shown.includes("'") ? name : shown;
}
