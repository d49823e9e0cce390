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
