import type { Fault } from '../tree.ts';
import type { KeepalivedStatement } from './statement.ts';

/** Interfaces of a garp_group; keepalived ignores a second claim to one, in this group or in another. */
export function checkClaims(
  names: Map<string, KeepalivedStatement>,
  group: KeepalivedStatement,
  report: (fault: Fault) => void,
): void {
  const claims = (group.block ?? []).flatMap((line) =>
    line.keyword === 'interface'
      ? [{ line, word: 1 }]
      : (line.block ?? []).map((item) => ({ line: item, word: 0 })),
  );
  for (const { line, word } of claims) {
    const name = line.argument(word);
    if (name === undefined || name === '') continue;
    const first = names.get(`garp ${name}`);
    if (first === undefined) names.set(`garp ${name}`, line);
    else
      report({
        kind: 'repeated-keyword',
        message: `${name} is in a garp_group already, so keepalived ignores it here`,
        at: line.placeAt(word),
        severity: 'warning',
        remedy: 'Delete the line that is not meant.',
        related: [{ at: first.place, message: 'it stands here first' }],
      });
  }
}
