import { linesOf } from '../../src/evidence/lines.ts';
import type { Flaw } from './flaw.ts';
import { KeepalivedBlock, KeepalivedStatement, type Shape } from './statement.ts';

/**
 * A line that holds two statements, as two: what keepalived drops is reported, and read on as it was meant. The
 * braces stay with the statement that opens a block.
 */
export function splitLine(
  statement: KeepalivedStatement,
  word: number,
  firstOpens: boolean,
): readonly [KeepalivedStatement, KeepalivedStatement] {
  const { shape } = statement;
  const first = part(shape, 0, word);
  const second = part(shape, word, shape.words.length);
  return [withBlock(statement, first, firstOpens), withBlock(statement, second, !firstOpens)];
}

/** Lines with more words than this were not written by a person, and are not worth splitting. */
const MOST_WORDS = 200;

/** A flaw that says of a line that it holds several statements. */
export function isCrowded({ kind }: Pick<Flaw, 'kind'>): boolean {
  return kind === 'several-keywords-on-one-line';
}

/** What becomes of a second statement on a line. */
export const IS_DROPPED = 'keepalived drops it without a word';

/** One with a block: keepalived 2.2.7 says "Unexpected '{'", and from there each brace closes the block around it. */
export function lostBlock(flaw: Flaw): Flaw {
  if (!isCrowded(flaw)) return flaw;
  const isLost = 'keepalived drops it and loses its place at the brace';
  const { silent: _, ...told } = flaw;
  return { ...told, message: flaw.message.replace(IS_DROPPED, isLost) };
}

/** The word at which the second statement of a line begins. */
export function surplusWord(flaws: readonly Flaw[], { shape }: KeepalivedStatement): number | undefined {
  const word = flaws.find(isCrowded)?.word ?? 0;
  const count = shape.words.length;
  return word > 0 && word < count && count <= MOST_WORDS ? word : undefined;
}

/** Names the line of the file that holds a statement. */
export function lineName({ source, start }: KeepalivedStatement): string {
  return `${source.name}:${linesOf(source).positionAt(start).line}`;
}

/** The lines of a block, one after the other, while crowded ones among them are split: the others stay where they are. */
export class Lines {
  private readonly lines: KeepalivedStatement[];
  private at = 0;
  /** The second half of the latest line. */
  private rest: KeepalivedStatement | undefined;
  /** All lines so far, from the first split on. */
  private whole: KeepalivedStatement[] | undefined;

  constructor(lines: KeepalivedStatement[]) {
    this.lines = lines;
  }

  next(): KeepalivedStatement | undefined {
    const line = this.rest ?? this.lines[this.at++];
    this.rest = undefined;
    if (line !== undefined) this.whole?.push(line);
    return line;
  }

  /** Puts two lines in the place of the latest one; the second is the next. */
  split(first: KeepalivedStatement, second: KeepalivedStatement): void {
    this.whole ??= this.lines.slice(0, this.at);
    this.whole[this.whole.length - 1] = first;
    this.rest = second;
  }

  /** Hands the lines back to their block. */
  finish(): void {
    for (const [index, line] of (this.whole ?? []).entries()) this.lines[index] = line;
  }
}

function withBlock(whole: KeepalivedStatement, shape: Shape, keepsBlock: boolean): KeepalivedStatement {
  if (!keepsBlock || !(whole instanceof KeepalivedBlock))
    return new KeepalivedStatement(whole.source, shape, whole.start);
  const block = new KeepalivedBlock(whole.source, shape, whole.start);
  block.block = whole.block;
  block.closedAt = whole.closedAt;
  return block;
}

function part(shape: Shape, from: number, to: number): Shape {
  const words = shape.words.slice(from, to);
  return {
    text: words.join(' '),
    words,
    span: (index) => (index < words.length ? shape.span(from + index) : undefined),
    isQuoted: (index) => shape.isQuoted(from + index),
    from: (index) => (index < words.length ? shape.from?.(from + index) : undefined),
  };
}
