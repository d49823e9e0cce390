import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { collectFiles, type FileRequest } from '../../src/collect/collection.ts';
import { type Disk, localDisk } from '../../src/collect/files.ts';
import { diskOf, ROOT } from '../support/disk.ts';

const INSTANCE = 'vrrp_instance VI_1 {\n}\n';
const root = mkdtempSync(join(tmpdir(), 'lvsdoctor-test-'));
afterAll(() => rmSync(root, { recursive: true }));

async function collect(disk: Disk, request: Partial<FileRequest> = {}) {
  const { evidence, missed } = await collectFiles(
    { paths: [], workingFolder: ROOT, declared: [], ...request },
    disk,
  );
  return {
    sources: evidence.sources.map(({ host, format, name }) => `${host} ${format} ${name}`),
    gaps: evidence.gaps.map(({ host, name, why }) => `${host || '-'} ${name}: ${why}`),
    missed: missed.map(({ name }) => name),
  };
}

test('a folder gives what is ours, by name or by content, and nothing else', async () => {
  const found = await collect(
    diskOf({
      'lb1/keepalived.conf': INSTANCE,
      'lb1/keepalived.conf.bak': INSTANCE,
      'lb1/notes.md': INSTANCE,
      'lb1/dnsmasq.conf': 'interface=eth0\n',
      'lb1/table.save': '-A -t 192.0.2.1:80 -s rr\n',
      'lb1/.git/keepalived.conf': INSTANCE,
      'rs1/bind-vip': '#!/bin/sh\nip addr add 192.0.2.1/32 dev lo\n',
      'rs1/deploy.sh': '#!/bin/sh\necho done\n',
      'rs1/sysctl.d/10-empty.conf': '',
    }),
  );
  expect(found).toEqual({
    sources: [
      'lb1 keepalived.conf lb1/keepalived.conf',
      'lb1 ipvsadm-save lb1/table.save',
      'rs1 script rs1/bind-vip',
      'rs1 sysctl rs1/sysctl.d/10-empty.conf',
    ],
    gaps: [],
    missed: [],
  });
});

test('a template is read where it can be followed; of another in a folder it is said, and the run may still be green', async () => {
  const { sources, gaps, missed } = await collect(
    diskOf({
      'lb1/keepalived.conf.j2': 'vrrp_version {{ x }}\n',
      'lb1/set-up.sh.j2': 'ipvsadm -C\nVIP={{ x }}\n',
    }),
  );
  expect(sources).toEqual(['lb1 keepalived.conf lb1/keepalived.conf.j2']);
  expect(gaps).toEqual([expect.stringMatching(/^lb1 lb1\/set-up\.sh\.j2: it is a template/)]);
  expect(missed).toEqual([]);
});

test('what may not be read is missed, whether it was named or found; the rest is read', async () => {
  const disk = diskOf({ 'lb1/keepalived.conf': INSTANCE, 'lb2/keepalived.conf': INSTANCE, 'rs1/rs.sh': 'x' });
  const guarded: Disk = {
    ...disk,
    read: (path, limit) =>
      path.includes('lb2') ? { trouble: 'denied', why: 'this user may not read it' } : disk.read(path, limit),
    list: (folder) =>
      folder.endsWith('rs1') ? { trouble: 'denied', why: 'this user may not read it' } : disk.list(folder),
  };
  expect(await collect(guarded)).toEqual({
    sources: ['lb1 keepalived.conf lb1/keepalived.conf'],
    gaps: ['- rs1: this user may not read it', 'lb2 lb2/keepalived.conf: this user may not read it'],
    missed: ['rs1', 'lb2/keepalived.conf'],
  });
});

test('the settings give hosts to files, one file to two hosts where it is both’s', async () => {
  const disk = diskOf({
    'a.conf': INSTANCE,
    'b.conf': INSTANCE,
    'common/99-lvs.conf': 'net.ipv4.ip_forward = 1\n',
  });
  const declared = [
    { host: 'left', folder: ROOT, patterns: ['a.conf', 'common/*.conf'] },
    { host: 'right', folder: ROOT, patterns: ['b.conf', 'common/99-lvs.conf', 'gone/*.conf'] },
  ];
  expect(await collect(disk, { declared })).toEqual({
    sources: [
      'left keepalived.conf a.conf',
      'left sysctl common/99-lvs.conf',
      'right keepalived.conf b.conf',
      'right sysctl common/99-lvs.conf',
    ],
    gaps: ['right gone/*.conf: no file matches'],
    missed: ['gone/*.conf'],
  });
  const named = await collect(disk, { declared, paths: ['common', 'b.conf'] });
  expect(named.sources).toEqual([
    'left sysctl common/99-lvs.conf',
    'right sysctl common/99-lvs.conf',
    'right keepalived.conf b.conf',
  ]);
});

test('a file given twice, by name and in its folder, is read once', async () => {
  const { sources } = await collect(diskOf({ 'lb1/keepalived.conf': INSTANCE }), {
    paths: ['lb1', 'lb1/keepalived.conf', './lb1/../lb1/keepalived.conf'],
  });
  expect(sources).toEqual(['lb1 keepalived.conf lb1/keepalived.conf']);
});

test('two main files of one folder are not taken for one host’s', async () => {
  const { sources } = await collect(diskOf({ 'lb1/keepalived.conf': INSTANCE, 'lb1/vrrp.conf': INSTANCE }));
  expect(sources).toEqual([
    'lb1 keepalived.conf lb1/keepalived.conf',
    'lb1/vrrp.conf keepalived.conf lb1/vrrp.conf',
  ]);
});

test('--as overrides name and content, for standard input too', async () => {
  const found = await collect(diskOf({ 'odd.txt': 'x = 1\n' }), {
    paths: ['odd.txt', '-'],
    as: 'sysctl',
    standardInput: new TextEncoder().encode('net.ipv4.ip_forward = 1\n'),
  });
  expect(found.sources).toEqual(['cluster sysctl odd.txt', 'stdin sysctl standard input']);
});

test('links: one to a sibling is the same file, one to /dev/null is an empty one, one to nothing is a gap', async () => {
  const folder = join(root, 'lb1/etc/sysctl.d');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(root, 'lb1/etc/sysctl.conf'), 'net.ipv4.ip_forward = 1\n');
  symlinkSync('../sysctl.conf', join(folder, '99-sysctl.conf'));
  symlinkSync('/dev/null', join(folder, '10-one.conf'));
  symlinkSync('/dev/null', join(folder, '11-two.conf'));
  symlinkSync('nowhere', join(folder, '12-gone.conf'));
  symlinkSync('../..', join(folder, 'round'));
  expect(await collect(localDisk, { workingFolder: root })).toEqual({
    sources: [
      'lb1 sysctl lb1/etc/sysctl.conf',
      'lb1 sysctl lb1/etc/sysctl.d/10-one.conf',
      'lb1 sysctl lb1/etc/sysctl.d/11-two.conf',
    ],
    gaps: ['lb1 lb1/etc/sysctl.d/12-gone.conf: the link points at nothing'],
    missed: [],
  });
});
