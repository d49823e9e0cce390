// Prints the two ratios that the project promises: start-up against Node's own, and a large file against keepalived -t.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { largeCluster } from './large-cluster.mjs';
import { smallDirector } from './small-director.mjs';

const PROGRAM = resolve(import.meta.dirname, '../../dist/lvsdoctor.mjs');
const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-bench-'));
const small = join(folder, 'keepalived.conf');
const large = join(folder, 'large.conf');

/** Milliseconds of one run, output thrown away. */
function timeOf([command, ...args]) {
  const start = process.hrtime.bigint();
  const { error } = spawnSync(command, args, { stdio: 'ignore' });
  if (error) throw error;
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Runs two commands in turn, so that a busy moment hits both, and compares the medians. */
function compare(title, limit, rounds, base, measured) {
  const times = { base: [], measured: [] };
  for (const command of [base, measured]) timeOf(command);
  for (let round = 0; round < rounds; round++) {
    times.base.push(timeOf(base));
    times.measured.push(timeOf(measured));
  }
  const [one, other] = [median(times.base), median(times.measured)];
  const ratio = other / one;
  const verdict = ratio <= limit ? 'within' : 'above';
  console.log(
    `${title}: ${ratio.toFixed(2)} (${other.toFixed(0)} ms to ${one.toFixed(0)} ms), ${verdict} ${limit}`,
  );
}

function median(times) {
  return [...times].sort((one, other) => one - other)[times.length >> 1];
}

try {
  writeFileSync(large, largeCluster());
  writeFileSync(small, smallDirector);
  const node = process.execPath;
  compare('a 60-line file, to node -e 0', 3, 31, [node, '-e', '0'], [node, PROGRAM, 'lint', small]);
  if (spawnSync('keepalived', ['--version']).error)
    console.log('a 14.6 MB file: keepalived is not installed');
  else
    compare(
      'a 14.6 MB file, to keepalived -t',
      1.5,
      5,
      ['keepalived', '-t', '-f', large],
      [node, PROGRAM, 'lint', large],
    );
} finally {
  rmSync(folder, { recursive: true });
}
