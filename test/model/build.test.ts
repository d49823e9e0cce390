import { describe, expect, test } from 'vitest';
import type { Gap } from '../../src/evidence/evidence.ts';
import type { Format, Source } from '../../src/evidence/source.ts';
import { buildCluster } from '../../src/model/build.ts';
import type { Host } from '../../src/model/cluster.ts';
import { sourceOf } from '../support/source.ts';

function source(
  name: string,
  text: string,
  format: Format = 'keepalived.conf',
  extra: Partial<Source> = {},
): Source {
  const host = name.slice(0, Math.max(0, name.lastIndexOf('/'))) || 'one';
  return sourceOf(text, format, { name, host, origin: { kind: 'file', path: name }, ...extra });
}

const hostsOf = (sources: readonly Source[], gaps: readonly Gap[] = []): readonly Host[] =>
  buildCluster({ sources, gaps }).hosts;

/** The parts that somebody looked at. */
const partsOf = (host: Host | undefined) =>
  ['globals', 'vrrp', 'services', 'table', 'sysctl', 'addresses', 'commands', 'scripts'].filter(
    (part) => host?.[part as keyof Host] !== undefined,
  );

const SERVICE = 'virtual_server 192.0.2.1 80 {\nprotocol TCP\nreal_server 192.0.2.21 80 {\n}\n}\n';
const SAVED = '-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 192.0.2.21:80 -g -w 1\n';

describe('a part is there where somebody looked', () => {
  test.each<[Format, string, string[]]>([
    ['keepalived.conf', '', ['vrrp', 'services']],
    ['keepalived.conf', 'global_defs {\n}\n', ['globals', 'vrrp', 'services']],
    ['sysctl', '', ['sysctl']],
    ['script', '', ['services', 'addresses', 'commands', 'scripts']],
    ['ipvsadm-save', '', ['services']],
  ])('%s %j', (format, text, parts) => {
    expect(partsOf(hostsOf([source('lb1/x', text, format)])[0])).toEqual(parts);
  });

  test('an observed table is what runs, a saved one is what is wanted', () => {
    const observed = { basis: 'observed' } as const;
    const [host] = hostsOf([source('lb1/table', SAVED, 'ipvsadm-save', observed), source('lb1/k', SERVICE)]);
    const managers = [host?.services, host?.table].map((list) => list?.map(({ manager }) => manager));
    expect(managers).toEqual([['keepalived'], ['saved-table']]);
    expect(hostsOf([source('lb1/saved', SAVED, 'ipvsadm-save')])[0]?.services).toHaveLength(1);
  });

  test('files of one format add up to one host', () => {
    const [host, second] = hostsOf([
      source('lb1/a.conf', 'global_defs {\nrouter_id a\n}\nvrrp_instance A {\n}\n'),
      source('lb1/b.conf', `vrrp_script c {\nscript "/bin/true"\n}\nvrrp_instance A {\n}\n${SERVICE}`),
      source('lb1/ipvs.rules', SAVED, 'ipvsadm-save'),
    ]);
    expect(second).toBeUndefined();
    expect([host?.vrrp?.length, host?.trackScripts?.length, host?.services?.length]).toEqual([1, 1, 2]);
  });
});

describe('what could not be had', () => {
  const gap = (format: Format, name = 'lb1/gone'): Gap => ({
    host: 'lb1',
    format,
    name,
    why: 'no such file',
  });

  test('keeps its parts from being seen, with the reason', () => {
    const [host] = hostsOf([source('lb1/k', '')], [gap('sysctl'), gap('script')]);
    expect(Object.fromEntries(host?.unseen ?? [])).toEqual({
      sysctl: 'lb1/gone: no such file',
      commands: 'lb1/gone: no such file',
      netfilter: 'lb1/gone: no such file',
      addresses: 'lb1/gone: no such file',
      scripts: 'lb1/gone: no such file',
    });
    expect(host?.partial.size).toBe(0);
  });

  test('leaves a part that other files fill seen in part', () => {
    const [host] = hostsOf([source('lb1/a.conf', '', 'sysctl')], [gap('sysctl', 'lb1/b.conf')]);
    expect([host?.unseen.size, host?.partial.get('sysctl')]).toEqual([0, 'lb1/b.conf: no such file']);
  });

  test('takes nothing away from the keepalived.conf that was read', () => {
    const [host] = hostsOf([source('lb1/keepalived.conf', '')], [gap('keepalived.conf', 'lb1/old.conf')]);
    expect(host?.partial.size).toBe(0);
  });

  test('is no business of other hosts', () => {
    const [host] = hostsOf([source('lb2/k', '')], [gap('sysctl')]);
    expect(host?.unseen.size).toBe(0);
  });

  test('an include that nobody could follow leaves all of keepalived seen in part', () => {
    const [host] = hostsOf([source('lb1/k', 'include x.conf\n')]);
    expect([...(host?.partial.keys() ?? [])]).toEqual(
      expect.arrayContaining(['vrrp', 'services', 'globals']),
    );
    expect(host?.partial.get('vrrp')).toBe('include x.conf was not followed');
  });
});

describe('one file for several nodes', () => {
  const shared = (ids: string) =>
    `${ids}vrrp_instance V {\n@lb1 priority 150\n@lb2 priority 100\n@^lb1 state BACKUP\n}\n`;
  const priorities = (hosts: readonly Host[]) =>
    hosts.map(({ name, vrrp }) => `${name} ${vrrp?.[0]?.priority.value}`);

  test('is read as each node reads it', () => {
    expect(priorities(hostsOf([source('both/k', shared(''))]))).toEqual(['lb1 150', 'lb2 100']);
  });

  test('is one file where each node holds a copy', () => {
    const copies = ['a/keepalived.conf', 'b/keepalived.conf'].map((name) => source(name, shared('')));
    expect(priorities(hostsOf(copies))).toEqual(['lb1 150', 'lb2 100']);
    expect(hostsOf(copies)[0]?.faults).toEqual([]);
  });

  test('belongs to the node that it names and that holds it', () => {
    const copies = ['lb1/k', 'lb2/k'].map((name) => source(name, shared('')));
    expect(priorities(hostsOf(copies))).toEqual(['lb1 150', 'lb2 100']);
  });

  test('is read with the name of the host without its domain or folder', () => {
    const copies = ['prod/lb1.example.net/k', 'prod/lb2/k'].map((name) =>
      source(name, shared(''), 'keepalived.conf', { host: name.slice(0, -2) }),
    );
    expect(priorities(hostsOf(copies))).toEqual(['prod/lb1.example.net 150', 'prod/lb2 100']);
  });

  const ONE = 'vrrp_instance V {\n@lb1 priority 150\n@^lb1 priority 90\n}\n';
  test('that names one node is for another one, too', () => {
    expect(priorities(hostsOf([source('pair/k', ONE)]))).toEqual(['lb1 150', 'pair 90']);
    expect(priorities(hostsOf([source('lb1/k', ONE), source('lb2/k', ONE)]))).toEqual(['lb1 150', 'lb2 90']);
  });

  test('may name its nodes in what it includes', () => {
    const part = source('both/part', shared(''));
    const includes = new Map([['part', { sources: [part] }]]);
    const main = source('both/k', 'include part\n', 'keepalived.conf', { includes });
    expect(priorities(hostsOf([main]))).toEqual(['lb1 150', 'lb2 100']);
  });

  test('costs no more where files include one file by two names, at each level', () => {
    let deep = source('both/leaf', shared(''));
    for (let level = 0; level < 12; level++) {
      const sources = [deep];
      const includes = new Map(['x', './x'].map((name) => [name, { sources }]));
      deep = source(`both/${level}`, '# include x\n', 'keepalived.conf', { includes });
    }
    expect(hostsOf([deep]).map(({ name }) => name)).toEqual(['lb1', 'lb2']);
  });
});

test("a host's own addresses are those that the settings or its files name", () => {
  const text =
    'vrrp_instance A {\nunicast_src_ip 192.0.2.1\n}\nvrrp_instance B {\nmcast_src_ip 2001:DB8:0::1\n}\n';
  const [host] = buildCluster(
    { sources: [source('lb1/k', text)], gaps: [] },
    { hosts: new Map([['lb1', { addresses: ['198.51.100.1', 'nonsense'] }]]), target: {} },
  ).hosts;
  expect([...(host?.ownAddresses ?? [])]).toEqual(['198.51.100.1', '192.0.2.1', '2001:db8::1']);
});
