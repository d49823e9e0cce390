import type { Source } from '../../src/evidence/source.ts';
import { type Ignore, ignoreIn, lineEnd } from './comment.ts';

/** Ignores of a format that has one statement a line, and comments on lines of their own. `sign` begins a comment. */
export function ignoresInLines(source: Source, sign: RegExp): readonly Ignore[] {
  const { text } = source;
  const found: Ignore[] = [];
  let waiting: { readonly start: number; readonly end: number }[] = [];
  const answer = (covers: Ignore['covers']) => {
    found.push(
      ...waiting.flatMap((comment) => ignoreIn(source, { ...comment, isAlone: true }, covers) ?? []),
    );
    waiting = [];
  };
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end);
    const comment = sign.exec(line);
    if (comment !== null) waiting.push({ start: start + comment[0].length - 1, end });
    else if (line.trim() !== '' && waiting.length > 0) answer({ start, end });
    const next = text.indexOf('\n', end);
    start = next === -1 ? text.length : next + 1;
  }
  answer(undefined);
  return found;
}
