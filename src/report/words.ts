import type { Source } from '../evidence/source.ts';
import type { Finding } from '../judge/finding.ts';
import { maskMessage, maskSecrets, sourcesOf } from './mask.ts';
import { sanitize, shorten } from './sanitize.ts';

const longestWord = 120;
const longestMessage = 2000;

/** A finding's own words, ready to print: secrets as dots, control characters visible, overlong words cut. */
export function wordsOf(finding: Finding, text: string): string {
  return plainWords(maskMessage(text, sourcesOf(finding)));
}

/** Words that no source lies behind. */
export function plainWords(text: string): string {
  const whole = shorten(text, longestMessage);
  return sanitize(whole.replace(/\S+/g, (word) => shorten(word, longestWord)));
}

/** What a person would open or run to see a source. */
export function nameOf(source: Source): string {
  return sanitize(source.name);
}

/** `1 error`, `2 errors`, `no errors`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count === 0 ? 'no' : count} ${count === 1 ? one : many}`;
}

/** `lb1, lb2 and 3 more`. */
export function listed(items: readonly string[], most: number): string {
  if (items.length <= most + 1) return items.join(', ');
  return `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

/** One line for whatever was thrown. */
export function errorText(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return plainWords(maskSecrets(text.split('\n', 1)[0] ?? ''));
}
