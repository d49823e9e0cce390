import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../src/verify/failover-plan.ts';
import { planFailover } from '../../src/verify/failover-planning.ts';
import { clusterOf } from '../support/lint.ts';
import { calm, change, director, grouped, version3 } from '../support/pair.ts';

const listing = (addresses: readonly string[]) =>
  JSON.stringify([
    {
      ifname: 'eth0',
      addr_info: addresses.map((address) => ({
        family: 'inet',
        local: address,
        prefixlen: 24,
        scope: 'global',
      })),
    },
  ]);
const VIPS = ['192.0.2.100', '192.0.2.110', '192.0.2.120'];
const OWN = { lb1: '192.0.2.11', lb2: '192.0.2.12' } as const;

interface Pair {
  readonly lb1?: string;
  readonly lb2?: string;
  readonly holders?: readonly string[];
  readonly vips?: readonly string[];
}

async function planned(
  {
    lb1 = director('lb1', 'MASTER', 150),
    lb2 = director('lb2', 'BACKUP', 100),
    holders = ['lb1'],
    vips = VIPS,
  }: Pair,
  fault: FaultKind,
  master?: string,
) {
  const cluster = await clusterOf({
    'lb1/keepalived.conf': lb1,
    'lb2/keepalived.conf': lb2,
    ...Object.fromEntries(
      (['lb1', 'lb2'] as const).map((name) => [
        `${name}$ ip -j address`,
        listing([OWN[name], ...(holders.includes(name) ? vips : [])]),
      ]),
    ),
  });
  return planFailover(cluster, { fault, master, undoAfter: 30_000 });
}

async function windowsOf(pair: Pair, fault: FaultKind) {
  const result = await planned(pair, fault);
  if ('refused' in result) throw new Error(result.refused);
  const rounded = (window: { earliest: number; latest: number } | undefined) =>
    window && [Math.round(window.earliest), Math.round(window.latest)];
  return { takeover: rounded(result.plan.takeover), comeback: rounded(result.plan.comeback) };
}

describe('what theory expects of a failover', () => {
  test('a stop is announced: the successor waits for its skew only', async () => {
    expect(await windowsOf({}, 'stop')).toEqual({ takeover: [609, 609], comeback: [3414, 3414] });
  });

  test('a crash is noticed after three adverts and the skew', async () => {
    expect(await windowsOf({}, 'crash')).toEqual({ takeover: [2609, 3609], comeback: [3414, 3414] });
  });

  test('version 3 scales the skew with the interval that the master announces', async () => {
    const quick = (text: string) => change(version3(text), 'advert_int 1', 'advert_int 0.1');
    const pair = { lb1: quick(director('lb1', 'MASTER', 150)), lb2: quick(director('lb2', 'BACKUP', 100)) };
    expect(await windowsOf(pair, 'crash')).toEqual({ takeover: [261, 361], comeback: [341, 341] });
    expect((await windowsOf(pair, 'stop')).takeover).toEqual([61, 61]);
  });

  test('down_timer_adverts counts', async () => {
    const two = (text: string) => change(text, 'advert_int 1', 'advert_int 1 | down_timer_adverts 2');
    const pair = { lb1: two(director('lb1', 'MASTER', 150)), lb2: two(director('lb2', 'BACKUP', 100)) };
    expect((await windowsOf(pair, 'crash')).takeover).toEqual([1609, 2609]);
  });

  test('a node comes back after its whole master-down time, whatever state it starts with', async () => {
    const pair = { lb1: calm(director('lb1', 'MASTER', 150)), lb2: calm(director('lb2', 'BACKUP', 100)) };
    expect((await windowsOf(pair, 'stop')).comeback).toEqual([3414, 3414]);
  });

  test('preempt_delay holds it back', async () => {
    const slow = change(
      calm(director('lb1', 'MASTER', 150)),
      'advert_int 1',
      'advert_int 1 | preempt_delay 10',
    );
    const pair = { lb1: slow, lb2: calm(director('lb2', 'BACKUP', 100)) };
    expect((await windowsOf(pair, 'crash')).comeback).toEqual([12_414, 14_414]);
  });

  test('with nopreempt the successor keeps the VIPs', async () => {
    const stays = (text: string) => change(calm(text), 'advert_int 1', 'advert_int 1 | nopreempt');
    const pair = { lb1: stays(director('lb1', 'MASTER', 150)), lb2: stays(director('lb2', 'BACKUP', 100)) };
    expect((await windowsOf(pair, 'crash')).comeback).toBeUndefined();
  });

  test('of two masters the higher one stays when they hear each other again', async () => {
    expect(await windowsOf({}, 'isolate')).toEqual({ takeover: [2609, 3609], comeback: [0, 1000] });
  });

  test('the link of one member takes its sync group along, and the member on it is the last to be missed', async () => {
    const pair = {
      lb1: grouped(director('lb1', 'MASTER', 150)),
      lb2: grouped(director('lb2', 'BACKUP', 100)),
      vips: [...VIPS, '10.0.0.1'],
    };
    expect((await windowsOf(pair, 'link')).takeover).toEqual([2609, 3609]);
  });
});

describe('what cannot be planned is said', () => {
  test.each([
    [
      'nobody holds a VIP',
      { holders: [] },
      undefined,
      'no director holds a VIP of a VRRP instance that a peer shares',
    ],
    [
      'two masters',
      { holders: ['lb1', 'lb2'] },
      undefined,
      'lb1 and lb2 each hold VIPs: say with --master which one fails',
    ],
    ['the node that is named waits', {}, 'lb2', 'lb2 holds no VIP: lb1 does'],
  ] as const)('%s', async (_, pair, master, refused) => {
    expect(await planned(pair, 'stop', master)).toEqual({ refused });
  });
});

test('a plan names what moves, and what a client asks for meanwhile', async () => {
  const result = await planned({}, 'crash');
  expect(result).toMatchObject({
    plan: {
      master: 'lb1',
      successor: 'lb2',
      routers: [
        { label: 'VI_WEB', virtualRouterId: 61, version: 2, vips: VIPS, priorities: { lb1: 150, lb2: 100 } },
      ],
      services: [{ address: '192.0.2.100', port: 80 }],
      advertInterval: 1000,
      keepsConnections: false,
      restoredWithin: 33_415,
    },
  });
});
