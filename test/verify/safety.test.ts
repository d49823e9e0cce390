import { expect, test } from 'vitest';
import { objectionsTo } from '../../src/verify/safety.ts';
import { clusterOf, lint } from '../support/lint.ts';
import { director } from '../support/pair.ts';

const VIPS = ['192.0.2.100', '192.0.2.110', '192.0.2.120'];
const listing = (addresses: readonly string[]) =>
  JSON.stringify([
    {
      ifname: 'eth0',
      addr_info: addresses.map((local) => ({ family: 'inet', local, prefixlen: 24, scope: 'global' })),
    },
  ]);
const FILES = {
  'lb1/keepalived.conf': director('lb1', 'MASTER', 150),
  'lb2/keepalived.conf': director('lb2', 'BACKUP', 100),
  'lb1$ ip -j address': listing(['192.0.2.11', ...VIPS]),
  'lb2$ ip -j address': listing(['192.0.2.12']),
};
const TABLE = '-A -t 192.0.2.100:80 -s wlc\n-a -t 192.0.2.100:80 -r 192.0.2.21:80 -g -w 1\n';

async function objections(files: Readonly<Record<string, string>>, unseen: readonly string[] = []) {
  return objectionsTo({
    cluster: await clusterOf({ ...FILES, ...files }),
    unseen: unseen.map((host) => ({ host, why: 'timeout' })),
    findings: [],
  });
}

test('a sound pair may be disturbed', async () => {
  expect(await objections({ 'lb1$ ipvsadm-save -n': TABLE, 'lb2$ ipvsadm-save -n': TABLE })).toEqual([]);
});

test('two masters come before all else, then hosts that nobody sees', async () => {
  const both = { 'lb2$ ip -j address': listing(['192.0.2.12', ...VIPS]) };
  expect(await objections(both, ['rs1'])).toEqual([
    'lb1 and lb2 are both master of 192.0.2.100',
    'rs1 cannot be seen: timeout',
  ]);
});

test('a director without a table, or with a service without servers, is not ready', async () => {
  expect(await objections({ 'lb2$ ipvsadm-save -n': '' })).toEqual(['the running table of lb2 is empty']);
  const idle = TABLE.replace('-w 1', '-w 0');
  expect(await objections({ 'lb2$ ipvsadm-save -n': idle })).toEqual([
    '192.0.2.100:80/TCP on lb2 has no server that takes requests',
  ]);
});

test('what diagnose calls an error is another fault; a warning is none', async () => {
  const { findings } = await lint({
    'lb1/keepalived.conf': director('lb1', 'MASTER', 150).replace('q8Rt2vLx', 'another'),
    'lb2/keepalived.conf': director('lb2', 'BACKUP', 100),
  });
  const errors = findings.filter(({ severity }) => severity === 'error');
  expect(errors.length).toBeGreaterThan(0);
  const said = objectionsTo({ cluster: await clusterOf(FILES), unseen: [], findings });
  expect(said).toEqual(errors.map(({ host, message, rule }) => `${host}: ${message} (${rule})`));
});
