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

/** The interface that an instance makes for itself; keepalived 2.2.7 takes a name once, for VMACs and IPVLANs together. */
export function checkOwnInterface(
  names: Map<string, KeepalivedStatement>,
  instance: KeepalivedStatement,
  report: (fault: Fault) => void,
): void {
  const line = instance.block?.find(({ keyword }) => keyword === 'use_vmac' || keyword === 'use_ipvlan');
  const name = line?.argument(1) ?? '';
  if (line === undefined || !/^(?!(?:bridge|private|vepa)$)[a-z_][\w.-]*$/i.test(name)) return;
  const first = names.get(`own ${name}`);
  if (first === undefined) names.set(`own ${name}`, line);
  else
    report({
      kind: 'repeated-keyword',
      message: `another instance makes an interface ${name} already, so keepalived ignores the name here`,
      at: line.placeAt(1),
      severity: 'warning',
      remedy: 'Give each instance an interface name of its own, or write none.',
      related: [{ at: first.place, message: 'it stands here first' }],
    });
}
