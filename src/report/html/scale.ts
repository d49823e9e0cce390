/** From a value to a place along an axis, and the values that are written at it. */
export interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

const MOST_TICKS = 10;

/** Even steps of 1, 2 or 5 times a power of ten. */
export function linearScale(from: number, to: number, start: number, end: number): Scale {
  const span = Math.max(to - from, 1e-9);
  const rough = span / MOST_TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(from / step);
  const ticks: number[] = [];
  for (let number = first; number * step <= to && ticks.length <= MOST_TICKS; number++)
    ticks.push(number * step);
  return { at: (value) => start + ((value - from) / span) * (end - start), ticks };
}

/** Every power of ten the same length: what is below the first one stands at the start. */
export function logarithmicScale(from: number, to: number, start: number, end: number): Scale {
  const [low, high] = [
    Math.floor(Math.log10(from)),
    Math.max(Math.ceil(Math.log10(to)), Math.floor(Math.log10(from)) + 1),
  ];
  const ticks = Array.from({ length: Math.min(high - low, MOST_TICKS) + 1 }, (_, at) => 10 ** (low + at));
  const part = (value: number) =>
    Math.min(1, Math.max(0, (Math.log10(Math.max(value, 1e-9)) - low) / (high - low)));
  return { at: (value) => start + part(value) * (end - start), ticks };
}

/** A coordinate: a tenth of a unit is finer than anybody sees. */
export function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}
