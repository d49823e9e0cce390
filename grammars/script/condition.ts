import type { Scalar } from './environment.ts';
import { textOf } from './expand.ts';
import { fits } from './glob.ts';
import type { Node } from './node.ts';
import type { Scope } from './parameter.ts';
import { wordEnd } from './quoting.ts';

/** What a test answers: `undefined` where only the running host can tell. */
export type Verdict = boolean | undefined;

/** The answer of `[ … ]`, `test …`, `[[ … ]]`, `true` and `false`, by the words that the shell would pass. */
export function verdictOf(fields: readonly Scalar[], raw: string, scope: Scope): Verdict {
  const program = fields[0]?.text;
  if (raw.startsWith('[[')) return tested(wordsOf(raw.slice(2, -2), scope), true);
  if (program === '[') return tested(fields.slice(1, -1), false);
  if (program === 'test') return tested(fields.slice(1), false);
  if (program === 'true' || program === ':') return true;
  return program === 'false' ? false : undefined;
}

function tested(words: readonly Scalar[], withPatterns: boolean): Verdict {
  if (words[0]?.text === '!') {
    const inner = tested(words.slice(1), withPatterns);
    return inner === undefined ? undefined : !inner;
  }
  if (words.some((word) => word.unknown || word.soft)) return undefined;
  const [left = '', operator = '', right = ''] = words.map(({ text }) => text);
  if (words.length === 1) return left !== '';
  if (words.length === 2)
    return left === '-z' ? operator === '' : left === '-n' ? operator !== '' : undefined;
  if (words.length !== 3) return undefined;
  const isSame = () => (withPatterns ? fits(right, left) : left === right);
  if (operator === '=' || operator === '==') return isSame();
  if (operator === '!=') return isSame() === undefined ? undefined : !isSame();
  return compared(left, operator, right);
}

function compared(left: string, operator: string, right: string): Verdict {
  if (!/^-?\d{1,15}$/.test(left) || !/^-?\d{1,15}$/.test(right)) return undefined;
  const difference = Number(left) - Number(right);
  switch (operator) {
    case '-eq':
      return difference === 0;
    case '-ne':
      return difference !== 0;
    case '-gt':
      return difference > 0;
    case '-ge':
      return difference >= 0;
    case '-lt':
      return difference < 0;
    case '-le':
      return difference <= 0;
    default:
      return undefined;
  }
}

function wordsOf(inner: string, scope: Scope): Scalar[] {
  const words: Scalar[] = [];
  for (let at = 0; at < inner.length; ) {
    if (/\s/.test(inner[at] ?? '')) {
      at++;
      continue;
    }
    const end = Math.max(wordEnd(inner, at, inner.length).end, at + 1);
    words.push(textOf(inner.slice(at, end), scope));
    at = end;
  }
  return words;
}

const QUESTIONS = new Set(
  '[ test grep egrep fgrep lsmod pidof pgrep which command type ping arping id cmp diff false'.split(' '),
);

/** Whether a command is run for its answer, so that what follows behind `&&` may well not run. */
export function asks(program: string, raw: string): boolean {
  return QUESTIONS.has(program.replace(/^.*\//, '')) || raw.startsWith('[[') || raw.startsWith('((');
}

const ACTIONS = /^(?:start|stop|restart|reload|force-reload|status|condrestart|try-restart|up|down)$/;

/** Names that a branch or a function has when it is what a start, a stop … does. */
export function isAction(name: string): boolean {
  return ACTIONS.test(name);
}

/** `[ "$1" = start ]` as a condition: the branch that it opens. */
export function branchOf(condition: readonly Node[], scope: Scope): string | undefined {
  const [node] = condition;
  if (condition.length !== 1 || node?.kind !== 'command' || node.negated) return undefined;
  const raws = node.words.map(({ raw }) => raw);
  const inner = raws[0]?.startsWith('[[') ? raws[0].slice(2, -2).trim().split(/\s+/) : raws.slice(1);
  const [subject = '', operator, pattern = ''] = inner;
  if ((operator !== '=' && operator !== '==') || inner.length < 3 || inner.length > 4) return undefined;
  // `[ "x$1" = "xstart" ]` is the careful form of the same.
  const [bareSubject, barePattern] = [subject, pattern].map((text) => text.replace(/^("?)[xX_]/, '$1'));
  const careful = subject !== bareSubject && pattern !== barePattern;
  const raw = careful ? (bareSubject ?? '') : subject;
  if (textOf(raw, scope).isFirstArgument !== true) return undefined;
  const name = textOf(careful ? (barePattern ?? '') : pattern, scope);
  return name.unknown ? undefined : name.text;
}
