import type { Place, Range, RelatedPlace } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';
import type { Statement, Word } from '../tree.ts';

/** A line cut into words. Lines of equal text share one, because a large file repeats a few lines many times. */
export interface Shape {
  /** The line's text after definitions are resolved, without comment and braces. */
  readonly text: string;
  /** The words as keepalived takes them: quotes removed. */
  readonly words: readonly string[];
  /** Where a word stands, from the start of the line's own text; a definition's words stand where it is used. */
  span(index: number): Range | undefined;
  /** Whether a word stands in quotes, and so is no keyword. */
  isQuoted(index: number): boolean;
  /** The definitions that brought a word; absent where the line stands in the file as it is. */
  from?(index: number): readonly RelatedPlace[] | undefined;
}

/** One line of keepalived.conf. Words and places are made when asked for. */
export class KeepalivedStatement implements Statement {
  readonly source: Source;
  readonly shape: Shape;
  readonly start: number;
  constructor(source: Source, shape: Shape, start: number) {
    this.source = source;
    this.shape = shape;
    this.start = start;
  }

  /** The lines between its braces; only a `KeepalivedBlock` has them. */
  get block(): KeepalivedStatement[] | undefined {
    return undefined;
  }

  /** Whether braces follow; cheaper than asking for the lines. */
  get hasBlock(): boolean {
    return false;
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
    const span = this.shape.span(index);
    if (text === undefined || span === undefined) return undefined;
    const place = this.placeAt(index);
    return { text, range: place.range, place };
  }

  get words(): readonly Word[] {
    return this.shape.words.map((_, index) => this.word(index) as Word);
  }

  /** From the first word to the last: what a person would point at. */
  get range(): Range {
    const first = this.shape.span(0);
    const last = this.shape.span(this.shape.words.length - 1);
    return { start: this.start + (first?.start ?? 0), end: this.start + (last?.end ?? 0) };
  }

  get place(): Place {
    const { source, range, shape } = this;
    if (shape.from === undefined) return { source, range };
    const from = new Set(shape.words.flatMap((_, index) => shape.from?.(index) ?? []));
    return { source, range, ...(from.size > 0 && { from: [...from] }) };
  }

  /** The place of one word; of the whole line where it has fewer words. */
  placeAt(word: number): Place {
    const span = this.shape.span(word);
    if (span === undefined) return this.place;
    const range = { start: this.start + span.start, end: this.start + span.end };
    const from = this.shape.from?.(word);
    return { source: this.source, range, ...(from !== undefined && { from }) };
  }
}

/** A line with braces behind it. A class of its own, because a million lines without braces need no room for them. */
export class KeepalivedBlock extends KeepalivedStatement {
  /** The offset of the brace that closes it. */
  closedAt: number | undefined = undefined;
  /** An earlier block whose text this one repeats, line by line. */
  twin: KeepalivedBlock | undefined = undefined;
  private lines: KeepalivedStatement[] | undefined = [];

  /** Of a block that repeats another one, the lines are made anew at each call: keep them with `own` before changing them. */
  override get block(): KeepalivedStatement[] {
    return this.lines ?? this.linesOfTwin();
  }

  override get hasBlock(): true {
    return true;
  }

  override set block(lines: KeepalivedStatement[]) {
    this.lines = lines;
    this.twin = undefined;
  }

  /** Makes the lines its own, so that they can be changed. */
  own(): KeepalivedStatement[] {
    this.block = this.block;
    return this.block;
  }

  /** Forgets the lines where an earlier block has the same at the same distances: large files repeat few checks often. */
  repeat(twin: KeepalivedBlock): boolean {
    const { lines } = this;
    const others = twin.lines;
    if (lines === undefined || others === undefined || lines.length !== others.length) return false;
    if (twin.source !== this.source) return false;
    const shift = this.start - twin.start;
    for (let index = 0; index < lines.length; index++) {
      const line = lines[index] as KeepalivedStatement;
      const other = others[index] as KeepalivedStatement;
      if (line.shape !== other.shape || line.start - other.start !== shift) return false;
      if (line instanceof KeepalivedBlock || other instanceof KeepalivedBlock) return false;
    }
    this.lines = undefined;
    this.twin = twin;
    return true;
  }

  private linesOfTwin(): KeepalivedStatement[] {
    const { twin, source } = this;
    if (twin === undefined) return [];
    const shift = this.start - twin.start;
    return twin.block.map(({ shape, start }) => new KeepalivedStatement(source, shape, start + shift));
  }
}
