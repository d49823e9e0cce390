import type { Source } from '../evidence/source.ts';

/** The release of keepalived on a host that was asked for it: the first line of `keepalived --version`. */
export function installedRelease(sources: readonly Source[]): string | undefined {
  const told = sources.find(({ format }) => format === 'keepalived-version');
  return told && /^Keepalived v(\d+(?:\.\d+){1,2})\b/m.exec(told.text.slice(0, 1000))?.[1];
}

/** Whether a release comes before another, number by number: `5.8` before `5.10`. An unknown release before none. */
export function isBefore(release: string | undefined, other: string): boolean {
  if (release === undefined) return false;
  const numbers = numbersOf(release);
  if (numbers.length === 0) return false;
  for (const [index, number] of numbersOf(other).entries()) {
    const own = numbers[index] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}

/** `5.14.0-503.el9` is 5, 14, 0: what stands behind is the distribution's. */
function numbersOf(release: string): readonly number[] {
  const [leading = ''] = /^\d+(?:\.\d+)*/.exec(release) ?? [];
  return leading === '' ? [] : leading.split('.').map(Number);
}
