import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { probeScript } from '../../../src/collect/script.ts';
import type { Fault } from './fault.ts';

/** Shell functions that put each fault in and take it out. */
function faultScript(faults: readonly Fault[]): string {
  return faults
    .map(
      ({ design, name, inject, heal }) =>
        `inject_${design}_${name}() {\n${inject}\n}\nheal_${design}_${name}() {\n${heal}\n}\n`,
    )
    .join('');
}

/** The files of matrix.sh, for these designs and these faults of theirs. */
export function matrixFiles(
  designs: readonly string[],
  faults: readonly Fault[],
): Readonly<Record<string, string>> {
  const own = ['hosts.sh', 'words.sh', 'designs-dr.sh', 'designs-nat.sh'].map(
    (name) => [name, readFileSync(join(import.meta.dirname, name), 'utf8')] as const,
  );
  const lists = [
    ['designs', designs] as const,
    ...designs.map((design) => {
      const names = faults.filter((fault) => fault.design === design).map(({ name }) => name);
      return [`${design}-faults`, names] as const;
    }),
  ];
  return {
    ...Object.fromEntries(own),
    ...Object.fromEntries(lists.map(([name, lines]) => [name, lines.map((line) => `${line}\n`).join('')])),
    'probe.sh': probeScript(),
    'faults.sh': faultScript(faults),
  };
}
