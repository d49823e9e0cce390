// Prints how much faster two threads judge 1,000 cluster folders than one: the two in turn, medians, and their output held
// against each other.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { clusterFolders } from './cluster-folders.mjs';

const CLUSTERS = 1000;
const ROUNDS = 5;
const SPEED = 1.6;
const SEED = Number(process.env.LVSDOCTOR_SEED ?? 20_227);
const PROGRAM = resolve(process.argv[2] ?? join(import.meta.dirname, '../../dist/lvsdoctor.mjs'));
const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-clusters-'));

function lint(threads) {
  const start = process.hrtime.bigint();
  const args = [PROGRAM, 'lint', '--jobs', String(threads), '--advice', 'fleet'];
  const { stdout, status, error } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
  });
  if (error) throw error;
  if (status !== 1) throw new Error(`the mistakes of the clusters were not found: exit code ${status}`);
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, stdout };
}

function median(times) {
  return [...times].sort((one, other) => one - other)[times.length >> 1];
}

try {
  for (const [path, text] of Object.entries(clusterFolders(CLUSTERS, SEED))) {
    const file = join(folder, 'fleet', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const times = { one: [], two: [] };
  let isSame = true;
  for (let round = 0; round < ROUNDS; round++) {
    const one = lint(1);
    const two = lint(2);
    times.one.push(one.seconds);
    times.two.push(two.seconds);
    isSame &&= one.stdout === two.stdout;
  }
  const [one, two] = [median(times.one), median(times.two)];
  const speed = one / two;
  const verdict = speed >= SPEED ? 'reaches' : 'below';
  console.log(
    `${CLUSTERS} clusters, two threads to one: ${speed.toFixed(2)} times as fast (${two.toFixed(1)} s to ${one.toFixed(1)} s), ${verdict} ${SPEED}; the same bytes: ${isSame ? 'yes' : 'no'}`,
  );
  if (!isSame) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
