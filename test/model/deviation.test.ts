import { expect, test } from 'vitest';
import type { ClusterModel, HostWith } from '../../src/model/cluster.ts';
import { deviationsOf, virtualRouters } from '../../src/model/deviation.ts';
import { clusterOf } from '../support/lint.ts';

const instance = (id: number, vip: string) =>
  `vrrp_instance VI_${id} {\ninterface eth0\nvirtual_router_id ${id}\nvirtual_ipaddress {\n${vip}/24\n}\n}\n`;

async function model(...texts: readonly string[]): Promise<ClusterModel<'vrrp'>> {
  const files = texts.map((text, index) => [`lb${index + 1}/keepalived.conf`, text]);
  const whole = await clusterOf(Object.fromEntries(files));
  return { hosts: whole.hosts as readonly HostWith<'vrrp'>[], whole };
}

const idOf = ({ instance: { virtualRouterId } }: { instance: { virtualRouterId?: { value: number } } }) =>
  virtualRouterId?.value.toString();
const names = (cluster: ClusterModel<'vrrp'>) =>
  deviationsOf(cluster, idOf).map(({ expected, found }) => `${found.host.name} unlike ${expected.host.name}`);

test('of two the second differs, of three the one that is alone', async () => {
  const vip = '192.0.2.100';
  expect(names(await model(instance(1, vip), instance(2, vip)))).toEqual(['lb2 unlike lb1']);
  expect(names(await model(instance(1, vip), instance(2, vip), instance(2, vip)))).toEqual([
    'lb1 unlike lb2',
  ]);
  expect(names(await model(instance(1, vip), instance(2, vip), instance(3, vip)))).toEqual([
    'lb2 unlike lb1',
    'lb3 unlike lb1',
  ]);
});

test('hosts that a rule does not see are left out', async () => {
  const cluster = await model(instance(1, '192.0.2.100'), instance(2, '192.0.2.100'));
  expect(names({ ...cluster, hosts: cluster.hosts.slice(0, 1) })).toEqual([]);
});

test('an instance that no other host shares is a virtual router of one node', async () => {
  const cluster = await model(
    instance(1, '192.0.2.100') + instance(9, '198.51.100.9'),
    instance(1, '192.0.2.100'),
  );
  expect(virtualRouters(cluster).map(({ members }) => members.length)).toEqual([2, 1]);
});
