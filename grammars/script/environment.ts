import type { Range } from '../../src/evidence/place.ts';

/** One text that a variable or a word may hold. */
export interface Scalar {
  /** Where nobody knows a part of it, that part stands as it is written: `lo:$i`. */
  readonly text: string;
  readonly unknown: boolean;
  /** A guess by the script itself, `${VIP:-192.0.2.1}`: good as a value, too weak to rule out a branch. */
  readonly soft: boolean;
  /** The script's own first argument, which says what a set-up script is to do. */
  readonly isFirstArgument?: boolean;
  /** Where the text was handed to a function. */
  readonly range?: Range | undefined;
}

export interface List {
  readonly items: readonly Scalar[];
}

export type Value = Scalar | List;

export function known(text: string): Scalar {
  return { text, unknown: false, soft: false };
}

export function unknown(raw: string): Scalar {
  return { text: raw, unknown: true, soft: false };
}

export function isList(value: Value): value is List {
  return 'items' in value;
}

interface Binding {
  readonly value: Value | undefined;
  readonly age: number;
}

/** One way through an `if`, `case` or loop: what the variables were when it began. */
type Layer = Map<string, Binding | undefined>;

/** Deeper than this a variable that changes is not followed any more. */
const DEEPEST = 60;

/** The variables of a script, as far as the text alone fixes them. */
export class Environment {
  /** How many words variables and braces may still add: `for` over a long list, in each line, adds up. */
  room = 100_000;
  private readonly bindings = new Map<string, Binding>();
  private readonly layers: Layer[] = [];
  private readonly outcomes: { readonly values: Map<string, (Value | undefined)[]>; arms: number }[] = [];
  /** Goes up when something unseen may have changed every variable. */
  private age = 0;

  /** Undefined: never set, or unset. */
  get(name: string): Value | undefined {
    const binding = this.bindings.get(name);
    if (binding === undefined) return undefined;
    return binding.age < this.age ? unknown(`$${name}`) : binding.value;
  }

  set(name: string, value: Value | undefined): void {
    const layer = this.layers.at(-1);
    if (layer !== undefined && !layer.has(name)) layer.set(name, this.bindings.get(name));
    const kept = this.layers.length < DEEPEST ? value : unknown(`$${name}`);
    this.bindings.set(name, { value: kept, age: this.age });
  }

  /** For a command that may not run: two different values leave an unknown one. */
  setPerhaps(name: string, value: Value): void {
    this.set(name, merged(name, [this.get(name), value]));
  }

  /** A file was read in, or `eval` ran: what was known may hold no longer. */
  forgetAll(): void {
    this.age++;
  }

  /** Begins a block of which one way is taken, or none. */
  openBlock(): void {
    this.outcomes.push({ values: new Map(), arms: 0 });
  }

  openArm(): void {
    if (this.layers.length < DEEPEST) this.layers.push(new Map());
  }

  /** Ends one way through the innermost block: its changes wait for the block's end. */
  closeArm(): void {
    const block = this.outcomes.at(-1);
    if (this.outcomes.length > DEEPEST || block === undefined) return;
    block.arms++;
    for (const [name, before] of this.layers.pop() ?? []) {
      const values = block.values.get(name);
      if (values === undefined) block.values.set(name, [this.get(name)]);
      else values.push(this.get(name));
      if (before === undefined) this.bindings.delete(name);
      else this.bindings.set(name, before);
    }
  }

  /** Ends a subshell: what it changed is gone. */
  dropBlock(): void {
    this.outcomes.pop();
  }

  /** Ends the block; `exhaustive`: one of its ways was certainly taken. */
  closeBlock(exhaustive: boolean): void {
    const { values, arms } = this.outcomes.pop() ?? { values: new Map(), arms: 0 };
    for (const [name, ends] of values) {
      const passedBy = !exhaustive || ends.length < arms;
      this.set(name, merged(name, passedBy ? [this.get(name), ...ends] : ends));
    }
  }
}

/** What is left where one of several values holds. A variable that was not set before takes the one that is written. */
function merged(name: string, values: readonly (Value | undefined)[]): Value | undefined {
  const written = values.filter((value) => value !== undefined);
  const [first] = written;
  if (first === undefined) return undefined;
  if (!written.every((value) => sameValue(value, first))) return unknown(`$${name}`);
  if (isList(first)) return first;
  return written.length < values.length ? { ...first, soft: true } : first;
}

function sameValue(one: Value, other: Value): boolean {
  if (isList(one) || isList(other))
    return (
      isList(one) &&
      isList(other) &&
      one.items.length === other.items.length &&
      one.items.every((item, index) => sameValue(item, other.items[index] as Scalar))
    );
  return one.text === other.text && !one.unknown && !other.unknown;
}
