import type { Range } from '../evidence/place.ts';
import { secretsIn, secretsOf } from '../evidence/secrets.ts';
import type { Source } from '../evidence/source.ts';
import type { Finding } from '../judge/finding.ts';

const dot = '•';

/** A line with every secret as dots, of the same length in UTF-16 units, so that places on it stay right. */
export function maskSecrets(line: string): string {
  return dotted(line, secretsIn(line));
}

/** A part of a source's text, its secrets as dots; right even where the word that announces one lies outside. */
export function maskedSlice(source: Source, { start, end }: Range): string {
  const text = source.text.slice(start, end);
  const { ranges } = secretsOf(source);
  const within: Range[] = [];
  for (let at = firstEndingAfter(ranges, start); at < ranges.length; at += 1) {
    const range = ranges[at];
    if (range === undefined || range.start >= end) break;
    within.push({ start: Math.max(range.start - start, 0), end: Math.min(range.end, end) - start });
  }
  return dotted(text, within);
}

/**
 * A message with the secrets of a finding's sources as dots: quoted, behind the word that announces them, or standing
 * alone where they do not look like a word of prose.
 */
export function maskMessage(message: string, sources: Iterable<Source>): string {
  const values = [...sources].map((source) => secretsOf(source).values).filter((set) => set.size > 0);
  if (values.length === 0) return message;
  const secret = (text: string) => values.some((set) => set.has(text));
  const announced = secretsIn(message).flatMap(({ start, end }) => {
    const whole = message.slice(start, end);
    const [word = ''] = whole.split(' ', 1);
    const value = [whole, word, word.replace(/["'`.,:;)]{1,3}$/, '')].find(secret);
    return value === undefined ? [] : [{ start, end: start + value.length }];
  });
  return dotted(message, announced)
    .replace(/(["'`])([^"'`]*)\1/g, (whole, quote: string, inner: string) =>
      secret(inner) ? quote + dot.repeat(inner.length) + quote : whole,
    )
    .replace(/[^\s"'`(),;]+/g, (word) => {
      const bare = word.replace(/[.:]{1,3}$/, '');
      return secret(bare) && !proseLike.test(bare) ? dot.repeat(bare.length) + word.slice(bare.length) : word;
    });
}

const proseLike = /^(?:.{1,3}|[a-z]+|[A-Z]+|[A-Z][a-z]+)$/;

/** The sources whose secrets a finding's words may hold. */
export function sourcesOf(finding: Finding): ReadonlySet<Source> {
  return new Set([finding.at.source, ...finding.related.map(({ at }) => at.source)]);
}

function dotted(text: string, ranges: readonly Range[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of ranges) {
    result += text.slice(at, start) + dot.repeat(end - start);
    at = end;
  }
  return result + text.slice(at);
}

/** The ranges are in order and apart, so both their starts and their ends rise. */
function firstEndingAfter(ranges: readonly Range[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
