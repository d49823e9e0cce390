// Prints what a look at 500 hosts by ssh takes of time and memory: hosts in one process, the program (of dist, or the one
// that is named) in another.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

const HOSTS = 500;
const SECONDS = 10;
const MEGABYTES = 300;
const ROOT = resolve(import.meta.dirname, '../..');
const PROGRAM = resolve(process.argv[2] ?? join(ROOT, 'dist/lvsdoctor.mjs'));
/** Below dist, so that packages are found. */
const folder = join(ROOT, 'dist', `fleet-${process.pid}`);
/** Says at the end how much memory and processor time it had: on a busy machine the clock tells less. */
const PEAK =
  'data:text/javascript,process.on("exit",()=>{const{maxRSS:m,userCPUTime:u,systemCPUTime:s}=process.resourceUsage();process.stderr.write(`peak ${m} ${u+s}`)})';

function measure(title, home, ...args) {
  const start = process.hrtime.bigint();
  const { stderr, status } = spawnSync(process.execPath, ['--import', PEAK, PROGRAM, ...args], {
    cwd: home,
    env: { HOME: home, USER: 'operator' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const [, kilobytes, microseconds] = /peak (\d+) (\d+)$/.exec(stderr) ?? [];
  const megabytes = Number(kilobytes) / 1024;
  const verdict = seconds <= SECONDS && megabytes <= MEGABYTES ? 'within' : 'above';
  console.log(
    `${title}: ${seconds.toFixed(1)} s (processor ${(Number(microseconds) / 1e6).toFixed(1)} s), ${megabytes.toFixed(0)} MB, ${verdict} ${SECONDS} s and ${MEGABYTES} MB (exit code ${status})`,
  );
}

try {
  mkdirSync(folder, { recursive: true });
  const hosts = join(folder, 'hosts.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'fleet-hosts.ts')],
    outfile: hosts,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const serving = spawn(process.execPath, [hosts, String(HOSTS)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [home] = await once(createInterface(serving.stdout), 'line');
  measure(`collect of ${HOSTS} hosts`, home, 'collect', '--inventory', 'all.json', '-o', 'look');
  measure(`diagnose of ${HOSTS} hosts`, home, 'diagnose', '--inventory', 'all.json', '--format', 'short');
  serving.stdin.end();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
