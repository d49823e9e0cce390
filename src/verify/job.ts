/** What a job on a host does, as texts of sh that `words.ts` and values in front of them make complete. */
export interface JobActions {
  /** Ends with 0 where the fault can be done and undone here. */
  readonly ready: string;
  /** Calls `struck` in the moment in which it takes effect; without that, its beginning counts. */
  readonly fault: string;
  /** Does no harm where it is done again, or where nothing is to be undone. */
  readonly undo: string;
  /** Ends with 0 where the fault is undone. */
  readonly undone: string;
}

/** How long a job waits. */
export interface JobTimes {
  /** Seconds from the arming in which the fault may be asked for; then the job ends and has done nothing. */
  readonly expire: number;
  /** Seconds from the fault to its undo. */
  readonly hold: number;
}

/** Seconds for one try of the undo, which is tried again until it is confirmed. */
export const UNDO_SECONDS = 40;

/** By this word, in front of its token, a job is known among the processes of its host. */
export const JOB_NAME = 'lvsdoctor-verify';

/**
 * The job that is armed on the target before the fault: a shell that holds its whole script in memory, needs neither file
 * nor link, and undoes what it did when its time is over. SIGUSR1 asks for the fault, SIGTERM for the undo at once. How
 * far it is stands in the environment of what it waits with, so that a full disk does not silence it:
 * `LVSDOCTOR_VERIFY=<token> <pid> <number> <state> <uptimes of: fault begun, fault done, undo begun, undo done>`.
 */
export function jobScript({ ready, fault, undo, undone }: JobActions, { expire, hold }: JobTimes): string {
  return `token=$1
is_ready() {
${ready}
}
do_fault() {
${fault}
}
do_undo() {
${undo}
}
is_undone() {
${undone}
}
go=
number=0
trap 'go=\${go:-fault}' USR1
trap 'go=undo' TERM INT
# A fault that takes effect at some moment of its own says so.
trap 'now; begun=$up' USR2
struck() { kill -s USR2 "$$"; }
trap '' HUP PIPE
now() { read -r up _ </proc/uptime; second=\${up%.*}; }
state() {
  number=$((number + 1))
  LVSDOCTOR_VERIFY="$token $$ $number $*"
  export LVSDOCTOR_VERIFY
}
# wait_until SECOND: or until somebody asks for something.
wait_until() {
  while [ -z "$go" ]; do
    now
    [ "$second" -lt "$1" ] || return 0
    sleep 1 &
    wait $!
  done
}
# apart FUNCTION: in a process of its own, which may hang; says when it is done.
apart() {
  { unset LVSDOCTOR_VERIFY; "$1"; kill -s USR1 "$$"; } </dev/null >/dev/null 2>&1 &
}

now
if ! is_ready; then
  state refused
  wait_until $((second + 10))
  exit 1
fi
state armed
wait_until $((second + ${expire}))
[ "$go" = fault ] || exit 0
go=
now
begun=$up
end=$((second + ${hold}))
state faulting "$begun"
apart do_fault
wait_until $end
now
done=$up
[ "$go" != fault ] || go=
state faulted "$begun" "$done"
wait_until $end

now
undoing=$up
tries=0
while [ $tries -lt 100 ]; do
  tries=$((tries + 1))
  go=
  now
  state undoing "$begun" "$done" "$undoing"
  apart do_undo
  wait_until $((second + ${UNDO_SECONDS}))
  is_undone && break
  go=
  now
  wait_until $((second + 2))
done
now
if is_undone; then state undone "$begun" "$done" "$undoing" "$up"; else state failed "$begun" "$done" "$undoing" "$up"; fi
go=
wait_until $((second + 120))
`;
}

/** How far a job is, as it says itself. */
export interface JobState {
  readonly token: string;
  readonly pid: number;
  readonly state: 'refused' | 'armed' | 'faulting' | 'faulted' | 'undoing' | 'undone' | 'failed';
  /** Seconds since the host's boot: fault begun and done, undo begun and done, as far as it came. */
  readonly times: readonly number[];
}

const STATES = ['refused', 'armed', 'faulting', 'faulted', 'undoing', 'undone', 'failed'] as const;

/** Reads what `jobs` of words.ts prints: of each job the last state. */
export function readJobs(text: string): readonly JobState[] {
  const latest = new Map<string, { readonly number: number; readonly job: JobState }>();
  for (const line of text.split('\n')) {
    const [token = '', pid, number, word, ...times] = line.trim().split(' ');
    const state = STATES.find((each) => each === word);
    if (state === undefined || (latest.get(token)?.number ?? -1) > Number(number)) continue;
    latest.set(token, {
      number: Number(number),
      job: { token, pid: Number(pid), state, times: times.map(Number) },
    });
  }
  return [...latest.values()].map(({ job }) => job);
}

/** True where a job may still do or undo something. */
export function isPending({ state }: JobState): boolean {
  return state !== 'undone' && state !== 'refused';
}
