import type { Place } from './place.ts';
import type { Basis } from './source.ts';

/** A value with the place that says so. A `default` stands at the header of the block that leaves the keyword out. */
export interface Fact<T> {
  readonly value: T;
  readonly place: Place;
  readonly basis: Basis | 'default';
}

/** Something with a `place`, cheap to keep until somebody asks: a word of a statement. */
export interface Located {
  readonly place: Place;
}

/** A line whose words can be placed one by one, without an object for each word. */
export interface LocatedWords extends Located {
  placeAt(word: number): Place;
}

/** A fact as its text states it; the place is worked out only when asked for, because a large cluster has millions. */
export function stated<T>(value: T, at: Located): Fact<T> {
  return new StatedFact(value, at);
}

/** A fact that one word of a line states. */
export function statedBy<T>(value: T, line: LocatedWords, word: number): Fact<T> {
  return word === 1 ? new ArgumentFact(value, line) : new WordFact(value, line, word);
}

/** A fact that nobody wrote: the program's own default, placed at what leaves it out. */
export function assumed<T>(value: T, at: Located): Fact<T> {
  return new AssumedFact(value, at);
}

/* Four small classes and not one with flags: a fact is two references, and a million of them fit. */

class StatedFact<T> implements Fact<T> {
  constructor(
    readonly value: T,
    private readonly at: Located,
  ) {}
  get place(): Place {
    return this.at.place;
  }
  get basis(): Basis {
    return this.at.place.source.basis;
  }
}

class AssumedFact<T> implements Fact<T> {
  constructor(
    readonly value: T,
    private readonly at: Located,
  ) {}
  get place(): Place {
    return this.at.place;
  }
  get basis(): 'default' {
    return 'default';
  }
}

/** The first word behind the keyword states it: nearly every fact of a keepalived.conf. */
class ArgumentFact<T> implements Fact<T> {
  constructor(
    readonly value: T,
    private readonly line: LocatedWords,
  ) {}
  get place(): Place {
    return this.line.placeAt(1);
  }
  get basis(): Basis {
    return this.line.place.source.basis;
  }
}

class WordFact<T> implements Fact<T> {
  constructor(
    readonly value: T,
    private readonly line: LocatedWords,
    private readonly word: number,
  ) {}
  get place(): Place {
    return this.line.placeAt(this.word);
  }
  get basis(): Basis {
    return this.line.place.source.basis;
  }
}

/** The same fact said again further on in the same text: a block that repeats an earlier one says it there. */
export function repeated<T>(fact: Fact<T>, shift: number): Fact<T> {
  return shift === 0 ? fact : new RepeatedFact(fact, shift);
}

class RepeatedFact<T> implements Fact<T> {
  constructor(
    private readonly fact: Fact<T>,
    private readonly shift: number,
  ) {}
  get value(): T {
    return this.fact.value;
  }
  get place(): Place {
    const { source, range } = this.fact.place;
    return { source, range: { start: range.start + this.shift, end: range.end + this.shift } };
  }
  get basis(): Basis | 'default' {
    return this.fact.basis;
  }
}
