import { describe, expect, test } from 'vitest';
import { planRealServer, type RealServerWish } from '../../src/verify/real-server-plan.ts';
import { clusterOf } from '../support/lint.ts';
import { change, director } from '../support/pair.ts';

const listing = (...addresses: readonly string[]) =>
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

/** lb1 is master; web1 and web2 are the servers. */
async function planned(wish: Partial<RealServerWish>, edit: (text: string) => string = (text) => text) {
  const cluster = await clusterOf({
    'lb1/keepalived.conf': edit(director('lb1', 'MASTER', 150)),
    'lb2/keepalived.conf': edit(director('lb2', 'BACKUP', 100)),
    'lb1$ ip -j address': listing('192.0.2.11', '192.0.2.100', '192.0.2.110'),
    'lb2$ ip -j address': listing('192.0.2.12'),
    'web1$ ip -j address': listing('192.0.2.21'),
    'web2$ ip -j address': listing('192.0.2.22'),
  });
  return planRealServer(cluster, { fault: 'stop', undoAfter: 60_000, ...wish });
}

async function windows(wish: Partial<RealServerWish>, edit?: (text: string) => string) {
  const result = await planned(wish, edit);
  if ('refused' in result) throw new Error(result.refused);
  const { removal, comeback } = result.plan;
  return { removal: [removal.earliest, removal.latest], comeback: [comeback.earliest, comeback.latest] };
}

/** delay_loop 6, connect_timeout 3, two tries after the first, a pause of 2 s. */
const patient = (text: string) =>
  text.replaceAll(
    'connect_timeout 3',
    'connect_timeout 3\n            retry 2\n            delay_before_retry 2',
  );

describe('what theory expects of a failed real server', () => {
  test('connections are refused: only the pauses take time', async () => {
    expect(await windows({}, patient)).toEqual({ removal: [4000, 10_000], comeback: [0, 9000] });
  });

  test('nothing answers: every try runs into its timeout', async () => {
    expect(await windows({ fault: 'drop' }, patient)).toEqual({
      removal: [13_000, 19_000],
      comeback: [0, 9000],
    });
  });

  test('what is asked for, and who has to see it', async () => {
    expect(await planned({ server: 'web2' })).toMatchObject({
      plan: {
        host: 'web2',
        server: '192.0.2.22:80',
        directors: ['lb1', 'lb2'],
        checker: 'HTTP_GET',
        isKept: false,
        service: { address: '192.0.2.100', port: 80 },
      },
    });
  });

  test('inhibit_on_failure keeps it, with weight 0', async () => {
    const kept = (text: string) => text.replaceAll('weight 10', 'weight 10\n        inhibit_on_failure');
    expect(await planned({}, kept)).toMatchObject({ plan: { isKept: true } });
  });
});

describe('what cannot be planned is said', () => {
  test.each([
    ['an unknown server', { server: 'web9' }, undefined, 'no director that has a VIP balances to web9'],
    [
      'no check',
      {},
      (text: string) => text.replaceAll(/HTTP_GET \{.*?connect_timeout 3\s+\}/gs, ''),
      /no check that takes time takes it out/,
    ],
    [
      'one server',
      {},
      (text: string) => text.replaceAll(/real_server 192\.0\.2\.22 .*?\n {4}\}\n/gs, ''),
      /it is the only server/,
    ],
    ['UDP', {}, (text: string) => change(text, 'protocol TCP', 'protocol UDP'), /only TCP services/],
  ])('%s', async (_, wish, edit, refused) => {
    const result = await planned(wish, edit);
    expect('refused' in result ? result.refused : result).toMatch(refused);
  });
});
