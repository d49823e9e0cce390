import { describe, expect, test } from 'vitest';
import {
  CONNECTIONS,
  DAEMONS,
  NAMES,
  PERSISTENT,
  RATE,
  read,
  STATS,
  TABLE,
  THRESHOLDS,
  TIMEOUTS,
  TUNNELS,
} from '../support/listings.ts';

/** The table's columns, short. */
function numbers(counts: Readonly<Record<string, { readonly value: number } | undefined>>) {
  return Object.fromEntries(Object.entries(counts).map(([name, amount]) => [name, amount?.value]));
}

/** Every value of a listing as the text says it. */
function shown(text: string) {
  return read(text).services.map(({ address, mark, servers, counts }) => [
    mark?.value ?? address?.text,
    numbers(counts),
    ...servers.map((server) => [server.address.text, numbers(server.counts)]),
  ]);
}

test('the table says how each service balances, and where it says so', () => {
  const { services, faults, kernel } = read(TABLE);
  expect(faults).toEqual([]);
  expect(kernel).toMatchObject({ version: '1.2.1', size: 4096 });
  expect(
    services.map((service) => [
      service.protocol ?? 'FWM',
      service.family,
      service.mark?.value ?? service.address?.port,
      service.scheduler?.value,
      service.schedulerFlags.map((flag) => flag.value).join(),
      service.persistence?.value,
      service.netmask?.value,
      service.persistenceEngine?.value,
      service.onePacket?.value,
      service.servers.length,
    ]),
  ).toEqual([
    ['FWM', 4, 4_000_000_000, 'rr', 'flag-3', undefined, undefined, undefined, undefined, 0],
    ['TCP', 4, 80, 'wrr', '', 300, '255.255.255.0', undefined, undefined, 3],
    ['UDP', 4, 5060, 'rr', '', 60, undefined, 'sip', true, 0],
    ['SCTP', 4, 36412, 'sh', 'sh-port', undefined, undefined, undefined, undefined, 0],
    ['UDP', 4, 53, 'sh', '', undefined, undefined, undefined, undefined, 0],
    ['TCP', 6, 443, 'sh', 'sh-fallback', 360, '64', undefined, undefined, 1],
    ['FWM', 6, 6, 'mh', 'mh-fallback,mh-port', undefined, undefined, undefined, undefined, 1],
  ]);
  const flag = services[6]?.schedulerFlags[1];
  expect(TABLE.slice(flag?.range.start, flag?.range.end)).toBe('mh-port');
  expect(services[1]?.servers.map((server) => server.method?.value)).toEqual(['DR', 'NAT', 'TUN']);
  expect(services[1]?.servers.map((server) => numbers(server.counts))).toEqual([
    { Weight: 3, ActiveConn: 0, InActConn: 0 },
    { Weight: 0, ActiveConn: 12, InActConn: 345 },
    { Weight: 2147483647, ActiveConn: 0, InActConn: 0 },
  ]);
});

test('what the columns mean is taken from their headings', () => {
  const columns = { Conns: 1, InPkts: 2080, OutPkts: 4062, InBytes: 108484, OutBytes: 263_110_000 };
  const none = { Conns: 0, InPkts: 0, OutPkts: 0, InBytes: 0, OutBytes: 0 };
  expect(shown(STATS)).toEqual([
    ['127.0.0.1:8000', columns, ['127.0.0.1:9000', columns]],
    ['[::1]:8000', { Conns: 1, InPkts: 32, OutPkts: 71, InBytes: 2478, OutBytes: 3151014 }],
    [6, none, ['[2001:db8::2]:0', none]],
  ]);
  const rates = { CPS: 0, InPPS: 179, OutPPS: 348, InBPS: 9350, OutBPS: 22_569_890 };
  expect(shown(RATE)).toEqual([['127.0.0.1:8000', rates, ['127.0.0.1:9000', rates]]]);
  const limits = { Uthreshold: 100, Lthreshold: 50, ActiveConn: 0, InActConn: 4 };
  expect(shown(THRESHOLDS)).toEqual([['192.0.2.10:80', {}, ['10.0.0.1:80', limits]]]);
  const sticky = { Weight: 2147483647, PersistConn: 7, ActiveConn: 0, InActConn: 0 };
  expect(shown(PERSISTENT)).toEqual([['192.0.2.10:80', {}, ['10.0.0.3:80', sticky]]]);
  const tunnels = read(TUNNELS).services[0]?.servers.map(({ tunnel }) => tunnel);
  expect(tunnels?.map((tunnel) => [tunnel?.value, tunnel?.port, tunnel?.checksum])).toEqual([
    [undefined, undefined, undefined],
    ['ipip', undefined, undefined],
    ['gue', 6080, 'tun-remcsum'],
    ['gre', undefined, 'tun-nocsum'],
  ]);
  for (const text of [STATS, RATE, THRESHOLDS, PERSISTENT, TUNNELS]) expect(read(text).faults).toEqual([]);
});

test.each([
  ['99999999', 99_999_999, 1],
  ['100000K', 100_000_000, 1e3],
  ['1000M', 1e9, 1e6],
  ['100G', 1e11, 1e9],
  ['100T', 1e14, 1e12],
  ['263110949', 263_110_949, 1],
  ['18446744073709551615', 2 ** 64, 1],
])('%s of the statistics is at least %d', (text, value, step) => {
  const [service] = read(STATS.replace('263110K', text)).services;
  expect(service?.counts.OutBytes).toMatchObject({ value, step });
});

test('names stand for ports where everybody knows them; a cut name has no port', () => {
  const { services, faults } = read(NAMES);
  expect(faults).toEqual([]);
  const all = services.flatMap(({ address, servers }) => [address, ...servers.map((one) => one.address)]);
  expect(all.map((address) => [address?.host, address?.port, address?.cut])).toEqual([
    [undefined, undefined, true],
    ['n26-abcdefghijklmnopqrstuv', undefined, true],
    ['localhost', 8000, false],
    ['localhost', 8080, false],
    ['web1', undefined, false],
    ['six.example.org', 80, false],
  ]);
});

test('connections have their expiry in seconds, templates have port 0', () => {
  const { connections, faults } = read(CONNECTIONS);
  expect(faults).toEqual([]);
  expect(
    connections.map((each) => [
      each.protocol.value,
      each.expires.value,
      each.state.value,
      each.client.port,
      each.virtual.text,
      each.destination.host,
      each.persistenceEngine?.value,
      each.persistenceData?.value,
    ]),
  ).toEqual([
    ['UDP', 56, 'NONE', 0, '10.9.0.1:5060', '127.0.0.1', 'sip', 'abc-123@host'],
    ['TCP', 116, 'TIME_WAIT', 55340, '[::1]:8000', '::1', undefined, undefined],
    ['TCP', 2_678_400, 'ASSURED', 0, '127.0.0.1:8000', '127.0.0.1', undefined, undefined],
    ['IP', 293, 'NONE', 0, '0.0.0.5:0', '10.2.0.2', undefined, undefined],
  ]);
});

test('several listings may follow one another', () => {
  const { services, connections, daemons, timeouts, faults } = read(
    [TIMEOUTS, DAEMONS, '\r\n', CONNECTIONS, STATS, TABLE].join('\n').replaceAll('\n', '\r\n'),
  );
  expect(faults).toEqual([]);
  expect([timeouts?.tcp.value, timeouts?.tcpfin.value, timeouts?.udp.value]).toEqual([900, 120, 300]);
  expect(daemons.map(({ state, settings }) => [state, settings.get('mcast')?.value])).toEqual([
    ['master', 'v0'],
    ['backup', 'eth0.100'],
  ]);
  expect([...(daemons[0]?.settings.keys() ?? [])].join()).toBe('mcast,syncid,maxlen,group,port,ttl');
  expect(services).toHaveLength(10);
  expect(connections).toHaveLength(4);
});

describe('what cannot be read is said, and the rest stands', () => {
  test.each([
    ['$ ipvsadm -Ln\n', '$ ipvsadm -Ln', 'unknown-keyword'],
    ['  -> 10.0.0.9:80  Route   1 0 0\n', '-> 10.0.0.9:80  Route   1 0 0', 'malformed-value'],
    ['TCP  10.0.0.1 rr\n', '10.0.0.1', 'malformed-value'],
    ['TCP  10.0.0.1:99999 rr\n', '10.0.0.1:99999', 'malformed-value'],
    ['TCP  [2001:db8::1] rr\n', '[2001:db8::1]', 'malformed-value'],
    ['FWM  5000000000 rr\n', '5000000000', 'malformed-value'],
    ['TCP  10.0.0.1:1 rr sticky\n', 'sticky', 'malformed-value'],
    ['TCP 00:61 NONE 1.1.1.1:1 1.1.1.1:1 1.1.1.1:1\n', '00:61', 'malformed-value'],
    ['Timeout (tcp tcpfin udp): 900\n', 'Timeout (tcp tcpfin udp): 900', 'malformed-value'],
    ['master sync daemon\n', 'master sync daemon', 'malformed-value'],
  ])('%j', (line, at, kind) => {
    const { services, faults } = read(line + TABLE);
    expect(faults.map((fault) => [fault.kind, line.slice(fault.at.range.start, fault.at.range.end)])).toEqual(
      [[kind, at]],
    );
    expect(services.slice(-7)).toHaveLength(7);
    expect(services.at(-6)?.servers).toHaveLength(3);
  });

  test('columns that do not fit their heading', () => {
    const damaged = TABLE.replace('Masq    0      12         345', 'Carpool 0      x');
    const { services, faults } = read(damaged);
    expect(faults.map((fault) => fault.message.replace(/ {2,}/g, ' '))).toEqual([
      "cannot read '-> 10.0.0.2:8080 Carpool 0 x': it has 3 columns behind the address, its heading 4",
      "cannot read 'Carpool': it is no forwarding method",
      "cannot read 'x': ActiveConn is no number here",
    ]);
    expect(numbers(services[1]?.servers[1]?.counts ?? {})).toEqual({ Weight: 0 });
  });

  test('without a heading nobody knows what numbers count', () => {
    const { services, faults } = read(STATS.split('\n').slice(3).join('\n'));
    expect(faults).toEqual([]);
    expect(services.map(({ scheduler, counts }) => [scheduler, counts])).toEqual([
      [undefined, {}],
      [undefined, {}],
      [undefined, {}],
    ]);
  });
});
