import { describe, expect, test } from 'vitest';
import type { Checker } from '../../src/model/service.ts';
import { standsAt } from '../support/script.ts';
import { serviceOf, servicesOf, valueIn } from '../support/service.ts';

/* What keepalived 2.2.7 says of checks in the dump of its configuration. */

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
    [connectTimeout, retry, delayBeforeRetry, delayLoop].map(valueIn);

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
      check?.urls?.map(({ path, statusCode, virtualhost }) => [path, statusCode, virtualhost].map(valueIn)),
    ).toEqual([
      ['/', '200-299', undefined],
      ['/b', undefined, 'b.example'],
    ]);
  });

  test('a check may name only what is defined above it', async () => {
    const [file, bfd] = await checksOf([], [], 'FILE_CHECK {\ntrack_file f\n}', 'BFD_CHECK {\nname b\n}');
    expect([file?.undefinedName, bfd?.undefinedName].map(valueIn)).toEqual(['f', 'b']);
    const definition = 'track_file f {\nfile /run/f\n}\n';
    const user =
      'virtual_server 192.0.2.1 80 {\nreal_server 192.0.2.2 80 {\nFILE_CHECK {\ntrack_file f\n}\n}\n}\n';
    const undefinedName = async (text: string) =>
      (await servicesOf(text))[0]?.realServers[0]?.checkers?.[0]?.undefinedName?.value;
    expect(await undefinedName(definition + user)).toBeUndefined();
    expect(await undefinedName(user + definition)).toBe('f');
  });
});
