import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';

const program = useProgram();

const director = (id: number, priority: number) => `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id ${id}
    priority ${priority}
    virtual_ipaddress {
        192.0.2.100/24
    }
}
`;
/** Two directors with one mistake between them: whatever else is bad, these two are judged. */
const PAIR = { 'lb1.conf': director(51, 150), 'lb2.conf': director(52, 100) };
const STILL_JUDGED = 'vrrp-pair/vrid-mismatch';

/** Lints the pair together with what is bad. */
function lintWith(
  bad: Readonly<Record<string, string | Uint8Array>>,
  paths: string,
  prepare?: (folder: string) => void,
) {
  const folder = program.folderWith({ ...PAIR, ...bad });
  prepare?.(folder);
  const run = program.run(`lvsdoctor lint --format text lb1.conf lb2.conf ${paths}`, folder);
  expect(run.err).not.toMatch(/mistake of lvsdoctor|at .*:\d+:\d+\)/);
  expect(run.out).toContain(STILL_JUDGED);
  return run;
}

test('a missing file is named, and the exit code says that something could not be judged', () => {
  const { out, status } = lintWith({}, 'lb9.conf');
  expect(out).toContain('lb9.conf: no such file or folder');
  expect(status).toBe(3);
});

test('a folder is looked through', () => {
  const { out, status } = lintWith(
    { 'rs1/sysctl.d/90-lvs.conf': 'net.ipv4.conf.all.arp_ignore = 1\n' },
    'rs1',
  );
  expect(out).toMatch(/3 files? of 3 hosts/);
  expect(status).toBe(1);
});

test('a folder without anything to judge is said to be so when it is all there is', () => {
  const folder = program.folderWith({ 'docs/notes.md': 'x' });
  const { err, status } = program.run('lvsdoctor lint --format short docs', folder);
  expect(err).toBe(
    'lvsdoctor: docs: there is no keepalived.conf, ipvsadm, sysctl or set-up script in it: name the files, and their format with --as\n',
  );
  expect(status).toBe(3);
});

test('an empty file is named', () => {
  const { out, status } = lintWith({ 'lb3/keepalived.conf': '' }, 'lb3/keepalived.conf');
  expect(out).toMatch(/lb3\/keepalived\.conf \(lb3\): it is empty: keepalived starts/);
  expect(status).toBe(3);
});

test('binary bytes are no text, under any name', () => {
  const bytes = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7) % 256);
  const { out, status } = lintWith({ 'lb3/keepalived.conf': bytes, core: bytes }, 'lb3/keepalived.conf core');
  expect(out).toContain('lb3/keepalived.conf (lb3): it is not a text file');
  expect(out).toContain('core: it is not a text file');
  expect(status).toBe(3);
});

test('bytes that are not UTF-8 are a finding with a place', () => {
  const bytes = Buffer.concat([
    Buffer.from('vrrp_instance VI_'),
    Buffer.from([0xff]),
    Buffer.from(director(60, 1).slice(18)),
  ]);
  const { out } = lintWith({ 'lb3.conf': bytes }, 'lb3.conf');
  expect(out).toMatch(/lb3\.conf:1:\d+/);
});

test('CRLF line ends change nothing', () => {
  const plain = program.run('lvsdoctor lint --format short lb1.conf lb2.conf', program.folderWith(PAIR));
  const crlf = Object.entries(PAIR).map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]);
  expect(
    program.run(
      'lvsdoctor lint --format short lb1.conf lb2.conf',
      program.folderWith(Object.fromEntries(crlf)),
    ),
  ).toEqual(plain);
});

test('a byte-order mark is a finding with a place', () => {
  const { out } = lintWith({ 'lb3.conf': `\ufeff${director(60, 100)}` }, 'lb3.conf');
  expect(out).toContain('lb3.conf:1:1');
  expect(out).toContain('U+FEFF');
});

test('a line of 200 KB is read and printed in part', () => {
  const { out, status } = lintWith(
    { 'lb3.conf': `${director(60, 100)}${'nonsense '.repeat(25_000)}\n` },
    'lb3.conf',
  );
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThan(200);
  expect(status).toBe(1);
});

test.each(['{', '{\n', 'a {\n'])('10,000 nested braces %j end in a finding', (brace) => {
  const { out, status } = lintWith({ 'lb3.conf': `${director(60, 100)}${brace.repeat(10_000)}` }, 'lb3.conf');
  expect(out).toContain('lb3.conf:');
  expect(status).toBe(1);
});

test('an include loop is told, and what stands around it is judged', () => {
  const { out } = lintWith(
    {
      'lb3/keepalived.conf': `include more.conf\n${director(60, 100)}`,
      'lb3/more.conf': 'include keepalived.conf\n',
    },
    'lb3',
  );
  expect(out).toContain('circle');
  expect(out).toMatch(/lb3\/more\.conf:1:\d+/);
});

/** Root may read everything, so as root the program is run as the user `nobody`. */
const SOMEBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
const mayRunNode = spawnSync(process.execPath, ['-e', '0'], { ...SOMEBODY, cwd: '/' }).status === 0;

test.skipIf(!mayRunNode)('an unreadable file is named', () => {
  const folder = program.folderWith({ ...PAIR, 'lb3.conf': director(60, 100) });
  cpSync(program.home, folder, { recursive: true });
  chmodSync(dirname(folder), 0o755);
  chmodSync(join(folder, 'lb3.conf'), 0);
  const command = `"${process.execPath}" lvsdoctor.mjs lint lb1.conf lb2.conf lb3.conf`;
  const { out, status } = program.run(command, folder, {}, SOMEBODY);
  expect(out).toContain(STILL_JUDGED);
  expect(out).toContain('lb3.conf: this user may not read it');
  expect(status).toBe(3);
});

test('links that lead round, pipes and devices are named and left alone', () => {
  const { out, status } = lintWith({}, 'round.conf pipe.conf /dev/zero', (folder) => {
    symlinkSync('round.conf', join(folder, 'round.conf'));
    program.run('mkfifo pipe.conf', folder);
  });
  expect(out).toContain('round.conf: its links lead round in a circle');
  expect(out).toContain('pipe.conf: it is a pipe, not a file');
  expect(out).toContain('/dev/zero: it is a device, not a file');
  expect(status).toBe(3);
});

test('a folder that holds itself is looked through once', () => {
  const { out, status } = lintWith({ 'lb3/keepalived.conf': director(60, 100) }, 'lb3', (folder) => {
    mkdirSync(join(folder, 'lb3/deep'));
    symlinkSync('..', join(folder, 'lb3/deep/up'));
  });
  expect(out).toMatch(/3 files? of 3 hosts/);
  expect(status).toBe(1);
});

test('a file whose format nobody can tell is named, with the remedy', () => {
  const { out, status } = lintWith({ 'notes.txt': 'hello\n' }, 'notes.txt');
  expect(out.replace(/\s+/g, ' ')).toContain(
    'notes.txt: its format is not clear: say it with --as keepalived.conf|',
  );
  expect(status).toBe(3);
});
