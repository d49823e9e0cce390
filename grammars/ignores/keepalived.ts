import type { Range } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';
import { type Comment, type Ignore, ignoreIn } from './comment.ts';

/** A line with its block; the end grows until the brace that closes it. */
interface Statement {
  readonly start: number;
  end: number;
}

/** Quotes hide everything up to the end of their line; elsewhere `#` and `!` begin a comment (lib/parser.c). */
const PIECES = /"[^"\r\n]*"?|[{}]|[#!][^\r\n]*|\n|[^\s{}#!"]+/g;

/**
 * Ignores of a keepalived.conf: above a line, for that line with its block; behind a line, for that; behind or right
 * below an opening brace, for the block. A block that is never closed is its first line.
 */
export function ignoresInKeepalived(source: Source): readonly Ignore[] {
  const { text } = source;
  const open: Statement[] = [];
  const found: { readonly comment: Comment; readonly covers: () => Range | undefined }[] = [];
  let latest: Statement | undefined;
  let firstOnLine: Statement | undefined;
  let goesOn = false;
  /** The block of which nothing but its brace was seen. */
  let fresh: Statement | undefined;
  let next: { statement?: Statement } = {};
  for (const { 0: piece, index: start } of text.matchAll(PIECES)) {
    const end = start + piece.length;
    if (piece === '\n') {
      firstOnLine = undefined;
      goesOn = false;
    } else if (piece.startsWith('#') || piece.startsWith('!')) {
      const comment = { start, end, isAlone: firstOnLine === undefined };
      if (fresh !== undefined || comment.isAlone) {
        const [block, following] = [fresh, next];
        found.push({ comment, covers: () => block ?? following.statement });
      } else if (/[\s}]/.test(text[start - 1] ?? '')) {
        const [first, last] = [firstOnLine, latest];
        found.push({ comment, covers: () => spanOf(first, last, start) });
      }
    } else if (piece === '{') {
      fresh = latest ?? { start, end };
      open.push(fresh);
      firstOnLine ??= fresh;
      latest = undefined;
      goesOn = false;
    } else if (piece === '}') {
      const closed = open.pop();
      if (closed !== undefined) closed.end = end;
      firstOnLine ??= { start, end };
      [fresh, latest, goesOn, next] = [undefined, undefined, false, {}];
    } else if (goesOn && latest !== undefined) latest.end = end;
    else {
      latest = { start, end };
      firstOnLine ??= latest;
      next.statement = latest;
      [fresh, goesOn, next] = [undefined, true, {}];
    }
  }
  return found.flatMap(({ comment, covers }) => ignoreIn(source, comment, covers()) ?? []);
}

function spanOf(first: Statement | undefined, last: Statement | undefined, end: number): Range | undefined {
  return first && { start: first.start, end: Math.max(first.end, last?.end ?? 0, end) };
}
