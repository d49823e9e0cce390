// `LVSDOCTOR_CORPUS=FOLDER node test/precision/sample.mjs [COUNT]` prints findings of severity error and warning, chosen at
// random from what the built program says of each real file of keepalived's own samples and of projects, for a person to read against the
// file. The seed is fixed, so that two people read the same ones; LVSDOCTOR_SEED chooses others. With --count it prints how
// many findings each rule has.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const corpus = process.env.LVSDOCTOR_CORPUS;
if (!corpus) {
  console.error('LVSDOCTOR_CORPUS names the folder of the real files');
  process.exit(2);
}
const program = join(import.meta.dirname, '../../dist/lvsdoctor.mjs');
const CLASSES = new Set(['upstream', 'project']);
const { files } = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8'));

const findings = files
  .filter((file) => CLASSES.has(file.class))
  .flatMap(({ file }) => {
    const args = [program, 'lint', '--no-settings', '--format', 'json', '--exit-zero', file];
    const { stdout } = spawnSync(process.execPath, args, { cwd: corpus, maxBuffer: 2 ** 28 });
    const { findings: said } = JSON.parse(stdout.toString());
    return said.filter(({ severity }) => severity !== 'info').map((finding) => ({ file, ...finding }));
  });

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomFrom(Number(process.env.LVSDOCTOR_SEED ?? 20_227));
const drawn = findings
  .map((finding) => ({ finding, at: random() }))
  .sort((one, other) => one.at - other.at)
  .map(({ finding }) => finding);

if (process.argv.includes('--count')) {
  const counts = new Map();
  for (const { rule, severity } of findings)
    counts.set(`${severity} ${rule}`, (counts.get(`${severity} ${rule}`) ?? 0) + 1);
  for (const [name, count] of [...counts].sort((one, other) => other[1] - one[1]))
    console.log(String(count).padStart(5), name);
} else
  for (const [index, { file, rule, severity, message, place }] of drawn
    .slice(0, Number(process.argv[2] ?? 100))
    .entries())
    console.log(
      `${index + 1} ${basename(file)}:${place.line}:${place.column} ${severity} ${rule}\n    ${message}`,
    );
console.log(`${findings.length} findings`);
