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

/** Where the line of the file begins that holds a statement. */
export function lineStart({ source, start }: KeepalivedStatement): number {
  return source.text.lastIndexOf('\n', start - 1) + 1;
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
