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
  return { ...flaw, message: flaw.message.replace(IS_DROPPED, isLost) };
}

/** The word at which the second statement of a line begins. */
export function surplusWord(flaws: readonly Flaw[], { shape }: KeepalivedStatement): number | undefined {
  const word = flaws.find(isCrowded)?.word ?? 0;
  const count = shape.words.length;
  return word > 0 && word < count && count <= MOST_WORDS ? word : undefined;
}

/** Names the line of the file that holds a statement. */
export function lineName({ source, start }: KeepalivedStatement): string {
  return `${source.name}:${source.text.lastIndexOf('\n', start - 1) + 1}`;
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
  };
}
