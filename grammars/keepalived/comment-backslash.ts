import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf } from '../tree.ts';
import { isBefore } from './releases.ts';

const COMMENT = /^[ \t]*[#!]/;
const DEFINITION = /^\s*(?:@\S+\s+)?\$[A-Za-z_]\w*=/;

/**
 * Comments that end in a backslash: up to 2.2.7 keepalived takes the backslash for a keyword (2.2.7, `-t`). Between the
 * lines of a definition the backslash is what it looks like.
 */
export function commentBackslashes(source: Source, release: string | undefined): Fault[] {
  if (release === undefined || !isBefore(release, '2.2.8')) return [];
  const { text } = source;
  const faults: Fault[] = [];
  let definedUpTo = -1;
  for (let end = lineEndingInBackslash(text, 0); end !== -1; end = lineEndingInBackslash(text, end + 1)) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (start === definedUpTo || DEFINITION.test(line)) definedUpTo = end + 1;
    else if (COMMENT.test(line))
      faults.push({
        kind: 'unknown-keyword',
        message: `keepalived ${release} takes the backslash at the end of this comment for a keyword`,
        at: placeOf(source, end - 1, end),
        remedy: 'Delete the backslash.',
        severity: 'info',
      });
  }
  return faults;
}

/** The offset of the end of the next line whose last sign is a backslash; -1 behind the last. */
function lineEndingInBackslash(text: string, from: number): number {
  const found = text.indexOf('\\\n', from);
  if (found !== -1) return found + 1;
  return from < text.length && text.endsWith('\\') ? text.length : -1;
}
