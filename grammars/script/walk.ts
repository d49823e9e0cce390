import type { Source } from '../../src/evidence/source.ts';
import { type Context, type Reader, readBlock, scopeOf } from './blocks.ts';
import { assign, assignArray, calculate, isAssignment, runBuiltin, type Setter } from './builtins.ts';
import { asks, isAction, type Verdict, verdictOf } from './condition.ts';
import { Environment, type Scalar, type Value } from './environment.ts';
import { fieldsOf } from './expand.ts';
import { nestedCommands } from './nested.ts';
import type { BlockNode, CommandNode, Node } from './node.ts';
import { newStatement, redirectOf, type ScriptStatement } from './statement.ts';

/** A list of commands that is being read; lists wait on a stack of their own, so depth costs no calls. */
interface Run {
  readonly nodes: readonly Node[];
  readonly context: Context;
  next: number;
  previous: ScriptStatement | undefined;
  /** How the last command answers, for the `&&` or `||` behind it. */
  verdict: Verdict;
  asked: boolean;
  /** An `&&` or `||` has made the rest of the line uncertain. */
  uncertain: boolean;
}

/** Loops and functions may repeat this many commands in all; behind that, each is read once more at most. */
const REPEATS = 20_000;

const ROOT: Omit<Context, 'args'> = {
  branch: undefined,
  conditional: false,
  output: undefined,
  mayExit: true,
  follow: true,
};

/** Reads a script's commands in the order in which it would run them. */
export function statementsOf(source: Source, root: readonly Node[]): ScriptStatement[] {
  return new Walk(source).run(root);
}

class Walk implements Reader {
  readonly variables = new Environment();
  private readonly source: Source;
  private readonly statements: ScriptStatement[] = [];
  private readonly waiting: (Run | (() => void))[] = [];
  private readonly functions = new Map<string, BlockNode>();
  private readonly called = new Set<BlockNode>();
  private readonly active = new Set<BlockNode>();
  private readonly locals: Map<string, Value | undefined>[] = [];
  private readonly alternatives = new Set<string>();
  private repeats = REPEATS;

  constructor(source: Source) {
    this.source = source;
  }

  run(root: readonly Node[]): ScriptStatement[] {
    this.enter(root, { ...ROOT, args: { current: undefined } });
    this.work();
    // What nothing calls may still be meant to run: by hand, or by a name that nobody knows before.
    for (const [name, body] of this.functions) {
      if (this.called.has(body)) continue;
      const branch = isAction(name) ? name : undefined;
      const conditional = branch === undefined;
      this.call(body, undefined, { ...ROOT, args: { current: undefined }, branch, conditional });
      this.work();
    }
    return this.statements;
  }

  enter(nodes: readonly Node[], context: Context): Run {
    const run: Run = {
      nodes,
      context,
      next: 0,
      previous: undefined,
      verdict: undefined,
      asked: false,
      uncertain: false,
    };
    this.waiting.push(run);
    return run;
  }

  later(step: () => void): void {
    this.waiting.push(step);
  }

  mayRepeat(): boolean {
    return this.repeats > 0;
  }

  private work(): void {
    for (let task = this.waiting.pop(); task !== undefined; task = this.waiting.pop()) {
      if (typeof task === 'function') task();
      else {
        const node = task.nodes[task.next++];
        if (node === undefined) continue;
        this.waiting.push(task);
        this.visit(node, task);
      }
    }
  }

  private visit(node: Node, run: Run): void {
    if (node.joint === '') run.uncertain = false;
    if (node.joint === '&&' && run.verdict === false) return;
    if (node.joint === '||' && run.verdict === true) return;
    if (node.joint === '||' && run.verdict === undefined) run.uncertain = true;
    if (node.joint === '&&' && run.verdict === undefined && run.asked) run.uncertain = true;
    if (node.joint !== '|') run.previous = undefined;
    run.verdict = undefined;
    run.asked = false;
    const context = run.uncertain ? { ...run.context, conditional: true } : run.context;
    if (node.kind === 'command') this.visitCommand(node, run, context);
    else if (node.kind === 'function') this.functions.set(node.name?.raw ?? '', node);
    else {
      const output = node.redirects
        .map((each) => redirectOf(this.source, each, scopeOf(context, this)))
        .at(-1);
      readBlock(node, output === undefined ? context : { ...context, output }, this);
    }
  }

  private visitCommand(node: CommandNode, run: Run, context: Context): void {
    const scope = scopeOf(context, this);
    const set: Setter = (name, value) =>
      run.uncertain ? this.variables.setPerhaps(name, value) : this.variables.set(name, value);
    for (const array of node.arrays) assignArray(array, scope, set);
    const first = node.words.findIndex(({ raw }) => !isAssignment(raw));
    const raw = node.words[first]?.raw ?? '';
    if (first === -1) {
      for (const word of node.words) assign(word.raw, scope, set);
      if (node.redirects.length === 0) return;
    } else if (raw.startsWith('((')) {
      calculate(raw.slice(2, -2), scope, set);
      run.asked = true;
      return;
    }
    const fields: Scalar[] = [];
    for (const word of first === -1 ? [] : node.words.slice(first)) {
      const place = { start: word.start, end: word.start + word.raw.length };
      for (const field of fieldsOf(word, scope))
        fields.push(field.range ? field : { ...field, range: place });
    }
    const program = fields[0]?.text ?? '';
    const answer = verdictOf(fields, raw, scope);
    run.verdict = answer === undefined ? undefined : answer !== node.negated;
    run.asked = asks(program, raw);
    runBuiltin(node, fields, context.args, scope, set, (name) => this.makeLocal(name));

    const redirects = node.redirects.map((redirect) => redirectOf(this.source, redirect, scope));
    const output = redirects.at(-1) ?? context.output;
    const body = this.functions.get(program);
    if (body !== undefined) {
      // `main "$@"` hands on what nobody knows.
      const [first, ...others] = fields.slice(1);
      const handsOn = first?.unknown === true && others.length === 0 && /^\$\{?[@*]\}?$/.test(first.text);
      const args = handsOn ? context.args.current : fields.slice(1);
      this.call(body, args, { ...context, output });
      return;
    }
    const nested = nestedCommands(this.source, node.words);
    if (nested !== undefined) {
      this.enter(nested, { ...context, output, mayExit: false });
      return;
    }
    const intoPipe = run.nodes[run.next]?.joint === '|';
    if (context.output !== undefined && !intoPipe) redirects.unshift(context.output);
    const statement = newStatement(this.source, fields, redirects, node.words[first]?.start ?? node.start, {
      branch: context.branch,
      conditional: context.conditional,
      input: run.previous,
    });
    this.repeats--;
    if (!this.isAlternative(statement)) this.statements.push(statement);
    run.previous = statement;
    if (program === 'exit' && context.mayExit && !context.conditional && context.branch === undefined)
      this.waiting.length = 0;
  }

  /** A function that several arms of one `if` or `case` call is run by one of them only. */
  private isAlternative(statement: ScriptStatement): boolean {
    if (!statement.conditional) return false;
    const { range, branch, words, redirects } = statement;
    const targets = redirects.map(({ target }) => target?.text);
    const key = JSON.stringify([range.start, branch, words.map(({ text }) => text), targets]);
    if (this.alternatives.has(key)) return true;
    this.alternatives.add(key);
    return false;
  }

  private call(body: BlockNode, args: readonly Scalar[] | undefined, context: Context): void {
    const readBefore = this.called.has(body);
    this.called.add(body);
    if (this.active.has(body) || !context.follow || (readBefore && !this.mayRepeat())) return;
    this.active.add(body);
    this.locals.push(new Map());
    this.repeats--;
    this.later(() => {
      this.active.delete(body);
      for (const [name, value] of this.locals.pop() ?? []) this.variables.set(name, value);
    });
    this.enter(body.arms[0]?.body ?? [], { ...context, args: { current: args }, mayExit: false });
  }

  private makeLocal(name: string): void {
    const names = this.locals.at(-1);
    if (names !== undefined && !names.has(name)) names.set(name, this.variables.get(name));
  }
}
