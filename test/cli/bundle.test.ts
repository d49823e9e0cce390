import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';

const program = useProgram();

/** A file of the bundle, and those that it loads before it runs. */
function loadedWith(file: string, seen = new Map<string, string>()): ReadonlyMap<string, string> {
  if (seen.has(file)) return seen;
  const text = readFileSync(file, 'utf8');
  seen.set(file, text);
  for (const [, path = ''] of text.matchAll(/(?:\bfrom|\bimport) ?"(\.[^"]+\.mjs)"/g))
    loadedWith(join(dirname(file), path), seen);
  return seen;
}

test('what a lint does not need is in chunks that it does not load', () => {
  const loaded = [...loadedWith(join(program.home, 'lvsdoctor.mjs')).values()];
  expect(loaded.length).toBeGreaterThan(1);
  const signs = { ssh2: 'ssh-userauth', 'ssh-config': 'CertificateFile', yaml: 'BLOCK_FOLDED' };
  for (const sign of Object.values(signs)) expect(loaded.filter((text) => text.includes(sign))).toEqual([]);
});
