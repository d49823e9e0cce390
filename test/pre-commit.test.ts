import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/* The real pre-commit in a real repository, offline: the program is the packed one, installed before. */

const isThere = spawnSync('pre-commit', ['--version']).error === undefined;
const isWanted = isThere || /^(?:1|true)$/.test(process.env['CI'] ?? '');
if (!isWanted) console.log('pre-commit: not tried, install pre-commit to do so');

const root = mkdtempSync(join(tmpdir(), 'lvsdoctor-pre-commit-'));
const hooks = join(root, 'hooks');
const repository = join(root, 'cluster');
const env = {
  PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`,
  HOME: root,
  PRE_COMMIT_HOME: join(root, 'cache'),
  npm_config_cache: join(root, 'npm'),
  npm_config_offline: 'true',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'someone',
  GIT_AUTHOR_EMAIL: 'someone@example.com',
  GIT_COMMITTER_NAME: 'someone',
  GIT_COMMITTER_EMAIL: 'someone@example.com',
  NO_COLOR: '1',
};

function run(program: string, args: readonly string[], cwd: string) {
  const { stdout, stderr, status } = spawnSync(program, args, { cwd, env, encoding: 'utf8' });
  return { said: stdout + stderr, status };
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Changes one file of the cluster, stages it, and tries to commit. */
function commit(path: string, edit: (text: string) => string) {
  const file = join(repository, path);
  writeFileSync(file, edit(readFileSync(file, 'utf8')));
  git(repository, 'add', '-A');
  return run('git', ['commit', '-q', '-m', 'change'], repository);
}

/** The sound cluster, with this in its .pre-commit-config.yaml. */
function configure(config: string): void {
  git(repository, 'reset', '-q', '--hard', 'sound');
  writeFileSync(join(repository, '.pre-commit-config.yaml'), config);
  git(repository, 'add', '-A');
  git(repository, 'commit', '-q', '--no-verify', '-m', 'gate');
  const { said, status } = run('pre-commit', ['install', '--install-hooks'], repository);
  expect(status, said).toBe(0);
}

let tarball = '';
beforeAll(() => {
  if (!isWanted) return;
  const npm = (...args: readonly string[]) =>
    execFileSync('npm', [...args, '--silent', '--no-audit', '--no-fund'], {
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
  tarball = join(root, npm('pack', '--ignore-scripts', '--pack-destination', root).trim());
  npm('install', '--prefix', root, tarball);
  mkdirSync(hooks);
  copyFileSync('.pre-commit-hooks.yaml', join(hooks, '.pre-commit-hooks.yaml'));
  git(hooks, 'init', '-q');
  git(hooks, 'add', '-A');
  git(hooks, 'commit', '-q', '-m', 'hooks');
  cpSync('docs/examples/sound-dr', repository, { recursive: true });
  git(repository, 'init', '-q');
  git(repository, 'add', '-A');
  git(repository, 'commit', '-q', '-m', 'cluster');
  git(repository, 'tag', 'sound');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const MASTER = 'lb1/keepalived.conf';
const BACKUP = 'lb2/keepalived.conf';
const otherRouter = (text: string) => text.replace(/virtual_router_id \d+/, 'virtual_router_id 77');

const WAYS = {
  // The hooks of this repository; `language: system` because the program is installed already.
  'the hook of this project': () => `repos:
  - repo: file://${hooks}
    rev: ${git(hooks, 'rev-parse', 'HEAD').trim()}
    hooks: [{ id: lvsdoctor, language: system }]
`,
  'a local hook that pre-commit installs from the package': () => `repos:
  - repo: local
    hooks:
      - id: lvsdoctor
        name: lvsdoctor
        language: node
        additional_dependencies: ['${tarball}']
        entry: lvsdoctor lint --staged
        pass_filenames: false
        always_run: true
`,
};

describe.skipIf(!isWanted).each(Object.entries(WAYS))('%s', (_, config) => {
  test('blocks a commit that breaks the pair, at the line of the node that was not touched too', () => {
    configure(config());
    const { said, status } = commit(MASTER, otherRouter);
    expect(status, said).toBe(1);
    expect(said).toContain('vrrp-pair/vrid-mismatch');
    expect(said).toContain(`${BACKUP}:`);
  });

  test('passes a sound one, and one that has nothing to do with the cluster', () => {
    configure(config());
    writeFileSync(join(repository, BACKUP), otherRouter(readFileSync(join(repository, BACKUP), 'utf8')));
    const pair = commit(MASTER, otherRouter);
    expect(pair.status, pair.said).toBe(0);
    writeFileSync(join(repository, 'notes.md'), '');
    const notes = commit('notes.md', () => 'nothing to judge\n');
    expect(notes.status, notes.said).toBe(0);
  });

  test('judges what is staged, not what lies beside it', () => {
    configure(config());
    const path = join(repository, MASTER);
    writeFileSync(path, otherRouter(readFileSync(path, 'utf8')));
    writeFileSync(join(repository, 'notes.md'), 'more\n');
    git(repository, 'add', 'notes.md');
    const { said, status } = run('git', ['commit', '-q', '-m', 'notes'], repository);
    expect(status, said).toBe(0);
  });
});
