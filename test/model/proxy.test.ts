import { describe, expect, test } from 'vitest';
import { readSocketText } from '../../src/model/socket-text.ts';
import { clusterOf } from '../support/lint.ts';

async function listeners(path: string, text: string) {
  const [host] = (await clusterOf({ [path]: text })).hosts;
  return host?.proxies?.flatMap((proxy) =>
    proxy.listeners.map(({ address = '*', families, ports: [low, high], protocol, unclear }) =>
      unclear ? 'unclear' : `${protocol} ${address} ${families.join('+')} ${low}-${high}`,
    ),
  );
}

describe('haproxy listens', () => {
  test.each([
    ['bind *:80', ['TCP * 4 80-80']],
    ['bind :80,192.0.2.1:81', ['TCP * 4 80-80', 'TCP 192.0.2.1 4 81-81']],
    ['bind :::80 v4v6', ['TCP * 4+6 80-80']],
    ['bind [2001:db8::1]:443 ssl crt /x', ['TCP 2001:db8::1 6 443-443']],
    ['bind ipv4@192.0.2.1:8000-8010', ['TCP 192.0.2.1 4 8000-8010']],
    ['bind ipv6@:443', ['TCP * 6 443-443']],
    ['bind /run/haproxy.sock mode 660', []],
    ['bind fd@3', []],
    ['bind "${VIP}:80"', ['unclear']],
    ['bind px1.example.net:80', ['unclear']],
  ])('%s', async (line, expected) => {
    expect(await listeners('px1/haproxy.cfg', `frontend web\n    ${line}\n`)).toEqual(expected);
  });

  test('as it was written before bind', async () => {
    expect(await listeners('px1/haproxy.cfg', 'listen stats 0.0.0.0:9000\n    mode http\n')).toEqual([
      'TCP * 4 9000-9000',
    ]);
  });
});

describe('nginx listens', () => {
  test.each([
    ['listen 80 default_server;', ['TCP * 4 80-80']],
    ['listen 192.0.2.1;', ['TCP 192.0.2.1 4 80-80']],
    ['listen [::]:443 ssl; listen 443 ssl;', ['TCP * 6 443-443', 'TCP * 4 443-443']],
    ['listen [::]:80 ipv6only=off;', ['TCP * 4+6 80-80']],
    ['listen 53 udp;', ['UDP * 4 53-53']],
    ['listen unix:/run/x.sock;', []],
    ['listen localhost:8000;', ['unclear']],
    ['server_name x;', ['TCP * 4 80-80']],
  ])('%s', async (lines, expected) => {
    expect(await listeners('px1/nginx.conf', `http {\n  server {\n    ${lines}\n  }\n}\n`)).toEqual(expected);
  });

  test('in files that nobody gave as well', async () => {
    const [host] = (
      await clusterOf({ 'px1/nginx.conf': 'http {\n include /etc/nginx/sites-enabled/*;\n}\n' })
    ).hosts;
    expect(host?.partial.get('proxies')).toBe('px1/nginx.conf includes /etc/nginx/sites-enabled/*');
  });
});

test('a word without a port is an address', () => {
  expect(readSocketText('192.0.2.1')).toEqual({
    address: '192.0.2.1',
    families: [4],
    ports: undefined,
    unclear: false,
  });
});
