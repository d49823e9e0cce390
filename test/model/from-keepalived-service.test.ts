import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/evidence/fact.ts';
import { addressRange } from '../../src/model/address-range.ts';
import type { Checker, VirtualService } from '../../src/model/service.ts';
import { clusterOf } from '../support/lint.ts';
import { standsAt } from '../support/script.ts';

/* What keepalived 2.2.7 puts into the kernel's table, and what it says of checks in the dump of its configuration. */

const servicesOf = async (text: string) =>
  (await clusterOf({ 'lb1/keepalived.conf': text })).hosts[0]?.services ?? [];

async function serviceOf(head: string, ...lines: string[]): Promise<VirtualService> {
  const [service] = await servicesOf(`virtual_server ${head} {\n${lines.join('\n')}\n}\n`);
  return service as VirtualService;
}

const server = (head: string) => `real_server ${head} {\n}`;
const said = (fact: Fact<unknown> | undefined) => fact?.value;

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
    expect(said((await serviceOf('192.0.2.1 80', ...lines)).persistence)).toBe(seconds);
  });

  test('a granularity makes a service persistent where it is one of its family', async () => {
    const persistence = async (granularity: string) =>
      said((await serviceOf('2001:db8::1 80', `persistence_granularity ${granularity}`)).persistence);
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
    expect([onePacket, alpha, omega, inhibitOnFailure].map(said)).toEqual([true, true, true, true]);
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
    expect([address, port, method, inhibit].map(said)).toEqual(['192.0.2.9', 81, 'NAT', true]);
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
        ...[weight, method, inhibitOnFailure, upperThreshold, lowerThreshold].map(said),
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

describe('checks', () => {
  const checksOf = async (service: string[], server: string[], ...checks: string[]) => {
    const block = [...server, ...checks].join('\n');
    const { realServers } = await serviceOf(
      '192.0.2.1 80',
      ...service,
      `real_server 192.0.2.21 80 {\n${block}\n}`,
    );
    return realServers[0]?.checkers ?? [];
  };
  const numbers = ({ connectTimeout, retry, delayBeforeRetry, delayLoop }: Checker) =>
    [connectTimeout, retry, delayBeforeRetry, delayLoop].map(said);

  test.each<[string, (number | undefined)[]]>([
    ['TCP_CHECK', [5, 1, 1, 60]],
    ['HTTP_GET', [5, 1, 3, 60]],
    ['SSL_GET', [5, 1, 3, 60]],
    ['SMTP_CHECK', [5, 1, 1, 60]],
    ['DNS_CHECK', [5, 3, 60, 60]],
    ['UDP_CHECK', [5, 1, 1, 60]],
    ['PING_CHECK', [5, 1, 1, 60]],
    ['MISC_CHECK', [undefined, 0, 1, 60]],
  ])('the defaults of %s', async (kind, expected) => {
    const [check] = await checksOf([], [], `${kind} {\n}`);
    expect(check && numbers(check)).toEqual(expected);
  });

  test('a DNS_CHECK waits a delay_loop, whoever sets it', async () => {
    const [check] = await checksOf(['delay_loop 7'], [], 'DNS_CHECK {\n}');
    expect(check && numbers(check)).toEqual([5, 3, 7, 7]);
  });

  const SERVICE = ['delay_loop 7', 'retry 5', 'delay_before_retry 4', 'connect_timeout 2'];
  const SERVER = ['delay_loop 3', 'retry 6', 'delay_before_retry 8', 'connect_timeout 1'];
  test.each<[string, string[], string[], string, number[]]>([
    ['the service', SERVICE, [], 'HTTP_GET {\n}', [2, 5, 4, 7]],
    ['the server', SERVICE, SERVER, 'HTTP_GET {\n}', [1, 6, 8, 3]],
    [
      'the check',
      SERVICE,
      SERVER,
      `HTTP_GET {\nconnect_timeout 9\nretry 0\ndelay_loop 0.5\n}`,
      [9, 0, 8, 0.5],
    ],
    ['lines behind the check', SERVICE, ['HTTP_GET {\n}', ...SERVER], 'TCP_CHECK {\n}', [1, 6, 8, 3]],
    [
      'what keepalived takes',
      ['retry 0', 'delay_before_retry 0', 'connect_timeout 0'],
      [],
      'TCP_CHECK {\n}',
      [5, 1, 0, 60],
    ],
  ])('the numbers come from %s', async (_, service, server, check, expected) => {
    const checks = await checksOf(service, server, check);
    for (const each of checks) expect(numbers(each)).toEqual(expected);
    expect(checks.length).toBeGreaterThan(0);
  });

  test('checks of equal text stand each in its own place', async () => {
    const text = (address: string) =>
      `real_server ${address} 80 {\nTCP_CHECK {\nconnect_timeout 3\nconnect_port 81\n}\n}\n`;
    const service = await serviceOf('192.0.2.1 80', text('192.0.2.21'), text('192.0.2.22'));
    const starts = service.realServers.map(({ checkers, place }) => {
      const [check] = checkers ?? [];
      expect([check?.connectTimeout, check?.connectPort].map((fact) => fact && standsAt(fact))).toEqual([
        '3',
        '81',
      ]);
      return (check?.connectTimeout?.place.range.start ?? 0) - place.range.start;
    });
    expect(new Set(starts).size).toBe(1);
  });

  test('urls keep what they say', async () => {
    const [check] = await checksOf(
      [],
      [],
      'HTTP_GET {\nvirtualhost a.example\nurl {\npath /\nstatus_code 200-299\n}\nurl {\npath /b\nvirtualhost b.example\n}\n}',
    );
    expect(check?.virtualhost?.value).toBe('a.example');
    expect(
      check?.urls?.map(({ path, statusCode, virtualhost }) => [path, statusCode, virtualhost].map(said)),
    ).toEqual([
      ['/', '200-299', undefined],
      ['/b', undefined, 'b.example'],
    ]);
  });

  test('a check may name only what is defined above it', async () => {
    const [file, bfd] = await checksOf([], [], 'FILE_CHECK {\ntrack_file f\n}', 'BFD_CHECK {\nname b\n}');
    expect([file?.undefinedName, bfd?.undefinedName].map(said)).toEqual(['f', 'b']);
    const definition = 'track_file f {\nfile /run/f\n}\n';
    const user =
      'virtual_server 192.0.2.1 80 {\nreal_server 192.0.2.2 80 {\nFILE_CHECK {\ntrack_file f\n}\n}\n}\n';
    const undefinedName = async (text: string) =>
      (await servicesOf(text))[0]?.realServers[0]?.checkers?.[0]?.undefinedName?.value;
    expect(await undefinedName(definition + user)).toBeUndefined();
    expect(await undefinedName(user + definition)).toBe('f');
  });
});
