import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { HostLook, ProbeResult } from '../../src/collect/look.ts';
import { maskLook, newMask } from '../../src/collect/secret-mask.ts';
import { readSnapshot, SnapshotTrouble, writeSnapshot } from '../../src/collect/snapshot.ts';
import { secretsOf } from '../../src/evidence/secrets.ts';

const root = mkdtempSync(join(tmpdir(), 'lvsdoctor-snapshot-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => join(root, String(folders++));

function result(name: string, texts: ProbeResult['texts'], more: Partial<ProbeResult> = {}): ProbeResult {
  const about = { command: `run ${name}`, shown: name, format: 'sysctl', basis: 'observed' } as const;
  return { name, ...about, exit: '0', milliseconds: 12, texts, looked: [], ...more };
}

const LOOK: HostLook = {
  host: 'lb1',
  collectedAt: Date.UTC(2026, 10, 20, 3, 1, 2),
  clockOffset: -3,
  probes: [
    result('sysctl', [{ text: 'net.ipv4.ip_forward = 1\n' }]),
    result('table', [], { exit: 'root', gap: 'it needs root, or sudo without a password' }),
    result(
      'keepalived-conf',
      [
        { path: '/etc/keepalived/keepalived.conf', text: 'global_defs {\r\n}' },
        { path: '/etc/keepalived/x.conf', executable: true, text: '\ufeff' },
      ],
      { format: 'keepalived.conf', basis: 'written', looked: ['/etc/keepalived/*.conf'] },
    ),
  ],
};

test('what is read back is what was written', () => {
  const folder = newFolder();
  const dead: HostLook = {
    host: 'lb2',
    probes: [],
    failure: { kind: 'refused', why: 'nothing listens at lb2:22' },
  };
  writeSnapshot(folder, [LOOK, dead]);
  expect(readSnapshot(folder)).toEqual([LOOK, dead]);
  expect(readFileSync(join(folder, 'lb1/sysctl.txt'), 'utf8')).toBe('net.ipv4.ip_forward = 1\n');
  expect(readFileSync(join(folder, 'lb1/files/etc/keepalived/keepalived.conf'), 'utf8')).toBe(
    'global_defs {\r\n}',
  );
});

test('no name that a host gives leads out of its folder, and what was saved is read all the same', () => {
  const folder = newFolder();
  const paths = ['/../../../escaped', '/a/./..', '/con\nfig', '/.../x', '//b', '/a:b*?"<>|'];
  const look: HostLook = {
    host: '../../up',
    probes: [
      result(
        'files',
        paths.map((path) => ({ path, text: path })),
        { basis: 'written' },
      ),
    ],
  };
  writeSnapshot(folder, [look, { ...look, host: '..' }]);
  expect(readdirSync(root).filter((name) => /escaped|up/.test(name))).toEqual([]);
  expect(readdirSync(folder).length).toBe(2);
  expect(readSnapshot(folder).map(({ probes }) => probes[0]?.texts.map(({ text }) => text))).toEqual([
    paths,
    paths,
  ]);
});

describe('a snapshot that somebody changed', () => {
  test('names no file outside its folder', () => {
    const folder = newFolder();
    writeSnapshot(folder, [LOOK]);
    writeFileSync(join(folder, 'secret'), 'not ours');
    const path = join(folder, 'lb1/manifest.json');
    for (const file of ['../secret', '/etc/hostname', 'files/../../secret']) {
      writeFileSync(
        path,
        readFileSync(path, 'utf8').replace(/"file": "[^"]*"/, `"file": ${JSON.stringify(file)}`),
      );
      const [look] = readSnapshot(folder);
      expect(look?.probes[0]).toMatchObject({ texts: [], gap: `${file} is not in the snapshot` });
    }
  });

  test.each(['', '{', '[]', '{"snapshotVersion":2,"host":"lb1"}', '{"snapshotVersion":1}', 'null'])(
    'manifest %j is told',
    (text) => {
      const folder = newFolder();
      mkdirSync(join(folder, 'lb1'), { recursive: true });
      writeFileSync(join(folder, 'lb1/manifest.json'), text);
      expect(readSnapshot(folder)).toMatchObject([
        { host: 'lb1', probes: [], failure: { kind: 'command failed' } },
      ]);
    },
  );

  test('odd entries are passed over', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'lb1'), { recursive: true });
    const probes = [
      null,
      1,
      { name: 1 },
      { name: 'x', format: 'no-such', basis: 'observed' },
      { name: 'y', format: 'sysctl', basis: 'observed', texts: [null, {}] },
    ];
    writeFileSync(
      join(folder, 'lb1/manifest.json'),
      JSON.stringify({ snapshotVersion: 1, host: 'lb1', collectedAt: 'never', probes }),
    );
    expect(readSnapshot(folder)).toMatchObject([
      { host: 'lb1', probes: [{ name: 'y', gap: 'undefined is not in the snapshot' }] },
    ]);
  });
});

test('a folder that is no snapshot, or holds one already, is told', () => {
  const folder = newFolder();
  expect(() => readSnapshot(folder)).toThrow(SnapshotTrouble);
  mkdirSync(folder);
  symlinkSync('/nowhere', join(folder, 'link'));
  writeFileSync(join(folder, 'README'), '');
  expect(() => readSnapshot(folder)).toThrow(/is no snapshot/);
  writeSnapshot(folder, [LOOK]);
  expect(() => writeSnapshot(folder, [LOOK])).toThrow(/is there already/);
});

test('of a folder that anybody may have sent, nothing outside is read, and no pipe', () => {
  const folder = newFolder();
  const outside = join(root, 'outside');
  writeFileSync(outside, 'net.ipv4.ip_forward = 0\n');
  writeSnapshot(folder, [LOOK]);
  const file = join(folder, 'lb1/sysctl.txt');
  rmSync(file);
  symlinkSync(outside, file);
  const conf = join(folder, 'lb1/files/etc/keepalived/keepalived.conf');
  rmSync(conf);
  execFileSync('mkfifo', [conf]);
  expect(JSON.stringify(readSnapshot(folder))).not.toContain('ip_forward');
  rmSync(join(folder, 'lb1/manifest.json'));
  symlinkSync('/etc/passwd', join(folder, 'lb1/manifest.json'));
  execFileSync('mkfifo', [join(folder, 'lb2.out')]);
  expect(readSnapshot(folder)).toMatchObject([
    { host: 'lb2', failure: { why: expect.stringContaining('cannot be read') } },
  ]);
});

test('a snapshot holds none of the secrets that a host has, wherever they stand', () => {
  const mark = '01234567-89ab-cdef-0123-456789abcdef';
  const texts = {
    'keepalived-conf': `
${mark} file -rw-r--r-- /etc/keepalived/keepalived.conf
$VRRP_SECRET=hush-01
vrrp_instance V {
  authentication { auth_type PASS auth_pass hush-02 }
  authentication {
    auth_pass "hush-03 hush-04" # the new one
    #auth_pass hush-05
  }
  auth_hmac { key 1 hex:00hush0600 }
}
SSL { password hush-07 }
include conf.d/*.conf
${mark} file -rw------- /etc/keepalived/conf.d/web.conf
virtual_server 192.0.2.10 80 {
  real_server 192.0.2.21 80 {
    MISC_CHECK { misc_path "/usr/bin/mysql -u root -phush-08 -e 1" }
    HTTP_GET { url { path http://admin:hush-09@192.0.2.21/ } }
  }
}`,
    'setup-scripts': `
${mark} file -rwxr-xr-x /etc/keepalived/notify.sh
#!/bin/sh
export SLACK_TOKEN='hush-10'
curl -u admin:hush-11 -H "Authorization: Bearer hush-12" https://example.com/ipvsadm`,
    sysctl: 'net.ipv4.tcp_fastopen_key = hush1300-hush1301\nnet.ipv6.conf.all.stable_secret = hush14::1',
    'keepalived-unit': 'Environment=DB_PASSWORD=hush-15 OTHER=1',
    'keepalived-processes': '1 2 keepalived --api-token hush-16',
    links: '[ { "ifname": "eth0", "secret": "hush-17" } ]',
  };
  const probes = Object.entries(texts).map(
    ([name, text]) => `\n${mark} probe ${name} 1.00\n${text}\n${mark} said 1.10\nwhy: --password hush-18\n`,
  );
  const from = newFolder();
  mkdirSync(from);
  const answer = `lvsdoctor-answer 1 ${mark}\nhost lb1\n${probes.join('')}\n${mark} complete\n`;
  expect(new Set(answer.match(/hush-?\d\d/g)).size).toBe(18);
  writeFileSync(join(from, 'lb1.out'), answer);
  const folder = newFolder();
  writeSnapshot(folder, readSnapshot(from));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  );
  const written = files
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n');
  expect(written).toContain('auth_type PASS');
  expect(written.match(/hush\S*/g)).toBeNull();
});

describe('the mask', () => {
  const conf = (password: string) =>
    `vrrp_instance V {\n  authentication {\n    auth_type PASS\n    auth_pass ${password}\n  }\n}\n`;
  const passwordIn = (text: string) => /auth_pass (.*)$/m.exec(text)?.[1] ?? '';
  const mask = newMask(new Uint8Array(32));
  const masked = (password: string) => passwordIn(mask(conf(password)));

  test('keeps length, lines, and what is equal', () => {
    for (const password of [
      'S3cretOne',
      '"two words"',
      "it's",
      'x',
      'pässwörd😀',
      'a#b',
      'ab!cd',
      '$ecret',
      'very-long-password-1',
    ]) {
      const text = conf(password);
      expect(mask(text).length).toBe(text.length);
      expect(mask(text).split('\n').length).toBe(text.split('\n').length);
      expect(masked(password)).toBe(masked(password));
      if (password.length > 3) expect(mask(text)).not.toContain(password);
    }
    expect(masked('S3cretOne')).not.toBe(masked('S3cretTwo'));
    expect(masked('S3cretOne')).not.toBe(passwordIn(newMask()(conf('S3cretOne'))));
  });

  test('keeps what VRRP makes of a password: 8 characters, and none behind a comment sign', () => {
    expect(masked('Longer12-one').slice(0, 8)).toBe(masked('Longer12-two').slice(0, 8));
    expect(masked('Longer12-one')).not.toBe(masked('Longer12-two'));
    expect(masked('Sec#ret')).toMatch(/^\w{3}#\w{3}$/);
    expect(masked('Sec#ret').slice(0, 3)).toBe(masked('Sec'));
    expect(masked('1111')).toMatch(/^(\w)\1{3}$/);
  });

  test('what it puts in is a secret at the same place', () => {
    for (const password of ['S3cretOne', '"two words"', 'a#b', 'key_like_word', '$1$abc']) {
      const text = conf(password);
      expect(secretsOf({ text: mask(text) }).ranges).toEqual(secretsOf({ text }).ranges);
    }
  });

  test('hides what any format brings, and complaints too', () => {
    const texts = [
      'net.ipv4.tcp_fastopen_key = 01234567-89abcdef-01234567-89abcdef\n',
      'curl -u admin:hunter22x http://10.0.0.1/\n',
      '[ { "ifname": "eth0", "password": "hunter22x" } ]',
      'export DB_PASSWORD=hunter22x\n',
    ];
    const look = maskLook(
      {
        host: 'a',
        probes: texts.map((text) => result('p', [{ text }], { gap: 'it ended: --token=hunter22x' })),
      },
      mask,
    );
    expect(JSON.stringify(look)).not.toMatch(/hunter22x|01234567/);
  });
});
