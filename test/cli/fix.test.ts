import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';

const program = useProgram();

const director = (priority: number, password = 'abcdefghijk') => `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority ${priority}   # größer
    authentication {
        auth_type PASS
        auth_pass ${password}
    }
    virtual_ipaddress {
        192.0.2.100/24
    }
}
`;
const FIXED = director(255, 'abcdefgh');
const LINT = 'lvsdoctor lint --format short';

test('--fix repairs what is safe, says so in a line, and reports what is left', () => {
  const folder = program.folderWith({ 'lb1.conf': director(255) });
  const { out, err, status } = program.run(`${LINT} --fix lb1.conf`, folder);
  expect(err).toBe('lvsdoctor: fixed 1 finding in 1 file: lb1.conf; --unsafe fixes 1 more\n');
  expect(out).toMatch(/^lb1\.conf:5:14: warning: VI_1 has priority 255[^\n]*\n$/);
  expect(status).toBe(1);
  expect(readFileSync(join(folder, 'lb1.conf'), 'utf8')).toBe(FIXED);
});

test('--unsafe repairs the rest, and a second time there is nothing to do', () => {
  const folder = program.folderWith({ 'lb1.conf': director(255), 'lb2.conf': director(100) });
  const first = program.run(`${LINT} --fix --unsafe lb1.conf lb2.conf`, folder);
  expect(first.err).toMatch(/^lvsdoctor: fixed \d findings in 2 files: lb1\.conf, lb2\.conf\n$/);
  expect(first).toMatchObject({ out: '', status: 0 });
  const [one, other] = ['lb1.conf', 'lb2.conf'].map((name) => readFileSync(join(folder, name), 'utf8'));
  expect([one, other]).toEqual([director(254, 'abcdefgh'), director(100, 'abcdefgh')]);
  const before = statSync(join(folder, 'lb1.conf'));
  const second = program.run(`${LINT} --fix --unsafe lb1.conf lb2.conf`, folder);
  expect(second).toEqual({ out: '', err: 'lvsdoctor: nothing to fix\n', status: 0 });
  expect(statSync(join(folder, 'lb1.conf'))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

describe('--diff', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['an ordinary text', director(255)],
    ['without a last line end', director(255).trimEnd()],
    ['with carriage returns', director(255).replaceAll('\n', '\r\n')],
    ['with carriage returns and no last line end', director(255).replaceAll('\n', '\r\n').trimEnd()],
    ['with a byte-order mark', `\ufeff! größer\n${director(255)}`],
    ['with more changes than one looks at', many(1700)],
    ['with as many and no last line end', many(1700).trimEnd()],
    ['far apart', `${director(255)}${'# line\n'.repeat(50)}${director(254).replaceAll('VI_1', 'VI_2')}`],
  ];
  function many(count: number): string {
    const lines = Array.from({ length: count }, (_, at) => `        \u00a0admin${at}@example.org\n`);
    return `${director(255)}global_defs {\n    notification_email {\n${lines.join('')}    }\n}\n`;
  }
  const hasPatch = spawnSync('patch', ['--version']).status === 0;

  test.runIf(hasPatch).each(texts)('of %s gives patch what --fix writes', (_, text) => {
    const names = ['lb1.conf', 'two words.conf', 'grüße/lb3.conf', "it's.conf"];
    const files = Object.fromEntries(names.map((name) => [name, text]));
    const [patched, fixed] = [program.folderWith(files), program.folderWith(files)];
    const paths = names.map((name) => `"${name}"`).join(' ');
    const { status } = program.run(`lvsdoctor lint --diff --unsafe ${paths} > /dev/null`, patched);
    expect(status).toBe(1);
    for (const name of names) expect(readFileSync(join(patched, name), 'utf8')).toBe(text);
    const patch = `lvsdoctor lint --diff --unsafe ${paths} | patch -p0 --no-backup-if-mismatch`;
    expect(program.run(patch, patched)).toMatchObject({ status: 0 });
    program.run(`${LINT} --fix --unsafe ${paths}`, fixed);
    for (const name of names) {
      expect(readFileSync(join(fixed, name), 'utf8')).not.toBe(text);
      expect(readFileSync(join(patched, name))).toEqual(readFileSync(join(fixed, name)));
    }
  });

  test('has standard output to itself, and the exit code of the files as they are', () => {
    const folder = program.folderWith({ 'lb1.conf': director(100) });
    const { out, err, status } = program.run('lvsdoctor lint --diff --format json=r.json lb1.conf', folder);
    expect(out).toMatch(/^--- lb1\.conf\n\+\+\+ lb1\.conf\n@@ /);
    expect(err).toBe('lvsdoctor: this patch fixes 1 finding in 1 file: lb1.conf\n');
    expect(status).toBe(1);
    expect(readFileSync(join(folder, 'lb1.conf'), 'utf8')).toBe(director(100));
    expect(JSON.parse(readFileSync(join(folder, 'r.json'), 'utf8')).summary.warnings).toBe(1);
  });
});

describe('a file that is repaired', () => {
  test('keeps its mode and owner, and nothing is left beside it', () => {
    const folder = program.folderWith({ 'lb1.conf': director(100) });
    const path = join(folder, 'lb1.conf');
    chmodSync(path, 0o640);
    if (process.getuid?.() === 0) chownSync(path, 65_534, 65_534);
    const { mode, uid, gid } = statSync(path);
    expect(program.run(`${LINT} --fix lb1.conf`, folder).status).toBe(0);
    expect(statSync(path)).toMatchObject({ mode, uid, gid });
    expect(readdirSync(folder)).toEqual(['lb1.conf']);
  });

  test('is the one behind a link, and the link stays', () => {
    const folder = program.folderWith({ 'real/keepalived.conf': director(255) });
    symlinkSync('real/keepalived.conf', join(folder, 'lb1.conf'));
    program.run(`${LINT} --fix lb1.conf`, folder);
    expect(lstatSync(join(folder, 'lb1.conf')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real/keepalived.conf'), 'utf8')).toBe(FIXED);
  });

  test('stays one file under two names', () => {
    const folder = program.folderWith({ 'lb1.conf': director(255) });
    linkSync(join(folder, 'lb1.conf'), join(folder, 'other'));
    program.run(`${LINT} --fix lb1.conf`, folder);
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe(FIXED);
  });

  test('may be included by several hosts', () => {
    const head = 'global_defs {\n    router_id x\n}\ninclude common.conf\n';
    const files = { 'a/lb1.conf': head, 'a/lb2.conf': head, 'a/common.conf': director(100) };
    const folder = program.folderWith(files);
    const { err } = program.run(`${LINT} --fix a/lb1.conf a/lb2.conf`, folder);
    expect(err).toMatch(/^lvsdoctor: fixed 1 finding in 1 file: a\/common\.conf\n$/);
    expect(readFileSync(join(folder, 'a/common.conf'), 'utf8')).toBe(director(100, 'abcdefgh'));
  });

  test('is text: what is not UTF-8 stays as it is', () => {
    const bytes = Buffer.from(director(100), 'latin1');
    const folder = program.folderWith({ 'lb1.conf': bytes });
    expect(program.run(`${LINT} --fix lb1.conf`, folder).err).toContain('nothing to fix');
    expect(readFileSync(join(folder, 'lb1.conf'))).toEqual(bytes);
  });
});

/** Root may write everything, so a test that runs as root runs the program as somebody else. */
const SOMEBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

test('where one file may not be written, none is, and the exit code says so', () => {
  const folder = program.folderWith({ 'lb1.conf': director(100), 'lb2.conf': director(90) });
  chmodSync(dirname(folder), 0o755);
  chmodSync(folder, 0o777);
  chmodSync(join(folder, 'lb1.conf'), 0o666);
  chmodSync(join(folder, 'lb2.conf'), 0o444);
  const { err, status } = program.run(`${LINT} --fix lb1.conf lb2.conf`, folder, {}, SOMEBODY);
  expect(err).toBe('lvsdoctor: lb2.conf: this user may not write it\nlvsdoctor: no file was changed\n');
  expect(status).toBe(3);
  expect(readFileSync(join(folder, 'lb1.conf'), 'utf8')).toBe(director(100));
  expect(readdirSync(folder).sort()).toEqual(['lb1.conf', 'lb2.conf']);
});

test('where nothing may be put beside it, a file is written in place', () => {
  const folder = program.folderWith({ 'lb1.conf': director(255) });
  chmodSync(dirname(folder), 0o755);
  chmodSync(folder, 0o555);
  chmodSync(join(folder, 'lb1.conf'), 0o666);
  expect(program.run(`${LINT} --fix lb1.conf`, folder, {}, SOMEBODY).err).toContain('fixed 1 finding');
  expect(readFileSync(join(folder, 'lb1.conf'), 'utf8')).toBe(FIXED);
  chmodSync(folder, 0o755);
});

/** With mounts that only the program itself sees. */
const APART = 'unshare --user --map-root-user --mount';

test.skipIf(spawnSync(`${APART} true`, { shell: true }).status !== 0)(
  'a file that is mounted by itself is written in place, and nothing is left beside it',
  () => {
    const folder = program.folderWith({ 'lb1.conf': '', 'volume/lb1.conf': director(255) });
    const command = `mount --bind volume/lb1.conf lb1.conf && ${LINT} --fix lb1.conf`;
    expect(program.run(`${APART} sh -c '${command}'`, folder).err).toContain('fixed 1 finding');
    expect(readFileSync(join(folder, 'volume/lb1.conf'), 'utf8')).toBe(FIXED);
    expect(readdirSync(folder).sort()).toEqual(['lb1.conf', 'volume']);
  },
);

test.each([
  ['--fix --diff lb1.conf', '--fix writes and --diff does not: take one of them'],
  ['--unsafe lb1.conf', '--unsafe says more of --fix or --diff: add one of them'],
  ['--fix - < lb1.conf', 'standard input cannot be repaired: name the file'],
  [
    '--diff --format json lb1.conf',
    '--diff has standard output for itself: --format json=FILE writes a report',
  ],
])('lint %s is wrong use', (words, message) => {
  const folder = program.folderWith({ 'lb1.conf': director(255) });
  const { out, err, status } = program.run(`lvsdoctor lint ${words}`, folder);
  expect(err).toContain(message);
  expect({ out, status }).toEqual({ out: '', status: 2 });
  expect(readFileSync(join(folder, 'lb1.conf'), 'utf8')).toBe(director(255));
});
