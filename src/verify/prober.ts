import type { PlannedService } from './failover-plan.ts';
import type { Recorder } from './recorder.ts';
import type { Outcome } from './timeline.ts';

/** One request, from its SYN to the end of its answer; never rejects. */
export type AskService = (
  service: PlannedService,
) => Promise<{ readonly outcome: Outcome; readonly milliseconds: number; readonly by?: string }>;

/** A client that asks all the time. */
export interface Prober {
  /** Milliseconds since the first request of the latest row of failures; 0 while the last one was answered. */
  failingFor(): number;
  /** How many were answered. */
  answered(): number;
  /** Asks no more, and waits for what is still open. */
  end(): Promise<void>;
}

const INTERVAL_MS = 20;
/** While nobody answers, no more than these wait. */
const MOST_OPEN = 400;

/** Asks each service in turn, a new connection every 20 ms, whether the one before was answered or not. */
export function startProber(
  services: readonly PlannedService[],
  ask: AskService,
  recorder: Recorder,
): Prober {
  const open = new Set<Promise<void>>();
  let failingSince: number | undefined;
  let lastGood = -1;
  let answered = 0;
  let turn = 0;
  const send = () => {
    const service = services[turn++ % services.length];
    if (service === undefined || open.size >= MOST_OPEN) return;
    const at = recorder.now();
    const request = ask(service).then(({ outcome, milliseconds, by }) => {
      recorder.saw(
        {
          kind: 'request',
          service: service.label,
          outcome,
          milliseconds: Math.round(milliseconds),
          ...(by !== undefined && { by }),
        },
        { at },
      );
      if (outcome === 'answered') {
        answered++;
        if (at > lastGood) lastGood = at;
        if (failingSince !== undefined && at > failingSince) failingSince = undefined;
      } else if (at > lastGood) failingSince = Math.min(failingSince ?? at, at);
      open.delete(request);
    });
    open.add(request);
  };
  const timer = setInterval(send, INTERVAL_MS);
  return {
    failingFor: () =>
      Math.max(0, recorder.now() - (failingSince ?? (open.size > 50 ? lastGood : recorder.now()))),
    answered: () => answered,
    end: async () => {
      clearInterval(timer);
      await Promise.all(open);
    },
  };
}
