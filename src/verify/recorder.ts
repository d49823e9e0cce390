import { performance } from 'node:perf_hooks';
import type { Did, Moment, Observation, Step, Timeline } from './timeline.ts';

/** Writes a timeline while its test runs; moments may come late, and stand where they belong. */
export interface Recorder {
  /** Milliseconds since the start. */
  now(): number;
  did(step: Step, text: string, where?: { readonly host?: string | undefined; readonly at?: number }): Did;
  /** Something was done at another time than it seemed. */
  move(did: Did, at: number): void;
  saw(observed: Observation, when?: { readonly at: number; readonly within?: number }): void;
  timeline<Plan>(test: Timeline['test'], plan: Plan): Timeline<Plan>;
}

/** `tell` hears each step as it is done. */
export function newRecorder(tell: (did: Did) => void): Recorder {
  const zero = performance.now();
  const startedAt = new Date().toISOString();
  const moments: Moment[] = [];
  const now = () => performance.now() - zero;
  return {
    now,
    did: (step, did, { host, at = now() } = {}) => {
      const moment = { at: round(at), did, step, ...(host !== undefined && { host }) };
      moments.push(moment);
      tell(moment);
      return moment;
    },
    move: (did, at) => {
      moments[moments.indexOf(did)] = { ...did, at: round(at) };
    },
    saw: (observed, { at, within } = { at: now() }) => {
      moments.push({ at: round(at), ...(within !== undefined && { within: round(within) }), observed });
    },
    timeline: (test, plan) => ({
      schemaVersion: 1,
      test,
      startedAt,
      plan,
      moments: moments.toSorted((one, other) => one.at - other.at),
    }),
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
