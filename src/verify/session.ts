import { performance } from 'node:perf_hooks';
import { type Remote, RemoteFailure } from '../collect/remote.ts';
import { JOB_NAME } from './job.ts';
import { PACKET_FILTER } from './packets.ts';
import { FIND_SERVICE } from './service-control.ts';
import { quoted, WORDS } from './words.ts';

/** What a host is watched for, besides what it is asked. */
export interface Watched {
  /** Interfaces on which the packets of VRRP and gratuitous ARP are heard. */
  readonly interfaces: readonly string[];
  /** Whether the servers of its running table and their weights are told, as they change. */
  readonly table?: boolean;
  /** Seconds after which everything on the host ends by itself, whatever became of the link. */
  readonly life: number;
}

/** A line that a host says by itself. */
export interface Heard {
  /**
   * `address`: what `ip monitor` prints; `packet`: what tcpdump prints, behind the interface; `table`: the running table, behind
   * the uptimes of the last look that showed another one and of this one.
   */
  readonly kind: string;
  readonly text: string;
}

/** An open way to one host: it is asked in single words, and says by itself what changes. */
export interface Session {
  readonly host: string;
  /** What the host answers; rejects with a RemoteFailure when it is late or the way is gone. */
  ask(word: string, milliseconds?: number): Promise<string>;
  /** When the host was heard for the last time, by the clock of this machine. */
  heardAt(): number;
  /** Ends when the way is gone, with the reason. */
  readonly gone: Promise<string>;
  close(): void;
}

const ANSWER_MS = 10_000;
const OPEN_MS = 150_000;

/** Opens a session; `hear` gets what the host says by itself. */
export async function openSession(
  remote: Remote,
  watched: Watched,
  hear: (heard: Heard) => void,
): Promise<Session> {
  const closing = new AbortController();
  const waiting = new Map<string, (text: string) => void>();
  const failing = new Set<(why: RemoteFailure) => void>();
  let number = 0;
  let heardAt = performance.now();
  let rest = '';
  let say: ((text: string) => void) | undefined;
  let greet = () => {};
  const greeted = new Promise<void>((resolve) => {
    greet = resolve;
  });
  const decoder = new TextDecoder();
  const parts = new Map<string, string[]>();
  const take = (line: string) => {
    const [, kind = '', text = ''] = /^(\S+) ?(.*)$/.exec(line) ?? [];
    if (kind === 'ready') return greet();
    if (kind !== 'answer' && kind !== 'line') return hear({ kind, text });
    const [, id = '', said = ''] = /^(\S+) ?(.*)$/.exec(text) ?? [];
    if (kind === 'line') parts.set(id, [...(parts.get(id) ?? []), said]);
    else {
      waiting.get(id)?.([...(parts.get(id) ?? []), said].join('\n'));
      parts.delete(id);
    }
  };
  const running = remote.run(sessionScript(watched), closing.signal, (bytes, speak) => {
    say = speak;
    heardAt = performance.now();
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
  const gone = running.then(
    ({ complaint }) => complaint.trim() || 'the host ended the watch',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  let isGone: string | undefined;
  void gone.then((why) => {
    isGone = why;
    for (const fail of failing) fail(new RemoteFailure('command failed', why));
  });
  const session: Session = {
    host: remote.host,
    gone,
    heardAt: () => heardAt,
    close: () => closing.abort(),
    ask: (word, milliseconds = ANSWER_MS) =>
      new Promise((resolve, reject) => {
        if (isGone !== undefined) return reject(new RemoteFailure('command failed', isGone));
        const id = String(number++);
        const end = () => {
          clearTimeout(timer);
          waiting.delete(id);
          failing.delete(fail);
        };
        const fail = (why: RemoteFailure) => {
          end();
          reject(why);
        };
        const timer = setTimeout(
          () => fail(new RemoteFailure('timeout', `no answer to ${word}`)),
          milliseconds,
        );
        failing.add(fail);
        waiting.set(id, (text) => {
          end();
          resolve(text);
        });
        say?.(`${id} ${word}\n`);
      }),
  };
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(
      () => reject(new RemoteFailure('timeout', 'no answer before the deadline')),
      OPEN_MS,
    );
    void greeted.then(() => clearTimeout(timer));
    void gone.then((why) => {
      clearTimeout(timer);
      reject(new RemoteFailure('command failed', why));
    });
  });
  try {
    await Promise.race([greeted, late]);
  } catch (error) {
    closing.abort();
    // What is known about the way says more than that it is gone.
    await running.catch((reason: unknown) => {
      if (reason instanceof RemoteFailure && reason.trouble !== 'timeout') throw reason;
    });
    throw error;
  }
  return session;
}

/**
 * Reads single words until its input ends. What it starts ends with it, and at the latest when its life is over; a job
 * that was armed is no part of it.
 */
function sessionScript({ interfaces, table, life }: Watched): string {
  const script = `${WORDS}
heard() { while IFS= read -r line; do printf '%s %s\\n' "$1" "$line"; done; }
for_life() { if timeout 1 true 2>/dev/null; then timeout ${life} "$@"; else "$@"; fi; }
echo ready
trap 'trap "" TERM; kill -s TERM 0' EXIT
{ sleep ${life}; kill -s TERM 0; } </dev/null >/dev/null 2>&1 &
export TZ=UTC0
for_life ip -o -ts monitor address 2>/dev/null </dev/null | heard address &
if command -v tcpdump >/dev/null 2>&1; then
  for device in ${interfaces.map(quoted).join(' ')}; do
    for_life tcpdump -e -tt -nn -l -s 256 -i "$device" '${PACKET_FILTER}' 2>/dev/null </dev/null | heard "packet $device" &
  done
fi
find_service() {
(
${FIND_SERVICE}
)
}
${table ? WATCH_TABLE : ''}
# answered ID: its input as the lines of an answer.
answered() { while IFS= read -r line; do printf 'line %s %s\\n' "$1" "$line"; done; printf 'answer %s\\n' "$1"; }
while read -r id word rest; do
  case $word in
    clock) read -r up _ </proc/uptime; printf 'answer %s %s %s\\n' "$id" "$up" "$(date +%s.%N)" ;;
    addresses) ip -o address show 2>&1 | answered "$id" ;;
    alive) if alive; then printf 'answer %s yes\\n' "$id"; else printf 'answer %s no\\n' "$id"; fi ;;
    service) find_service | answered "$id" ;;
    connections) grep -i -E "^TCP +[^ ]+ ($rest) " /proc/net/ip_vs_conn | answered "$id" ;;
    jobs) jobs_of_verify | answered "$id" ;;
    fault) kill -s USR1 "$rest"; printf 'answer %s %s\\n' "$id" "$?" ;;
    undo) kill -s TERM "$rest"; printf 'answer %s %s\\n' "$id" "$?" ;;
  esac
done
`;
  return `[ "$(id -u)" -ne 0 ] || exec sh -c ${quoted(script)}\nexec sudo -n sh -c ${quoted(script)}`;
}

/** Looks at the table all the time, without a program of its own for that, and tells of it when it is another one. */
const WATCH_TABLE = `table_of() {
  while read -r first second _ weight _; do
    case $first in
      -\\>) printf ' %s/%s' "$second" "$weight" ;;
      TCP | UDP | SCTP | FWM) printf ';%s %s' "$first" "$second" ;;
    esac
  done </proc/net/ip_vs
}
watch_table() {
  known= before=0
  while :; do
    read -r up _ </proc/uptime
    table=$(table_of)
    [ "$table" = "$known" ] || printf 'table %s %s %s\\n' "$before" "$up" "$table"
    known=$table before=$up
    sleep 0.1 2>/dev/null || sleep 1
  done
}
watch_table 2>/dev/null </dev/null &`;

/** Starts a job apart from the session: by systemd where it rules, because it may end what a login leaves behind. */
export function armScript(token: string, job: string): string {
  const script = `${WORDS}
job=${quoted(`${WORDS}${job}`)}
token=${quoted(token)}
launch() {
  if [ -d /run/systemd/system ] && command -v systemd-run >/dev/null 2>&1; then
    # A dollar sign means something to systemd.
    systemd-run --quiet --collect --property=KillMode=process --unit="${JOB_NAME}-$token" \\
      sh -c "$(printf '%s' "$job" | sed 's/\\$/$$/g')" ${JOB_NAME} "$token" && return
  fi
  if command -v setsid >/dev/null 2>&1; then setsid sh -c "$job" ${JOB_NAME} "$token" </dev/null >/dev/null 2>&1 &
  else (trap '' HUP; exec sh -c "$job" ${JOB_NAME} "$token") </dev/null >/dev/null 2>&1 &
  fi
}
launch
tries=0
while [ $tries -lt 50 ]; do
  case $(jobs_of_verify) in *"$token "*) break ;; esac
  tries=$((tries + 1))
  sleep 0.1 2>/dev/null || sleep 1
done
jobs_of_verify`;
  return `[ "$(id -u)" -ne 0 ] || exec sh -c ${quoted(script)}\nexec sudo -n sh -c ${quoted(script)}`;
}
