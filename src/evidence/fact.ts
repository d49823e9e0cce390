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
  return new LazyFact(value, at, WHOLE, false);
}

/** A fact that one word of a line states. */
export function statedBy<T>(value: T, line: LocatedWords, word: number): Fact<T> {
  return new LazyFact(value, line, word, false);
}

/** A fact that nobody wrote: the program's own default, placed at what leaves it out. */
export function assumed<T>(value: T, at: Located): Fact<T> {
  return new LazyFact(value, at, WHOLE, true);
}

const WHOLE = -1;

class LazyFact<T> implements Fact<T> {
  readonly value: T;
  private readonly at: Located;
  private readonly word: number;
  private readonly assumed: boolean;
  constructor(value: T, at: Located, word: number, assumed: boolean) {
    this.value = value;
    this.at = at;
    this.word = word;
    this.assumed = assumed;
  }
  get place(): Place {
    return this.word === WHOLE ? this.at.place : (this.at as LocatedWords).placeAt(this.word);
  }
  get basis(): Basis | 'default' {
    return this.assumed ? 'default' : this.at.place.source.basis;
  }
}
