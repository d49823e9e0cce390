import { readLines } from '../../grammars/lines/read.ts';
import { type Fact, stated } from '../evidence/fact.ts';
import type { Source } from '../evidence/source.ts';
import type {
  ConntrackCounters,
  DaemonStatus,
  DeviceFeature,
  HostFile,
  ListeningSocket,
  LoggedState,
  RunningTimeouts,
} from './running.ts';

/** The features that `ethtool -k DEVICE` lists: `large-receive-offload: off [fixed]` below `Features for eth0:`. */
export function featuresFrom(source: Source): readonly DeviceFeature[] {
  const features: DeviceFeature[] = [];
  let device: string | undefined;
  for (const line of readLines(source)) {
    const [, heading] = /^Features for (\S{1,64}):$/.exec(line.text) ?? [];
    device = heading ?? device;
    const [, before = '', name, value] = /^(\s*([\w-]{1,64}): )(on|off)\b/.exec(line.text) ?? [];
    if (device === undefined || name === undefined || value === undefined) continue;
    features.push({
      device,
      name,
      on: stated(value === 'on', line.part(before.length, value.length)),
      fixed: line.text.endsWith('[fixed]'),
      place: line.place,
    });
  }
  return features;
}

/** What `stat -c '%a %U %G %Y %n'` prints of each file. */
export function filesFrom(source: Source): readonly HostFile[] {
  return readLines(source).flatMap((line) => {
    const found = /^(([0-7]{1,4}) (\S+) (\S+) )(\d{1,12}) (\/.*)$/.exec(line.text);
    if (found === null) return [];
    const [, before = '', mode = '', owner = '', , modified = '', path = ''] = found;
    return [
      {
        path,
        owner,
        mode: stated(Number.parseInt(mode, 8), line.part(0, mode.length)),
        modifiedAt: stated(Number(modified), line.part(before.length, modified.length)),
        place: line.place,
      },
    ];
  });
}

/** The sockets of /proc/net/tcp and its like, each line behind its file's name: `/proc/net/tcp: 0: 00000000:0050 …` */
export function socketsFrom(source: Source): readonly ListeningSocket[] {
  return readLines(source).flatMap(({ text, place }) => {
    const [, name, port] = /^\/proc\/net\/(tcp|udp)6?: *\d+: [\dA-F]{8,32}:([\dA-F]{4}) /.exec(text) ?? [];
    if (port === undefined) return [];
    return [
      {
        protocol: name === 'tcp' ? ('TCP' as const) : ('UDP' as const),
        port: Number.parseInt(port, 16),
        place,
      },
    ];
  });
}

/** The line of `ipvsadm -L --timeout` (ipvsadm.c): `Timeout (tcp tcpfin udp): 900 120 300`. */
const TIMEOUTS = /^(Timeout \(tcp tcpfin udp\): )(\d{1,9}) (\d{1,9}) (\d{1,9})$/;

/** The timeouts that IPVS runs with; undefined for every other listing of ipvsadm. */
export function timeoutsFrom(source: Source): RunningTimeouts | undefined {
  // Listings of tables are long.
  if (!source.text.startsWith('Timeout ')) return undefined;
  for (const line of readLines(source)) {
    const [, before = '', ...texts] = TIMEOUTS.exec(line.text) ?? [];
    if (texts.length === 0) continue;
    let at = before.length;
    const [tcp, tcpfin, udp] = texts.map((text) => {
      const fact = stated(Number(text), line.part(at, text.length));
      at += text.length + 1;
      return fact;
    }) as [Fact<number>, Fact<number>, Fact<number>];
    return { tcp, tcpfin, udp };
  }
  return undefined;
}

const COUNTERS = '/proc/net/stat/nf_conntrack:';

/** The counters of /proc/net/stat/nf_conntrack (nf_conntrack_standalone.c): names, then hexadecimal numbers a processor. */
export function conntrackFrom(source: Source): ConntrackCounters | undefined {
  const rows = readLines(source).filter(({ text }) => text.startsWith(COUNTERS));
  const [head, ...processors] = rows.map(({ text }) => text.slice(COUNTERS.length).trim().split(/ +/));
  const columns = ['drop', 'early_drop'].map((name) => head?.indexOf(name) ?? -1);
  const [first] = rows;
  if (first === undefined || processors.length === 0 || columns.includes(-1)) return undefined;
  const counts = processors.flatMap((row) => columns.map((at) => Number.parseInt(row[at] ?? '0', 16) || 0));
  const drops = counts.reduce((sum, count) => sum + count, 0);
  return { drops: stated(drops, rows[1] ?? first), place: first.place };
}

/** `(VI_1) Entering FAULT STATE`; releases before 2.0 write `VRRP_Instance(VI_1) Entering FAULT STATE` (vrrp_scheduler.c). */
const TRANSITION = /\((\S{1,255})\) Entering (BACKUP|MASTER|FAULT) STATE\b/;

/** The last state that the log gives each instance. */
export function loggedStatesFrom(source: Source): readonly LoggedState[] {
  const last = new Map<string, LoggedState>();
  for (const { text, place } of readLines(source)) {
    const [, name, state] = TRANSITION.exec(text) ?? [];
    if (name !== undefined) last.set(name, { name, state: state as LoggedState['state'], place });
  }
  return [...last.values()];
}

/** When a unit was started, reloaded or has otherwise changed its state (systemd's D-Bus interface, Unit). */
const TIMES = /^(?:ActiveEnterTimestamp|StateChangeTimestamp|ExecMainStartTimestamp)=(.+)$/;
const RELOADED = /^ExecReload=.*\bstart_time=\[([^[\]]+)\]/;

/** What the list of keepalived's processes says: of a host without any it is empty. A reload starts none anew. */
export function daemonAmong(source: Source): DaemonStatus {
  const first = readLines(source).find(({ text }) => /^\d+ \d+ /.test(text));
  const at = first ?? { place: { source, range: { start: 0, end: 0 } } };
  return { running: stated(first !== undefined, at), place: at.place };
}

/** What `systemctl show keepalived` says; undefined where it does not say whether it runs. */
export function daemonFrom(source: Source): DaemonStatus | undefined {
  let running: Fact<boolean> | undefined;
  let loadedAt: Fact<number> | undefined;
  let disabled: Fact<boolean> | undefined;
  for (const line of readLines(source)) {
    const [, state] = /^ActiveState=(\w+)$/.exec(line.text) ?? [];
    if (state !== undefined) running = stated(/^(?:active|reloading)$/.test(state), line);
    if (/^UnitFileState=(?:disabled|masked)$/.test(line.text)) disabled = stated(true, line);
    const [, time] = TIMES.exec(line.text) ?? RELOADED.exec(line.text) ?? [];
    const at = time === undefined ? undefined : secondsOf(time);
    if (at !== undefined && at > (loadedAt?.value ?? 0)) loadedAt = stated(at, line);
  }
  return (
    running && {
      running,
      place: running.place,
      ...(loadedAt && { loadedAt }),
      ...(disabled && { disabled }),
    }
  );
}

/** `@1763632800` with --timestamp=unix, else `Thu 2025-11-20 10:00:00 UTC`; other zones have names that say nothing. */
function secondsOf(text: string): number | undefined {
  const [, unix] = /^@(\d{1,12})$/.exec(text) ?? [];
  if (unix !== undefined) return Number(unix);
  const [, day, time] = /^\w{3} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (?:UTC|GMT)$/.exec(text) ?? [];
  const value = day === undefined ? Number.NaN : Date.parse(`${day}T${time}Z`) / 1000;
  return Number.isNaN(value) ? undefined : value;
}
