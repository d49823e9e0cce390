import { quoted } from './words.ts';

/** How a service is stopped and started on its host. */
export interface ServiceControl {
  /** `its unit keepalived.service`, in a sentence behind "by". */
  readonly how: string;
  readonly stop: string;
  readonly start: string;
}

/** What the settings state of a host. */
export interface DeclaredControl {
  readonly stop: string;
  readonly start: string;
}

/** Prints what keeps keepalived on a host: the unit or the process, with all that a new start of it needs. */
export const FIND_SERVICE = `pids=$(keepalived_pids)
parent=
for pid in $pids; do
  read -r stat <"/proc/$pid/stat" || continue
  set -- \${stat##*) }
  case " $(echo $pids) " in *" $2 "*) ;; *) parent=$pid above=$2 ;; esac
done
[ -n "$parent" ] || exit 0
echo "pid $parent"
echo "above $above"
[ ! -d /run/systemd/system ] || sed -n 's|^.*/\\([^/]*\\.service\\)$|unit \\1|p' "/proc/$parent/cgroup" | head -n 1
[ ! -x /etc/init.d/keepalived ] || echo 'init /etc/init.d/keepalived'
echo "folder $(readlink "/proc/$parent/cwd")"
echo "log $(readlink "/proc/$parent/fd/1")"
tr '\\000' '\\n' <"/proc/$parent/cmdline" | sed 's/^/word /'`;

/** The way to stop and start keepalived, as settings say or as the host shows; else why there is none. */
export function controlOf(
  found: string,
  declared: DeclaredControl | undefined,
): ServiceControl | { readonly why: string } {
  if (declared !== undefined) return { how: 'the commands of the settings', ...declared };
  const lines = found.split('\n').map((line) => /^(\w+) (.*)$/.exec(line) ?? []);
  const all = (key: string) => lines.flatMap(([, name, value]) => (name === key ? [value ?? ''] : []));
  const one = (key: string) => all(key)[0];
  const pid = one('pid');
  if (pid === undefined) return { why: 'keepalived does not run there' };
  const unit = one('unit');
  if (unit !== undefined)
    return {
      how: `its unit ${unit}`,
      stop: `systemctl stop ${quoted(unit)}`,
      start: `systemctl start ${quoted(unit)}`,
    };
  const words = all('word');
  const isForeground = words.some((word) => word === '--dont-fork' || /^-[A-Za-z]*n/.test(word));
  const script = one('init');
  if (script !== undefined && !isForeground)
    return { how: script, stop: `${script} stop`, start: `${script} start` };
  // A process of somebody else than init has a keeper that starts it again, and the first process is the host itself.
  if (pid === '1' || !['0', '1'].includes(one('above') ?? ''))
    return {
      why: `process ${one('above')} keeps it: state hosts.NAME.stop and hosts.NAME.start in the settings`,
    };
  const log = one('log') ?? '';
  const output = /^\/(?!dev\/)[^ ]*$/.test(log) ? `>>${quoted(log)}` : '>/dev/null';
  return {
    how: `process ${pid}`,
    stop: `ends ${pid} 20`,
    start: `cd ${quoted(one('folder') || '/')}\nsetsid ${words.map(quoted).join(' ')} </dev/null ${output} 2>&1 &`,
  };
}
