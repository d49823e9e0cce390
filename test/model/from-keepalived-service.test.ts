import { describe, expect, test } from 'vitest';
import { addressRange } from '../../src/model/address-range.ts';
import { standsAt } from '../support/script.ts';
import { serviceOf, servicesOf, valueIn } from '../support/service.ts';

/* What keepalived 2.2.7 puts into the kernel's table. */

const server = (head: string) => `real_server ${head} {\n}`;

describe('what a service is known by', () => {
  test.each<[string, string[], string[], string]>([
    ['192.0.2.1 80', ['protocol TCP'], ['TCP 192.0.2.1:80'], '192.0.2.1:80/TCP'],
    ['192.0.2.1 80', ['protocol udp'], ['UDP 192.0.2.1:80'], '192.0.2.1:80/UDP'],
    ['192.0.2.1 80', [], ['UDP 192.0.2.1:80'], '192.0.2.1:80/UDP'],
    ['192.0.2.1 80', ['protocol TCP', 'protocol foo'], ['TCP 192.0.2.1:80'], '192.0.2.1:80/TCP'],
    ['192.0.2.1', ['protocol TCP'], ['TCP 192.0.2.1:0'], '192.0.2.1:0/TCP'],
    ['192.0.2.1/24 80', ['protocol TCP'], ['TCP 192.0.2.1:80'], '192.0.2.1:80/TCP'],
    ['192.0.2.1-9 80', ['protocol TCP'], ['TCP 192.0.2.1:80'], '192.0.2.1:80/TCP'],
    ['2001:DB8:0::1 80', ['protocol TCP'], ['TCP [2001:db8::1]:80'], '[2001:db8::1]:80/TCP'],
    ['vip.example 80', ['protocol TCP'], [], 'vip.example 80'],
    ['192.0.2.1 http', ['protocol TCP'], [], '192.0.2.1 http'],
    ['fwmark 7', [], ['FWM 7/4'], 'fwmark 7'],
    ['fwmark 7', [server('2001:db8::2')], ['FWM 7/6'], 'fwmark 7'],
    ['fwmark 7', [server('2001:db8::2'), server('192.0.2.2')], ['FWM 7/4'], 'fwmark 7'],
    ['fwmark 7', ['ip_family inet6', server('192.0.2.2')], ['FWM 7/6'], 'fwmark 7'],
    ['group G', [], [], 'group G'],
  ])('%s %j', async (head, lines, keys, label) => {
    const { endpoints, label: actual, id } = await serviceOf(head, ...lines);
    expect([endpoints.map(({ key }) => key), actual, id]).toEqual([
      keys,
      label,
      `lb1/virtual_server ${label}`,
    ]);
  });

  test('a mark that is none is no service', async () => {
    expect(await servicesOf('virtual_server fwmark x {\n}\n')).toEqual([]);
  });

  test('a group has many, wherever it stands; of two of one name the first counts', async () => {
    const [service] = await servicesOf(
      'virtual_server group G {\nprotocol TCP\nreal_server 192.0.2.21 80 {\n}\n}\n' +
        'virtual_server_group G {\n192.0.2.1 80\n192.0.2.8-9 81\nfwmark 7\n192.0.2.300 80\n192.0.2.4 http\n}\n' +
        'virtual_server_group G {\n192.0.2.99 80\n}\n',
    );
    expect(service?.endpoints.map(({ key }) => key)).toEqual([
      'TCP 192.0.2.1:80',
      'TCP 192.0.2.8:81',
      'TCP 192.0.2.9:81',
      'FWM 7/4',
    ]);
    expect(service?.protocol?.value).toBe('TCP');
  });

  test.each<[string, string[]]>([
    ['192.0.2.250-252', ['192.0.2.250', '192.0.2.251', '192.0.2.252']],
    ['192.0.2.254-192.0.3.0', ['192.0.2.254', '192.0.2.255', '192.0.3.0']],
    ['192.0.2.8/31', ['192.0.2.8', '192.0.2.9']],
    ['2001:db8::fe-100', ['2001:db8::fe', '2001:db8::ff', '2001:db8::100']],
    ['2001:db8::/127', ['2001:db8::', '2001:db8::1']],
    ['192.0.2.5-5', []],
    ['192.0.2.7-300', []],
    ['192.0.2.9/29', []],
    ['192.0.2.9/33', []],
    ['2001:db8::fffe-1', []],
    ['192.0.2.1-2001:db8::1', []],
    ['lb-vip.example', []],
  ])('%s', (text, addresses) => expect(addressRange(text)).toEqual(addresses));

  test('a range is cut where nobody would read it', () => {
    expect(addressRange('10.0.0.0/8')).toHaveLength(256);
    expect(addressRange('::/0')).toHaveLength(256);
  });
});

describe('how it balances', () => {
  test.each<[string[], string, string]>([
    [[], 'wlc', 'NAT'],
    [['lb_algo rr', 'lb_kind DR'], 'rr', 'DR'],
    [['lvs_sched rr', 'lvs_method TUN'], 'rr', 'TUN'],
    [['lb_algo rr', 'lvs_sched sh', 'lb_kind NAT', 'lvs_method DR'], 'sh', 'DR'],
    [['lvs_sched sh', 'lb_algo rr', 'lvs_method DR', 'lb_kind NAT'], 'rr', 'NAT'],
    [['lb_algo rr', 'lb_algo junk', 'lb_kind DR', 'lb_kind junk'], 'rr', 'DR'],
    [['lb_algo WRR', 'lb_kind dr'], 'wrr', 'DR'],
    [['lb_kind FNAT'], 'wlc', 'FULLNAT'],
  ])('%j', async (lines, scheduler, method) => {
    const service = await serviceOf('192.0.2.1 80', ...lines);
    expect([service.scheduler.value, service.method.value]).toEqual([scheduler, method]);
  });

  test.each<[string[], number | undefined]>([
    [[], undefined],
    [['persistence_timeout 600'], 600],
    [['persistence_timeout'], 360],
    [['persistence_timeout 600', 'persistence_timeout 0'], 600],
    [['persistence_granularity 255.255.255.0'], 360],
  ])('persistence %j', async (lines, seconds) => {
    expect(valueIn((await serviceOf('192.0.2.1 80', ...lines)).persistence)).toBe(seconds);
  });

  test('a granularity makes a service persistent where it is one of its family', async () => {
    const persistence = async (granularity: string) =>
      valueIn((await serviceOf('2001:db8::1 80', `persistence_granularity ${granularity}`)).persistence);
    expect([await persistence('64'), await persistence('255.255.255.0')]).toEqual([360, undefined]);
  });

  test('one address without a port makes a whole group persistent', async () => {
    const [service] = await servicesOf(
      'virtual_server_group G {\n192.0.2.1 80\n192.0.2.2\n}\nvirtual_server group G {\nprotocol TCP\n}\n',
    );
    expect([service?.persistence?.value, service?.persistence?.basis]).toEqual([360, 'default']);
  });

  test('switches are on where they stand', async () => {
    const { onePacket, alpha, omega, inhibitOnFailure } = await serviceOf(
      '192.0.2.1 53',
      'ops off',
      'alpha off',
      'omega',
      'inhibit_on_failure',
    );
    expect([onePacket, alpha, omega, inhibitOnFailure].map(valueIn)).toEqual([true, true, true, true]);
  });

  test('the last sorry server counts', async () => {
    const { sorryServer } = await serviceOf(
      '192.0.2.1 80',
      'sorry_server 192.0.2.8 80',
      'sorry_server 192.0.2.9 81',
      'sorry_server_inhibit',
      'sorry_server_lvs_method NAT',
    );
    const { address, port, method, inhibit } = sorryServer ?? {};
    expect([address, port, method, inhibit].map(valueIn)).toEqual(['192.0.2.9', 81, 'NAT', true]);
  });
});

describe('real servers', () => {
  test('take from the service what they leave out', async () => {
    const { realServers } = await serviceOf(
      '192.0.2.1 80',
      'real_server 192.0.2.21 80 {\n}',
      'real_server 192.0.2.22 81 {\nweight 5\nlvs_method NAT\ninhibit_on_failure off\nuthreshold 9\nlthreshold 3\n}',
      'real_server 192.0.2.23 {\nweight 6\nweight 2147483648\ninhibit_on_failure junk\n}',
      'lb_kind DR',
      'weight 33',
      'inhibit_on_failure',
    );
    const facts = realServers.map(
      ({ label, weight, method, inhibitOnFailure, upperThreshold, lowerThreshold }) => [
        label,
        ...[weight, method, inhibitOnFailure, upperThreshold, lowerThreshold].map(valueIn),
      ],
    );
    expect(facts).toEqual([
      ['192.0.2.21:80', 33, 'DR', true, undefined, undefined],
      ['192.0.2.22:81', 5, 'NAT', false, 9, 3],
      ['192.0.2.23', 6, 'DR', true, undefined, undefined],
    ]);
  });

  test('weight 1 is the default; the service may not set 0, a server may', async () => {
    const { realServers } = await serviceOf(
      '192.0.2.1 80',
      'weight 0',
      'real_server 192.0.2.21 80 {\n}',
      'real_server 192.0.2.22 80 {\nweight 0\n}',
    );
    expect(realServers.map(({ weight }) => [weight.value, weight.basis, standsAt(weight)])).toEqual([
      [1, 'default', 'real_server 192.0.2.21 80'],
      [0, 'written', '0'],
    ]);
  });

  test.each([
    '192.0.2.021 80',
    'web1 80',
    '[2001:db8::1] 80',
    '192.0.2.21:80',
    '192.0.2.21 http',
    '192.0.2.21 65536',
  ])('are left out where keepalived skips them: %s', async (head) => {
    expect((await serviceOf('192.0.2.1 80', `real_server ${head} {\n}`)).realServers).toEqual([]);
  });

  test('a mask is dropped without a word', async () => {
    const { realServers } = await serviceOf('192.0.2.1 80', 'real_server 192.0.2.21/24 80 {\n}');
    expect(realServers.map(({ address }) => address.value)).toEqual(['192.0.2.21']);
  });
});
