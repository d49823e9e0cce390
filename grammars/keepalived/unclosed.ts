import { linesOf } from '../../src/evidence/lines.ts';
import { KeepalivedBlock, type KeepalivedStatement } from './statement.ts';

/**
 * Which block lacks its closing brace, told by indentation: the first one that was closed by a brace standing
 * further left than its own header took the brace of a block around it. Lines that stand no deeper than that
 * header are given back to the block around it. Without indentation it is the innermost block still open.
 */
export function findUnclosed(outermost: KeepalivedBlock, innermost: KeepalivedBlock): KeepalivedBlock {
  const pending: { block: KeepalivedBlock; around: KeepalivedBlock | undefined }[] = [
    { block: outermost, around: undefined },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { block, around } = next;
    if (around !== undefined && closedByAnother(block)) {
      giveBack(block, around);
      return block;
    }
    for (const inner of block.block.toReversed())
      if (inner instanceof KeepalivedBlock) pending.push({ block: inner, around: block });
  }
  return innermost;
}

function closedByAnother(block: KeepalivedBlock): boolean {
  return block.closedAt !== undefined && indentAt(block, block.closedAt) < indentAt(block, block.start);
}

function giveBack(block: KeepalivedBlock, around: KeepalivedBlock): void {
  const own = indentAt(block, block.start);
  const first = block.block.findIndex((statement) => indentAt(statement, statement.start) <= own);
  if (first === -1) return;
  const behind = around.block.indexOf(block) + 1;
  around.block = [
    ...around.block.slice(0, behind),
    ...block.block.slice(first),
    ...around.block.slice(behind),
  ];
  block.block = block.block.slice(0, first);
}

/** Nobody indents further; the blanks of a line are not to be counted for each of its thousand blocks. */
const MOST_INDENT = 400;

/** The width of the white space in front of the line that holds an offset; a tab counts to the next multiple of 8. */
function indentAt({ source }: KeepalivedStatement, offset: number): number {
  const { text } = source;
  const lines = linesOf(source);
  let at = lines.lineRange(lines.positionAt(offset).line).start;
  let width = 0;
  for (; width < MOST_INDENT && (text[at] === ' ' || text[at] === '\t'); at++)
    width = text[at] === '\t' ? width - (width % 8) + 8 : width + 1;
  return width;
}
