import type { Located } from '../src/evidence/fact.ts';
import type { Place } from '../src/evidence/place.ts';
import type { Source } from '../src/evidence/source.ts';

/** What a text of data holds: a word, a list, or names with values; each knows where it stands. */
export type Value = Scalar | List | Mapping;

export interface Scalar extends Located {
  readonly kind: 'scalar';
  /** Without quotes and escapes: `true`, `150`, `eth0`. */
  readonly text: string;
}

export interface List extends Located {
  readonly kind: 'list';
  readonly items: readonly Value[];
}

export interface Mapping extends Located {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, Value>;
}

/** Where a value stands, worked out when asked for. */
export class Spot implements Located {
  constructor(
    private readonly source: Source,
    private readonly start: number,
    private readonly end: number,
  ) {}
  get place(): Place {
    return { source: this.source, range: { start: this.start, end: this.end } };
  }
}

class Placed implements Located {
  constructor(private readonly at: Located) {}
  get place(): Place {
    return this.at.place;
  }
}

class ScalarAt extends Placed implements Scalar {
  readonly kind = 'scalar';
  constructor(
    readonly text: string,
    at: Located,
  ) {
    super(at);
  }
}

class ListAt extends Placed implements List {
  readonly kind = 'list';
  constructor(
    readonly items: readonly Value[],
    at: Located,
  ) {
    super(at);
  }
}

class MappingAt extends Placed implements Mapping {
  readonly kind = 'mapping';
  constructor(
    readonly entries: ReadonlyMap<string, Value>,
    at: Located,
  ) {
    super(at);
  }
}

export function scalar(text: string, at: Located): Scalar {
  return new ScalarAt(text, at);
}

/** A list whose items may still be read. */
export function list(items: readonly Value[], at: Located): List {
  return new ListAt(items, at);
}

/** Names with values, of which more may still be read. */
export function mapping(entries: ReadonlyMap<string, Value>, at: Located): Mapping {
  return new MappingAt(entries, at);
}

/** What stands below a chain of names; undefined where one of them is missing. */
export function valueAt(value: Value | undefined, ...names: readonly string[]): Value | undefined {
  let found = value;
  for (const name of names) found = found?.kind === 'mapping' ? found.entries.get(name) : undefined;
  return found;
}

/** The word below a chain of names. */
export function scalarAt(value: Value | undefined, ...names: readonly string[]): Scalar | undefined {
  const found = valueAt(value, ...names);
  return found?.kind === 'scalar' ? found : undefined;
}

/** The items of the list below a chain of names; empty where there is none. */
export function itemsAt(value: Value | undefined, ...names: readonly string[]): readonly Value[] {
  const found = valueAt(value, ...names);
  return found?.kind === 'list' ? found.items : [];
}
