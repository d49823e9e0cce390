import type { Place, Range } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';
import { type Statement, type Word, wordAt } from '../tree.ts';

/** A line cut into words. Lines of equal text share one, because a large file repeats a few lines many times. */
export interface Shape {
  /** The line's text after definitions are resolved, without comment and braces. */
  readonly text: string;
  /** The words as keepalived takes them: quotes removed. */
  readonly words: readonly string[];
  /** Where each word stands, from the start of the line's own text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** True at a word that stood in quotes. */
  readonly quoted: readonly boolean[];
  /** True where a definition was put in: the words' places are those of its use. */
  readonly resolved: boolean;
}

/** One line of keepalived.conf. Words and places are made when asked for. */
export class KeepalivedStatement implements Statement {
  readonly source: Source;
  readonly shape: Shape;
  readonly start: number;
  /** The lines between its braces; only a `KeepalivedBlock` has them. */
  declare readonly block?: KeepalivedStatement[];

  constructor(source: Source, shape: Shape, start: number) {
    this.source = source;
    this.shape = shape;
    this.start = start;
  }

  /** The first word; '' on a line that holds only a brace. */
  get keyword(): string {
    return this.shape.words[0] ?? '';
  }

  /** The text of argument `index` (1 is the first after the keyword). */
  argument(index: number): string | undefined {
    return this.shape.words[index];
  }

  /** A word with its place; 0 is the keyword. */
  word(index: number): Word | undefined {
    const text = this.shape.words[index];
    if (text === undefined) return undefined;
    return wordAt(
      this.source,
      text,
      this.start + (this.shape.starts[index] ?? 0),
      this.start + (this.shape.ends[index] ?? 0),
    );
  }

  get words(): readonly Word[] {
    return this.shape.words.map((_, index) => this.word(index) as Word);
  }

  /** From the first word to the last: what a person would point at. */
  get range(): Range {
    const last = this.shape.words.length - 1;
    return {
      start: this.start + (this.shape.starts[0] ?? 0),
      end: this.start + (this.shape.ends[last] ?? 0),
    };
  }

  get place(): Place {
    return { source: this.source, range: this.range };
  }

  /** The place of one word; of the whole line where it has fewer words. */
  placeAt(word: number): Place {
    const start = this.shape.starts[word];
    if (start === undefined) return this.place;
    return {
      source: this.source,
      range: { start: this.start + start, end: this.start + (this.shape.ends[word] ?? 0) },
    };
  }
}

/** A line with braces behind it. A class of its own, because a million lines without braces need no room for them. */
export class KeepalivedBlock extends KeepalivedStatement {
  override block: KeepalivedStatement[] = [];
  /** The offset of the brace that closes it. */
  closedAt: number | undefined = undefined;
}
