import { describe, expect, test } from 'vitest';
import { buildCluster } from '../../src/model/build.ts';
import { directorPairs, groupWith, routerOf, vrrpGroups } from '../../src/model/peers.ts';
import { clusterOf } from '../support/lint.ts';
import { sourceOf } from '../support/source.ts';

interface Draft {
  readonly name?: string;
  readonly id?: number;
  readonly state?: string;
  readonly pass?: string;
  readonly interface?: string;
  readonly lines?: string;
}

/** An instance; `vips` are separated by blanks. */
function instance(vips: string, draft: Draft = {}): string {
  const { name = 'VI_1', id = 51, state = 'BACKUP', pass, lines = '' } = draft;
  const secret = pass === undefined ? '' : `authentication {\nauth_type PASS\nauth_pass ${pass}\n}\n`;
  return (
    `vrrp_instance ${name} {\nstate ${state}\ninterface ${draft.interface ?? 'eth0'}\nvirtual_router_id ${id}\n` +
    `${secret}${lines}\nvirtual_ipaddress {\n${vips.split(' ').join('\n')}\n}\n}\n`
  );
}

/** Who belongs together, each group as `host:instance` texts. */
async function groups(files: Readonly<Record<string, string>>): Promise<string[][]> {
  const named = Object.entries(files).map(([host, text]) => [`${host}/keepalived.conf`, text]);
  const cluster = await clusterOf(Object.fromEntries(named));
  return vrrpGroups(cluster).map(({ members }) =>
    members.map(({ host, instance }) =>
      instance.label === 'VI_1' ? host.name : `${host.name}:${instance.label}`,
    ),
  );
}

describe('a virtual router', () => {
  const A = '192.0.2.10';
  const B = '192.0.2.20';

  test.each<[string, string, string]>([
    ['is the same text on two hosts', instance(A), instance(A)],
    ['has one id, or two by mistake', instance(A), instance(A, { id: 52 })],
    ['may be called differently', instance(A), instance(A, { name: 'VI_1', interface: 'ens3' })],
    ['shares one of its addresses', instance(`${A} ${B}`), instance(`${B} 192.0.2.30`)],
    ['is written in another spelling', instance('2001:db8::1'), instance('2001:DB8:0::1/64')],
    ['has neighbouring addresses that came apart', instance(A), instance(B)],
    ['in IPv6, too', instance('2001:db8::10'), instance('2001:db8::20')],
    [
      'has other addresses, and one password',
      instance(A, { pass: 'x9' }),
      instance('198.51.100.1', { pass: 'x9' }),
    ],
    [
      'has other addresses, and one node is MASTER',
      instance(A),
      instance('198.51.100.1', { state: 'MASTER' }),
    ],
  ])('%s', async (_, one, other) => {
    expect(await groups({ lb1: one, lb2: other })).toEqual([['lb1', 'lb2']]);
  });

  test.each<[string, string, string]>([
    ['other addresses and another id', instance(A), instance(B, { id: 52 })],
    ['other families', instance(A), instance('2001:db8::10')],
    ['other networks, and the name and id that all samples have', instance(A), instance('198.51.100.1')],
    ['no addresses', instance(''), instance('')],
    ['addresses that are none', instance('${VIP}'), instance('${VIP}')],
    [
      'one link-local address, which is the same on all links',
      instance('fe80::1', { id: 1 }),
      instance('fe80::1', { id: 2, name: 'X' }),
    ],
  ])('is not made by %s', async (_, one, other) => {
    expect(await groups({ lb1: one, lb2: other })).toEqual([]);
  });

  test('has one instance a host, and both find their own half', async () => {
    const both = [instance(A, { name: 'ONE', id: 1 }), instance(B, { name: 'TWO', id: 2 })];
    expect(await groups({ lb1: both.join(''), lb2: both.toReversed().join('') })).toEqual([
      ['lb1:ONE', 'lb2:ONE'],
      ['lb1:TWO', 'lb2:TWO'],
    ]);
  });

  test('is told by its global addresses where links share a local one', async () => {
    const one = instance('fe80::1 2001:db8:a::1', { name: 'ONE', id: 7 });
    const two = instance('fe80::1 2001:db8:b::1', { name: 'TWO', id: 7, interface: 'eth1' });
    const other = one.replace('id 7', 'id 8');
    expect(await groups({ lb1: one + two, lb2: two + other })).toEqual([
      ['lb1:ONE', 'lb2:ONE'],
      ['lb1:TWO', 'lb2:TWO'],
    ]);
  });

  test('has three directors, or four', async () => {
    const text = instance(A);
    expect(await groups({ lb1: text, lb2: text, lb3: text, lb4: instance(A, { id: 9 }) })).toEqual([
      ['lb1', 'lb2', 'lb3', 'lb4'],
    ]);
  });
});

describe('clusters that share an address by chance stay apart', () => {
  const A = '10.0.0.100';

  test('where their ids differ', async () => {
    const [one, other] = [instance(A), instance(A, { id: 77 })];
    expect(await groups({ a1: one, b1: other, a2: one, b2: other })).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
    ]);
  });

  test('where their passwords differ', async () => {
    const [one, other] = [instance(A, { pass: 'x' }), instance(A, { pass: 'y' })];
    expect(await groups({ a1: one, b1: other, a2: one, b2: other })).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
    ]);
  });

  test('where they lie in folders of their own', async () => {
    const text = instance(A);
    const files = { 'prod/lb1': text, 'prod/lb2': text, 'stage/lb1': text, 'stage/lb2': text };
    expect(await groups(files)).toEqual([
      ['prod/lb1', 'prod/lb2'],
      ['stage/lb1', 'stage/lb2'],
    ]);
  });

  test('but folders of sites do not part a pair', async () => {
    const text = instance(A);
    expect(await groups({ 'berlin/lb1': text, 'bonn/lb2': text })).toEqual([['lb1', 'lb2']]);
  });

  test('where they speak to other peers', async () => {
    const unicast = (own: string, peer: string) =>
      instance(A, { lines: `unicast_src_ip ${own}\nunicast_peer {\n${peer}\n}` });
    const files = {
      a1: unicast('10.0.0.1', '10.0.0.2'),
      b1: unicast('10.9.0.1', '10.9.0.2'),
      a2: unicast('10.0.0.2', '10.0.0.1'),
      b2: unicast('10.9.0.2', '10.9.0.1'),
    };
    expect(await groups(files)).toEqual([
      ['a1', 'a2'],
      ['b1', 'b2'],
    ]);
  });
});

describe('what rules ask', () => {
  const text = instance('192.0.2.10');

  test('a group is named after all of its hosts', async () => {
    const whole = await clusterOf({ 'lb1/keepalived.conf': text, 'lb2/keepalived.conf': text });
    expect(vrrpGroups(whole).map(({ id, label }) => [id, label])).toEqual([
      ['lb1, lb2/VI_1', 'VI_1 on lb1, lb2'],
    ]);
  });

  test('pairs of directors: each once, and only of hosts that the rule sees', async () => {
    const two = text + instance('192.0.2.11', { name: 'VI_2', id: 2 });
    const whole = await clusterOf({
      'lb1/keepalived.conf': two,
      'lb2/keepalived.conf': two,
      'lb3/keepalived.conf': two,
    });
    const names = (hosts: typeof whole.hosts) =>
      directorPairs<never>({ hosts, whole }).map((pair) => pair.map(({ name }) => name).join());
    expect(names(whole.hosts)).toEqual(['lb1,lb2', 'lb1,lb3']);
    expect(names(whole.hosts.slice(1))).toEqual(['lb2,lb3']);
  });

  test('an instance without peers is its own router', async () => {
    const whole = await clusterOf({ 'lb1/keepalived.conf': text });
    const [alone] = whole.hosts[0]?.vrrp ?? [];
    expect(alone && [groupWith(whole, alone), routerOf(whole, alone)]).toEqual([undefined, alone]);
  });
});

test('the cost grows with the number of hosts and instances, not faster', () => {
  const cluster = (hosts: number, instances: number) => {
    const text = Array.from({ length: instances }, (_, index) =>
      instance(`10.${index >> 8}.${index & 255}.1 10.0.0.1`, { name: 'SAME', id: (index % 255) + 1 }),
    ).join('');
    return buildCluster({
      sources: Array.from({ length: hosts }, (_, index) =>
        sourceOf(text, 'keepalived.conf', { host: `lb${index}`, name: `lb${index}/keepalived.conf` }),
      ),
      gaps: [],
    });
  };
  const time = (hosts: number, instances: number) => {
    const whole = cluster(hosts, instances);
    const before = performance.now();
    vrrpGroups(whole);
    return performance.now() - before;
  };
  time(100, 1);
  const few = Math.max(Math.min(time(300, 1), time(300, 1)), 2);
  expect(time(6000, 1)).toBeLessThan(100 * few);
});
