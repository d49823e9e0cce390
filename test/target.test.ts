import { expect, test } from 'vitest';
import { lint } from './support/lint.ts';

/** What a rule says of one file when the settings name a kernel or a keepalived. */
async function messages(rule: string, path: string, text: string, target: Record<string, string>) {
  const { findings } = await lint({ [path]: text }, { target });
  return findings
    .flatMap((finding) => [finding, ...finding.also])
    .filter((finding) => finding.rule === rule)
    .map(({ severity, message }) => `${severity}: ${message}`);
}

const recycle = ['kernel/obsolete-key', 'lb1/sysctl.conf', 'net.ipv4.tcp_tw_recycle = 1\n'] as const;

test('a key that the kernel of the settings still has is no obsolete one', async () => {
  const off = recycle[2].replace('1', '0');
  expect(await messages(recycle[0], recycle[1], off, { kernel: '4.9' })).toEqual([]);
  expect(await messages(recycle[0], recycle[1], off, { kernel: '4.12' })).toHaveLength(1);
});

test('tcp_tw_recycle is worse where it works', async () => {
  expect(await messages(...recycle, { kernel: '3.10.0-1160.el7' })).toEqual([
    'error: net.ipv4.tcp_tw_recycle = 1 on kernel 3.10.0-1160.el7 drops connections of clients behind one NAT',
  ]);
});

test('which conn_reuse_mode is right depends on the kernel', async () => {
  const of = (mode: number, kernel: string) =>
    messages(
      'ipvs-sysctl/conn-reuse-mode',
      'lb1/sysctl.conf',
      `net.ipv4.vs.conntrack = 1\nnet.ipv4.vs.conn_reuse_mode = ${mode}\n`,
      { kernel },
    );
  expect(await of(0, '5.4')).toEqual([]);
  expect(await of(1, '5.4')).toHaveLength(1);
  expect(await of(0, '5.14')).toHaveLength(1);
  expect(await of(1, '5.14')).toEqual([]);
  expect(await of(1, '3.10')).toEqual([]);
});

test('holes of old releases are reported for those releases', async () => {
  const of = (keepalived: string) =>
    messages(
      'security/management-surface-and-version',
      'lb1/keepalived.conf',
      'global_defs {\n    enable_dbus\n}\n',
      { keepalived },
    );
  expect(await of('2.2.4')).toHaveLength(1);
  expect(await of('2.2.5')).toEqual([]);
  expect(await of('2.0.8')).toHaveLength(2);
});

const check = (block: string, line: string) =>
  block === 'global_defs'
    ? `global_defs {\n    ${line}\n}\n`
    : `virtual_server 192.0.2.1 80 {
    lb_kind NAT
    protocol TCP
    ${block === 'virtual_server' ? line : ''}
    real_server 192.0.2.21 80 {
        HTTP_GET {
            url {
                path /
            }
            ${block === 'HTTP_GET' ? line : ''}
        }
    }
}
`;

const wordsFor = async (block: string, line: string, keepalived?: string) => {
  const target = keepalived === undefined ? {} : { keepalived };
  const all = await messages('syntax/unknown-keyword', 'lb1/keepalived.conf', check(block, line), target);
  return all.map((message) => message.replace(/^(?:warning|info): /, ''));
};

test.each([
  ['virtual_server', 'nat_mask 255.255.255.0', 'nat_mask', '1.2.13', '1.2.20'],
  ['global_defs', 'plugin_dir /etc/plugins', 'plugin_dir', '1.2.19', '1.2.20'],
  ['global_defs', 'lvs_id LVS_1', 'lvs_id', '1.1.7', '1.1.8'],
])('%s: %s is known until %s is gone', async (block, line, word, before, release) => {
  expect(await wordsFor(block, line, before)).toEqual([]);
  expect(await wordsFor(block, line, release)).toEqual([
    `keepalived ${release} does not know '${word}', which went with ${release}`,
  ]);
  expect(await wordsFor(block, line)).toEqual([
    `keepalived does not know '${word}', which went with ${release}`,
  ]);
});

test.each([
  ['HTTP_GET', 'nb_get_retry 3', 'nb_get_retry', '1.3.6', '1.3.7'],
  ['global_defs', 'lvs_flush_onstop', 'lvs_flush_onstop', '2.1.5', '2.2.0'],
  ['global_defs', 'vrrp_rlimit_rtime 10000', 'vrrp_rlimit_rtime', '2.0.20', '2.1.0'],
])('%s: %s is outdated from the release on that says so', async (block, line, word, before, release) => {
  expect(await wordsFor(block, line, before)).toEqual([]);
  expect(await wordsFor(block, line, release)).toEqual([`'${word}' is outdated since ${release}`]);
  expect(await wordsFor(block, line)).toEqual([`'${word}' is outdated since ${release}`]);
});

test('a word that all checks have came to some of them later', async () => {
  expect(await wordsFor('HTTP_GET', 'retry 3', '1.3.5')).toEqual([
    "keepalived 1.3.5 does not know 'retry', which came with 1.3.7",
  ]);
  expect(await wordsFor('HTTP_GET', 'retry 3', '1.3.7')).toEqual([]);
});
