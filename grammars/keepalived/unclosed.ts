import type { KeepalivedStatement } from './statement.ts';

/**
 * Which block lacks its closing brace, told by indentation: the first one that was closed by a brace standing
 * further left than its own header took the brace of a block around it. Lines that stand no deeper than that
 * header are given back to the block around it. Without indentation it is the innermost block still open.
 */
export function findUnclosed(
  outermost: KeepalivedStatement,
  innermost: KeepalivedStatement,
): KeepalivedStatement {
  const pending: { block: KeepalivedStatement; around: KeepalivedStatement | undefined }[] = [
    { block: outermost, around: undefined },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { block, around } = next;
    if (around !== undefined && closedByAnother(block)) {
      giveBack(block, around);
      return block;
    }
    for (const inner of (block.block ?? []).toReversed())
      if (inner.block !== undefined) pending.push({ block: inner, around: block });
  }
  return innermost;
}

function closedByAnother(block: KeepalivedStatement): boolean {
  return block.closedAt !== undefined && indentAt(block, block.closedAt) < indentAt(block, block.start);
}

function giveBack(block: KeepalivedStatement, around: KeepalivedStatement): void {
  const inside = block.block ?? [];
  const own = indentAt(block, block.start);
  const first = inside.findIndex((statement) => indentAt(statement, statement.start) <= own);
  if (first === -1) return;
  around.block?.splice(around.block.indexOf(block) + 1, 0, ...inside.splice(first));
}

/** The width of the white space in front of the line that holds an offset; a tab counts to the next multiple of 8. */
function indentAt(statement: KeepalivedStatement, offset: number): number {
  const text = statement.source.text;
  let at = text.lastIndexOf('\n', offset - 1) + 1;
  let width = 0;
  for (; text[at] === ' ' || text[at] === '\t'; at++)
    width = text[at] === '\t' ? width - (width % 8) + 8 : width + 1;
  return width;
}
