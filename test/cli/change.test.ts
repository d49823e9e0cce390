import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';

const program = useProgram();

const director = (
  priority: number,
  { id = 51, vip = '192.0.2.10/24', more = '' } = {},
) => `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id ${id}
    priority ${priority}
    virtual_ipaddress {
        ${vip}
    }
${more}}
`;
/** An old mistake on each. */
const OLD = '    foo 1\n';
const PAIR = {
  'lb1/keepalived.conf': director(150, { more: OLD }),
  'lb2/keepalived.conf': director(100, { more: OLD }),
};

/** git as nobody has set it up. */
const ENV = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

function repository(files: Readonly<Record<string, string>> = PAIR, prefix = '') {
  const folder = program.folderWith(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [prefix + name, text])),
  );
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: folder, env: ENV, encoding: 'utf8' });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  const lint = (words: string, below = '.') =>
    program.run(`cd '${below}' && lvsdoctor lint --format short ${words}`, folder);
  return { folder, git, write, lint };
}

const linesOf = (out: string) => out.split('\n').filter((line) => line !== '');
describe.each([
  ['--staged', true],
  ['--changed-since HEAD', false],
] as const)('%s', (option, isStaged) => {
  const stage = (git: (...args: readonly string[]) => string) => (isStaged ? git('add', '-A') : '');

  test('of a change that brings nothing, nothing old is reported', () => {
    const { git, write, lint } = repository();
    expect(lint('').status).toBe(1);
    expect(lint(option)).toMatchObject({ out: '', status: 0 });
    write('lb1/keepalived.conf', `# a word\n\n${director(160, { more: OLD })}`);
    stage(git);
    const { out, err, status } = lint(option);
    expect(out).toBe('');
    expect(err).toMatch(/^lvsdoctor: \d+ findings from before the change are not shown\n$/);
    expect(status).toBe(0);
  });

  test('a master that no longer fits its backup is reported at the line of the backup', () => {
    const { git, write, lint } = repository();
    write('lb1/keepalived.conf', director(150, { id: 52, more: OLD }));
    stage(git);
    const { out, status } = lint(option);
    expect(linesOf(out)).toEqual([
      expect.stringMatching(/^lb2\/keepalived\.conf:4:23: error: .* \[vrrp-pair\/vrid-mismatch\]$/),
    ]);
    expect(status).toBe(1);
  });

  test('an old finding is reported where the change touches it', () => {
    const { git, write, lint } = repository();
    write('lb2/keepalived.conf', director(100, { more: '    foo    1   # known\n' }));
    stage(git);
    expect(linesOf(lint(option).out)).toEqual([expect.stringMatching(/unknown-keyword/)]);
  });

  test('a file that goes, comes or is renamed', () => {
    const { folder, git, write, lint } = repository();
    write('lb3/keepalived.conf', director(100, { id: 77, vip: '192.0.2.99/24', more: '    bar 1\n' }));
    stage(git);
    expect(linesOf(lint(option).out)).toContainEqual(expect.stringMatching(/^lb3\/.*unknown-keyword/));
    rmSync(join(folder, 'lb3'), { recursive: true });
    stage(git);
    expect(lint(option).out).toBe('');
    mkdirSync(join(folder, 'lb1/etc/keepalived'), { recursive: true });
    renameSync(join(folder, 'lb1/keepalived.conf'), join(folder, 'lb1/etc/keepalived/keepalived.conf'));
    git('add', '-A');
    expect(lint(option)).toMatchObject({ out: '', status: 0 });
    rmSync(join(folder, 'lb1'), { recursive: true });
    stage(git);
    expect(lint(option).status).toBe(0);
  });

  test('files with odd names, from a folder below', () => {
    const name = 'odd "näme"\t[1]/keepalived.conf';
    const { git, write, lint } = repository({ [name]: director(150, { more: OLD }) }, 'deep/');
    write(`deep/${name}`, director(255, { more: OLD }));
    stage(git);
    expect(linesOf(lint(option, 'deep').out)).toEqual([
      expect.stringMatching(/:5:14: .*implicit-address-owner/),
    ]);
  });

  test('a mistake in an included file, that a link leads to', () => {
    const include = { 'lb1/keepalived.conf': 'include parts/*.conf\n', 'shared/a.conf': director(150) };
    const { folder, git, write, lint } = repository({ ...include, 'lb1/parts/b.conf': 'vrrp_version 2\n' });
    rmSync(join(folder, 'lb1/parts/b.conf'));
    symlinkSync('../../shared/a.conf', join(folder, 'lb1/parts/a.conf'));
    git('add', '-A');
    git('commit', '-q', '-m', 'second');
    write('shared/a.conf', director(255));
    stage(git);
    expect(linesOf(lint(`${option} lb1`).out)).toEqual([expect.stringMatching(/implicit-address-owner/)]);
  });
});

test('--staged judges what is staged, not what stands in the working tree', () => {
  const { folder, git, write, lint } = repository();
  write('lb1/keepalived.conf', director(255, { more: OLD }));
  expect(lint('--staged').out).toBe('');
  git('add', '-A');
  write('lb1/keepalived.conf', director(150, { more: OLD }));
  write('lb9/keepalived.conf', director(255, { id: 9, vip: '192.0.2.9/24' }));
  expect(linesOf(lint('--staged').out)).toEqual([
    expect.stringMatching(/^lb1\/keepalived\.conf:5:14: .*implicit-address-owner/),
  ]);
  rmSync(join(folder, 'lb1/keepalived.conf'));
  expect(linesOf(lint('--staged').out).length).toBe(1);
  const shown = program.run('lvsdoctor lint --staged', folder).out;
  expect(shown).toContain('priority 255');
});

test('the first commit is all new', () => {
  const folder = program.folderWith(PAIR);
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: folder, env: ENV });
  git('init', '-q');
  git('add', '-A');
  expect(linesOf(program.run('lvsdoctor lint --staged --format short', folder).out).length).toBeGreaterThan(
    0,
  );
});

test('--changed-since sees commits, what is not committed and new files, from where the branches part', () => {
  const { git, write, lint } = repository();
  git('checkout', '-q', '-b', 'topic');
  write('lb1/keepalived.conf', director(150, { id: 52, more: OLD }));
  git('commit', '-q', '-a', '-m', 'break the pair');
  git('checkout', '-q', 'main');
  write('lb2/keepalived.conf', director(100));
  git('commit', '-q', '-a', '-m', 'mend lb2');
  git('checkout', '-q', 'topic');
  write('lb3/keepalived.conf', director(255, { id: 9, vip: '192.0.2.9/24' }));
  const rules = linesOf(lint('--changed-since main').out).map((line) => /\[(.*)\]$/.exec(line)?.[1]);
  expect(rules.sort()).toEqual(['vrrp-pair/vrid-mismatch', 'vrrp/implicit-address-owner']);
});

test('in a hook, what git is about to commit is judged', () => {
  const { folder, git, write } = repository();
  const hook = join(folder, '.git/hooks/pre-commit');
  writeFileSync(hook, `#!/bin/sh\nexec "${program.home}/lvsdoctor" lint --staged --format short\n`, {
    mode: 0o755,
  });
  const commit = (...args: readonly string[]) => {
    try {
      git('commit', '-q', '-m', 'more', ...args);
      return true;
    } catch {
      return false;
    }
  };
  write('lb1/keepalived.conf', director(140, { more: OLD }));
  expect(commit('-a')).toBe(true);
  write('lb1/keepalived.conf', director(140, { id: 52, more: OLD }));
  expect(commit('-a')).toBe(false);
  write('lb2/keepalived.conf', director(90, { more: OLD }));
  // Only lb2 is about to be committed, with an index of its own.
  expect(commit('lb2/keepalived.conf')).toBe(true);
  expect(commit('lb1/keepalived.conf')).toBe(false);
});

test('worktrees and submodules', () => {
  const { folder, git, write } = repository();
  const inner = repository({ 'lb5/keepalived.conf': director(255, { id: 5, vip: '192.0.2.5/24' }) });
  git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.folder, 'module');
  git('commit', '-q', '-m', 'a module');
  write('lb1/keepalived.conf', director(140, { more: OLD }));
  git('add', '-A');
  expect(program.run('lvsdoctor lint --staged --format short', folder)).toMatchObject({ out: '', status: 0 });
  const tree = `${folder}-tree`;
  git('worktree', 'add', '-q', tree, '-b', 'other');
  writeFileSync(join(tree, 'lb1/keepalived.conf'), director(140, { id: 52, more: OLD }));
  const { out } = program.run(
    `cd '${tree}' && lvsdoctor lint --changed-since main --format short lb1 lb2`,
    folder,
  );
  expect(linesOf(out)).toEqual([expect.stringMatching(/vrid-mismatch/)]);
});

test.each([
  ['--changed-since nowhere', /^lvsdoctor: git knows no commit nowhere: a shallow clone may lack it\n$/],
  ['--changed-since=--all', /git knows no commit --all/],
  ['--staged --changed-since HEAD', /name two changes/],
  ['--staged --fix', /--staged only reports/],
  ['--changed-since HEAD --write-baseline x', /--changed-since only reports/],
])('%s is refused', (words, message) => {
  const { lint } = repository();
  const { out, err, status } = lint(words);
  expect(err).toMatch(message);
  expect([out, status]).toEqual(['', 2]);
});

test('outside of a repository, in a bare one and without git, the words are plain', () => {
  const plain = program.folderWith(PAIR);
  const env = 'GIT_CEILING_DIRECTORIES=/';
  const says = (command: string, folder = plain) => {
    const { err, status } = program.run(command, folder);
    expect(status).toBe(2);
    return err;
  };
  expect(says(`${env} lvsdoctor lint --staged`)).toBe('lvsdoctor: this folder is not in a git repository\n');
  const bare = program.folderWith({});
  execFileSync('git', ['init', '-q', '--bare'], { cwd: bare, env: ENV });
  expect(says('lvsdoctor lint --staged', bare)).toBe(
    'lvsdoctor: this repository is bare: it has no files to judge\n',
  );
  expect(says(`PATH=/nowhere "${program.home}/lvsdoctor" lint --staged`)).toBe(
    'lvsdoctor: git is not installed here\n',
  );
});
