import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';

const program = useProgram();

test('a look at 500 hosts by ssh needs less than 300 MB', { timeout: 400_000 }, () => {
  const bench = ['test/bench/fleet.mjs', join(program.home, 'lvsdoctor.mjs')];
  const printed = execFileSync(process.execPath, bench, { encoding: 'utf8' });
  const lines = [...printed.matchAll(/^(collect|diagnose) of 500 hosts: .* (\d+) MB, .*exit code (\d)/gm)];
  expect(lines.map(([, command, , code]) => [command, code])).toEqual([
    ['collect', '0'],
    ['diagnose', '3'],
  ]);
  for (const [line, , megabytes] of lines) expect(Number(megabytes), line).toBeLessThan(300);
});
