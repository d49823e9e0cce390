import { append } from './grouping.ts';

/** Two lists put side by side: what belongs together, and what only one of them has. */
export interface Matched<T> {
  readonly pairs: readonly (readonly [T, T])[];
  readonly onlyFirst: readonly T[];
  readonly onlySecond: readonly T[];
}

/**
 * Puts items together that share a key: first those that share one of the first kind, then, of what is left, those that
 * share one of the next. A changed port or address is so one change, not a thing lost and another found.
 */
export function matchUp<T>(
  first: readonly T[],
  second: readonly T[],
  ...keysOf: readonly ((item: T) => readonly string[])[]
): Matched<T> {
  const pairs: [T, T][] = [];
  let left = first;
  let right = second;
  for (const keys of keysOf) {
    if (left.length === 0 || right.length === 0) break;
    [left, right] = pairBy(left, right, keys, pairs);
  }
  return { pairs, onlyFirst: left, onlySecond: right };
}

function pairBy<T>(
  first: readonly T[],
  second: readonly T[],
  keysOf: (item: T) => readonly string[],
  pairs: [T, T][],
): [T[], T[]] {
  const waiting = new Map<string, T[]>();
  for (const item of second) {
    for (const key of keysOf(item)) append(waiting, key, item);
  }
  const taken = new Set<T>();
  const left: T[] = [];
  const next = new Map<string, number>();
  for (const item of first) {
    const found = keysOf(item).flatMap((key) => nextOf(key) ?? [])[0];
    if (found === undefined) left.push(item);
    else {
      taken.add(found);
      pairs.push([item, found]);
    }
  }
  return [left, second.filter((item) => !taken.has(item))];

  function nextOf(key: string): T | undefined {
    const list = waiting.get(key) ?? [];
    let at = next.get(key) ?? 0;
    while (at < list.length && taken.has(list[at] as T)) at++;
    next.set(key, at);
    return list[at];
  }
}
