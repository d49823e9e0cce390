import { expect, test } from 'vitest';
import type { GlobalSettings } from '../../src/model/vrrp.ts';
import { clusterOf } from '../support/lint.ts';

const globalsOf = async (text: string): Promise<GlobalSettings | undefined> =>
  (await clusterOf({ 'lb1/keepalived.conf': text })).hosts[0]?.globals;

const definitions = (...lines: string[]) => `global_defs {\n${lines.join('\n')}\n}\n`;

test('several blocks add up, the last line of a keyword counts', async () => {
  const globals = await globalsOf(
    definitions('router_id one', 'vrrp_version 3') + definitions('router_id two', 'vrrp_version 5'),
  );
  expect([globals?.routerId?.value, globals?.vrrpVersion?.value]).toEqual(['two', 3]);
});

test('a file without the block says nothing', async () => {
  expect(await globalsOf('vrrp_instance V {\n}\n')).toBeUndefined();
});

test('switches are on where they stand, whatever word follows', async () => {
  const globals = await globalsOf(
    definitions('dynamic_interfaces allow_if_changes', 'enable_script_security', 'lvs_flush', 'vrrp_strict'),
  );
  const { dynamicInterfaces, scriptSecurity, lvsFlush, strict } = globals ?? {};
  expect([dynamicInterfaces, scriptSecurity, lvsFlush, strict].map((fact) => fact?.value)).toEqual([
    true,
    true,
    true,
    true,
  ]);
});

test('addresses of mail stand one or several a line', async () => {
  const globals = await globalsOf(
    definitions('notification_email {', 'a@b.example c@d.example', 'e@f.example', '}'),
  );
  expect(globals?.notificationEmail.map(({ value }) => value)).toEqual([
    'a@b.example',
    'c@d.example',
    'e@f.example',
  ]);
});

test.each<[string, Record<string, string | number | undefined>]>([
  ['eth0', { interface: 'eth0' }],
  ['eth0 VI_1', { interface: 'eth0', instance: 'VI_1' }],
  ['eth0 inst VI_1 id 7', { interface: 'eth0', instance: 'VI_1', syncId: 7 }],
  [
    'eth0 VI_1 id 7 maxlen 1400 port 8849 ttl 3 group 224.0.0.82',
    {
      interface: 'eth0',
      instance: 'VI_1',
      syncId: 7,
      maxLength: 1400,
      port: 8849,
      ttl: 3,
      group: '224.0.0.82',
    },
  ],
  ['eth0 VI_1 id x', { interface: 'eth0', instance: 'VI_1' }],
])('lvs_sync_daemon %s', async (words, expected) => {
  const { syncDaemon: daemon } = (await globalsOf(definitions(`lvs_sync_daemon ${words}`))) ?? {};
  const { id: _id, label: _label, place: _place, ...facts } = daemon ?? ({} as NonNullable<typeof daemon>);
  expect(Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.value]))).toEqual(
    expected,
  );
});

test('the first of two sync daemons counts', async () => {
  const globals = await globalsOf(definitions('lvs_sync_daemon eth0', 'lvs_sync_daemon eth1'));
  expect(globals?.syncDaemon?.interface.value).toBe('eth0');
});

test('timeouts stand in any order, and some of them', async () => {
  const globals = await globalsOf(definitions('lvs_timeouts udp 30 tcp 900'));
  expect(globals?.lvsTimeouts?.value).toEqual({ udp: 30, tcp: 900 });
});
