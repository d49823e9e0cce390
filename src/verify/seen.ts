import type { Moment, Observation, Step } from './timeline.ts';

/** When something was done, with the number of the moment. */
export interface Done {
  readonly at: number;
  readonly moment: number;
}

/** An observation of one kind with its time, its number among the moments, and how far the time may be off. */
export type Seen<K extends Observation['kind']> = Extract<Observation, { kind: K }> &
  Done & { readonly within: number };

/** All observations of a kind, in order. */
export function seen<K extends Observation['kind']>(kind: K, moments: readonly Moment[]): readonly Seen<K>[] {
  return moments.flatMap((moment, number) =>
    'observed' in moment && moment.observed.kind === kind
      ? [{ ...moment.observed, at: moment.at, moment: number, within: moment.within ?? 0 } as Seen<K>]
      : [],
  );
}

/** The first time that a step was taken. */
export function stepIn(
  moments: readonly Moment[],
  step: Step,
): (Done & { readonly did: string }) | undefined {
  for (const [moment, each] of moments.entries())
    if ('step' in each && each.step === step) return { at: each.at, did: each.did, moment };
  return undefined;
}
