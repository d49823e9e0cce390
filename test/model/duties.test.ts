import { describe, expect, test } from 'vitest';
import { dutiesOf, exemplaryServers, methodsOf, servicesByVip, servicesOf } from '../../src/model/duties.ts';
import { clusterOf } from '../support/lint.ts';

const service = (vip: string, kind: string, ...servers: string[]) =>
  `virtual_server ${vip} 80 {\nprotocol TCP\nlb_kind ${kind}\n${servers
    .map((server) => {
      const [address, method] = server.split(' ');
      return `real_server ${address} 80 {\n${method === undefined ? '' : `lvs_method ${method}\n`}}\n`;
    })
    .join('')}}\n`;
const raise = (...lines: string[]) => `#!/bin/sh\n${lines.map((line) => `ip addr add ${line}\n`).join('')}`;

/** The duties of a host, as `director vip method named|held` texts. */
async function duties(files: Readonly<Record<string, string>>, name: string): Promise<string[]> {
  const cluster = await clusterOf(files);
  const host = cluster.hosts.find((each) => each.name === name);
  return (host === undefined ? [] : dutiesOf(cluster, host)).map(
    ({ director, endpoint, method, server }) =>
      `${director.name} ${endpoint.address?.value} ${method} ${server === undefined ? 'held' : 'named'}`,
  );
}

const DR = service('192.0.2.10', 'DR', '192.0.2.21', '192.0.2.22 NAT');

describe('a host answers for', () => {
  test.each<[string, string, string, string[]]>([
    ['a service that names its address', DR, raise('192.0.2.21/24 dev eth0'), ['lb1 192.0.2.10 DR named']],
    ['by the method of its own line', DR, raise('192.0.2.22/24 dev eth0'), ['lb1 192.0.2.10 NAT named']],
    [
      'a service whose address it holds, by any of its methods',
      DR,
      raise('192.0.2.10/32 dev lo'),
      ['lb1 192.0.2.10 DR held', 'lb1 192.0.2.10 NAT held'],
    ],
    [
      'one that names it and whose address it holds, once',
      DR,
      raise('192.0.2.10/32 dev lo', '192.0.2.21/24 dev eth0'),
      ['lb1 192.0.2.10 DR named'],
    ],
    [
      'nothing by the loopback address',
      service('192.0.2.10', 'DR', '127.0.0.1'),
      raise('127.0.0.1/8 dev lo'),
      [],
    ],
    ['nothing that nobody balances', DR, raise('198.51.100.1/32 dev lo'), []],
    [
      'all addresses of a group',
      'virtual_server_group G {\n192.0.2.10 80\n192.0.2.11 80\n}\nvirtual_server group G {\nprotocol TCP\nlb_kind TUN\nreal_server 192.0.2.21 80 {\n}\n}\n',
      raise('192.0.2.21/24 dev eth0'),
      ['lb1 192.0.2.10 TUN named', 'lb1 192.0.2.11 TUN named'],
    ],
  ])('%s', async (_, director, script, expected) => {
    expect(await duties({ 'lb1/keepalived.conf': director, 'rs1/up.sh': script }, 'rs1')).toEqual(expected);
  });

  test('the services of each director', async () => {
    const files = {
      'lb1/keepalived.conf': DR,
      'lb2/keepalived.conf': DR,
      'rs1/up.sh': raise('192.0.2.21/24 dev eth0'),
    };
    expect(await duties(files, 'rs1')).toEqual(['lb1 192.0.2.10 DR named', 'lb2 192.0.2.10 DR named']);
  });

  test('its own, where it is a local node; not for being their director', async () => {
    const files = {
      'lb1/keepalived.conf': DR,
      'lb1/up.sh': raise('192.0.2.10/24 dev eth0', '192.0.2.22/24 dev eth0'),
    };
    expect(await duties(files, 'lb1')).toEqual(['lb1 192.0.2.10 NAT named']);
  });
});

describe('services', () => {
  test('of all hosts, by the address that clients use, in one spelling', async () => {
    const cluster = await clusterOf({
      'lb1/keepalived.conf': service('2001:DB8:0::10', 'DR', '2001:db8::21'),
      'lb2/keepalived.conf': service('2001:db8::10', 'DR', '2001:db8::21'),
    });
    expect(
      servicesByVip(cluster)
        .get('2001:db8::10')
        ?.map(({ director }) => director.name),
    ).toEqual(['lb1', 'lb2']);
    expect([...servicesOf(cluster.hosts)]).toHaveLength(2);
  });

  test('reach their servers by one method or several, by their own where there are none', async () => {
    const { hosts } = await clusterOf({ 'lb1/keepalived.conf': DR + service('192.0.2.11', 'TUN') });
    const [mixed, empty] = hosts[0]?.services ?? [];
    expect([mixed, empty].map((each) => each && [...methodsOf(each)])).toEqual([['DR', 'NAT'], ['TUN']]);
  });

  test('have an example for each method and family', async () => {
    const { hosts } = await clusterOf({
      'lb1/keepalived.conf':
        DR + service('192.0.2.11', 'DR', '192.0.2.23') + service('2001:db8::1', 'DR', '2001:db8::2'),
    });
    const examples = hosts[0] && exemplaryServers(hosts[0]).map(({ address }) => address.value);
    expect(examples).toEqual(['192.0.2.21', '192.0.2.22', '2001:db8::2']);
  });
});
