import type { Place, Range } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';
import { type Statement, type Word, wordAt } from '../tree.ts';
import type { Scalar } from './environment.ts';
import { textOf } from './expand.ts';
import type { HeredocBody } from './heredoc.ts';
import type { RawRedirect, RawWord } from './node.ts';
import type { Scope } from './parameter.ts';

/** `> /etc/sysctl.conf`, `2>&1`, `<<EOF` */
export interface Redirect {
  /** Without the number in front: `>`, `>>`, `<`, `<<`, `<<<`, `&>` … */
  readonly operator: string;
  /** The number in front; undefined where there is none. */
  readonly fd: number | undefined;
  readonly target: Word | undefined;
  /** The lines of a here-document, variables put in. */
  readonly lines?: readonly Word[];
}

/** One command in the order in which a script runs it. */
export interface ScriptStatement extends Statement {
  readonly redirects: readonly Redirect[];
  /** What the pipe in front of it brings. */
  readonly input: ScriptStatement | undefined;
  /** The branch of `case "$1" in` that holds it: `start`, `start|restart`, `*`; undefined outside of one. */
  readonly branch: string | undefined;
  /** It may not run although its branch does: `if`, `while`, behind `||`, in a function that nothing calls. */
  readonly conditional: boolean;
}

export interface Circumstances {
  readonly branch: string | undefined;
  readonly conditional: boolean;
  readonly input: ScriptStatement | undefined;
}

export function newStatement(
  source: Source,
  fields: readonly Scalar[],
  redirects: readonly Redirect[],
  start: number,
  circumstances: Circumstances,
): ScriptStatement {
  const { branch, conditional, input } = circumstances;
  const words = fields.map(({ text, unknown, range }) =>
    wordAt(source, text, range?.start ?? start, range?.end ?? start, unknown),
  );
  const ends = [...words, ...redirects.map(({ target }) => target)].map((word) => word?.range.end ?? 0);
  const first = words[0]?.range;
  // A command that was handed to a function stands where it was handed over.
  const range: Range =
    first !== undefined && first.start !== start
      ? first
      : { start, end: ends.reduce((last, end) => Math.max(last, end), start) };
  const place: Place = { source, range };
  return { source, words, redirects, range, place, branch, conditional, input };
}

export function redirectOf(source: Source, raw: RawRedirect, scope: Scope): Redirect {
  const { operator, fd, target, body } = raw;
  return {
    operator,
    fd: /^\d+$/.test(fd) ? Number(fd) : undefined,
    target: target && targetOf(source, target, textOf(target.raw, scope)),
    ...(body && { lines: linesOf(source, body, scope) }),
  };
}

function targetOf(source: Source, raw: RawWord, { text, unknown }: Scalar): Word {
  return wordAt(source, text, raw.start, raw.start + raw.raw.length, unknown);
}

function linesOf(source: Source, body: HeredocBody, scope: Scope): Word[] {
  const lines: Word[] = [];
  for (let start = body.start; start < body.end; ) {
    const found = source.text.indexOf('\n', start);
    let end = found === -1 ? source.text.length : found;
    const next = end + 1;
    if (source.text[end - 1] === '\r') end--;
    if (body.stripTabs) while (source.text[start] === '\t' && start < end) start++;
    const raw = source.text.slice(start, end);
    const scalar = body.literal ? undefined : textOf(raw, scope, 'heredoc');
    lines.push(wordAt(source, scalar?.text ?? raw, start, end, scalar?.unknown));
    start = next;
  }
  return lines;
}

/** Where a command's standard output goes, if a file is named; the last redirection wins. */
export function outputOf(statement: ScriptStatement): Redirect | undefined {
  return statement.redirects.findLast(
    ({ operator, fd }) => /^(>>?|>\||&>>?|>&)$/.test(operator) && (fd === undefined || fd === 1),
  );
}
