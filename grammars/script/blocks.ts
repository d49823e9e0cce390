import { counted } from './arithmetic.ts';
import { branchOf, type Verdict } from './condition.ts';
import { type Environment, known, type Scalar, unknown } from './environment.ts';
import { fieldsOf, textOf } from './expand.ts';
import type { BlockNode, Node } from './node.ts';
import { fitsOne, plainText, type Scope } from './parameter.ts';
import type { Redirect } from './statement.ts';

/** What holds for every command of a list. */
export interface Context {
  readonly branch: string | undefined;
  readonly conditional: boolean;
  /** Where a block around sends its output. */
  readonly output: Redirect | undefined;
  /** What `$1` and the rest are; `shift` and `set` change it. */
  readonly args: { current: readonly Scalar[] | undefined };
  /** A plain `exit` here ends the script. */
  readonly mayExit: boolean;
  /** False in `restart)` beside `start)`: the functions that it calls are read there. */
  readonly follow: boolean;
}

/** What reading a block needs of the one who reads the commands in it. */
export interface Reader {
  readonly variables: Environment;
  /** Puts commands on top of what waits to be read; the answer of the last one can be asked for afterwards. */
  enter(nodes: readonly Node[], context: Context): { readonly verdict: Verdict };
  /** Puts a step on top of what waits: the step put last is done first. */
  later(step: () => void): void;
  /** True while loops may still be unrolled. */
  mayRepeat(): boolean;
}

const LONGEST_LOOP = 1000;

/** Reads a block's commands in the order in which they would run. */
export function readBlock(block: BlockNode, context: Context, reader: Reader): void {
  const body = block.arms[0]?.body ?? [];
  switch (block.kind) {
    case 'if':
      reader.variables.openBlock();
      readIf(block, 0, context, [], reader);
      break;
    case 'case':
      reader.variables.openBlock();
      readCase(block, context, reader);
      break;
    case 'for':
      readFor(block, context, reader);
      break;
    case 'while':
      perhaps(block.arms[0]?.condition ?? [], body, context, reader);
      break;
    case 'subshell':
      reader.variables.openBlock();
      reader.variables.openArm();
      reader.later(() => {
        reader.variables.closeArm();
        reader.variables.dropBlock();
      });
      reader.enter(body, { ...context, mayExit: false });
      break;
    default:
      reader.enter(body, context);
  }
}

/** A loop of which nobody knows how often it runs: read once. */
function perhaps(condition: readonly Node[], body: readonly Node[], context: Context, reader: Reader): void {
  const { variables } = reader;
  variables.openBlock();
  variables.openArm();
  reader.later(() => {
    variables.closeArm();
    variables.closeBlock(false);
  });
  reader.enter(body, { ...context, conditional: true });
  reader.enter(condition, context);
}

/** The arms of `if` from one on. `branches`: the arms before are `[ "$1" = start ]` and the like. */
function readIf(block: BlockNode, index: number, context: Context, branches: string[], reader: Reader): void {
  const { variables } = reader;
  const arm = block.arms[index];
  if (arm === undefined) {
    variables.closeBlock(block.exhaustive);
    return;
  }
  const uncertain = { ...context, conditional: true };
  const isElse = block.exhaustive && index === block.arms.length - 1;
  let answer: { readonly verdict: Verdict } | undefined;
  reader.later(() => {
    const verdict = isElse ? true : answer?.verdict;
    if (verdict === false) {
      readIf(block, index + 1, context, branches, reader);
      return;
    }
    const branch = isElse ? undefined : branchOf(arm.condition, scopeOf(context, reader));
    if (branch !== undefined) branches.push(branch);
    variables.openArm();
    reader.later(() => {
      variables.closeArm();
      if (verdict === true) variables.closeBlock(true);
      else readIf(block, index + 1, branch === undefined ? uncertain : context, branches, reader);
    });
    const inside = branch !== undefined ? { ...context, branch } : verdict === true ? context : uncertain;
    reader.enter(arm.body, isElse && branches.length > 0 ? otherwise(context, branches) : inside);
  });
  if (!isElse) answer = reader.enter(arm.condition, context);
}

function readCase(block: BlockNode, context: Context, reader: Reader): void {
  const scope = scopeOf(context, reader);
  const raw = block.subject?.raw ?? '';
  const subject = textOf(raw, scope);
  const arms = block.arms
    .filter(({ patterns }) => patterns.length > 0)
    .map((arm) => ({ body: arm.body, patterns: arm.patterns.map((pattern) => textOf(pattern.raw, scope)) }));
  const names = arms.flatMap(({ patterns }) => patterns.map(({ text }) => plainName(text)));
  const isFirst = context.branch === undefined && subject.isFirstArgument === true;
  const isBranch = isFirst || names.includes('start') || names.includes('stop');
  const next = (from: number, around: Context): void => {
    let index = from;
    while (index < arms.length && fitsOne(subject, arms[index]?.patterns ?? []) === false) index++;
    const arm = arms[index];
    if (arm === undefined) {
      reader.variables.closeBlock(block.exhaustive);
      return;
    }
    const verdict = fitsOne(subject, arm.patterns);
    const name = arm.patterns.map(({ text }) => plainName(text)).join('|');
    const uncertain = { ...around, conditional: true };
    reader.variables.openArm();
    reader.later(() => {
      reader.variables.closeArm();
      if (verdict === true) reader.variables.closeBlock(true);
      else next(index + 1, isBranch ? around : uncertain);
    });
    if (verdict === true) reader.enter(arm.body, around);
    else if (!isBranch) reader.enter(arm.body, uncertain);
    else if (name === '*') reader.enter(arm.body, otherwise(around, names));
    else {
      const repeats = /restart|reload/.test(name) && !/^start$/.test(name) && names.includes('start');
      reader.enter(arm.body, { ...around, branch: name, follow: around.follow && !repeats });
    }
  };
  next(0, context);
}

/** `[Ss]top` as people would say it. */
function plainName(pattern: string): string {
  return pattern.length > 100
    ? pattern
    : pattern.replace(/\[([A-Za-z])[A-Za-z]\]/g, (_, sign: string) => sign.toLowerCase());
}

/** `else` and `*)`: not the start of anything where another arm is; where none is, it may be. */
function otherwise(context: Context, branches: readonly string[]): Context {
  return branches.includes('start') ? { ...context, branch: '*' } : { ...context, conditional: true };
}

function readFor(block: BlockNode, context: Context, reader: Reader): void {
  const { variables } = reader;
  const scope = scopeOf(context, reader);
  const body = block.arms[0]?.body ?? [];
  const counting =
    block.counting === undefined
      ? undefined
      : counted(textOf(block.counting, scope, 'heredoc').text, LONGEST_LOOP, (name) =>
          plainText(variables.get(name)),
        );
  const name = counting?.name ?? block.name?.raw ?? '';
  const items = counting?.values.map((value) => known(String(value))) ?? itemsOf(block, scope);
  if (items === undefined || items.length > LONGEST_LOOP || !reader.mayRepeat()) {
    if (name !== '') variables.set(name, unknown(`$${name}`));
    perhaps([], body, context, reader);
    return;
  }
  const next = (index: number) => {
    const item = items[index];
    if (item === undefined || (index > 0 && !reader.mayRepeat())) return;
    variables.set(name, item.unknown ? unknown(`$${name}`) : item);
    reader.later(() => next(index + 1));
    // An item that nobody knows may be none.
    reader.enter(body, item.unknown ? { ...context, conditional: true } : context);
  };
  next(0);
}

function itemsOf(block: BlockNode, scope: Scope): readonly Scalar[] | undefined {
  if (block.counting !== undefined) return undefined;
  return block.items === undefined ? scope.args : block.items.flatMap((item) => fieldsOf(item, scope));
}

/** What names mean at one point of a script. */
export function scopeOf(context: Context, { variables }: Pick<Reader, 'variables'>): Scope {
  return { variables, args: context.args.current };
}
