import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secretsIn, secretsOf } from '../../src/evidence/secrets.ts';
import { expectLinear } from '../support/cost.ts';

const masked = (line: string) => {
  let text = line;
  for (const { start, end } of secretsIn(line)) {
    text = text.slice(0, start) + '*'.repeat(end - start) + text.slice(end);
  }
  return text;
};

describe('is a secret', () => {
  test.each([
    ['    auth_pass 1111', '    auth_pass ****'],
    ['auth_pass "a b#c" # old', 'auth_pass "*****" # old'],
    ["auth_pass 'päß wörd'", "auth_pass '********'"],
    ['"auth_pass" 1111', '"auth_pass" ****'],
    ['auth_pass k@!v362', 'auth_pass *******'],
    ['auth_pass pa\\#ss', 'auth_pass ******'],
    ['auth_pass $1$chch$Z63uD', 'auth_pass *************'],
    ['auth_pass $ecret', 'auth_pass ******'],
    ['auth_pass "never closed', 'auth_pass "************'],
    ['auth_pass correct horse battery # staple', 'auth_pass ********************* # staple'],
    ['auth_pass 1111 virtual_router_id 51', 'auth_pass **** virtual_router_id 51'],
    ['authentication { auth_type PASS auth_pass test }', 'authentication { auth_type PASS auth_pass **** }'],
    ['#   auth_pass 1111', '#   auth_pass ****'],
    ['Auth_Pass 1111', 'Auth_Pass ****'],
    ['auth_password: hunter2', 'auth_password: *******'],
    ['auth_pass = 1111', 'auth_pass = ****'],
    ['auth_pass P9WDn5Mi \\', 'auth_pass ******** \\'],
    ['$AUTH_PASS=Tr0ub4dor', '$AUTH_PASS=*********'],
    ['$VRRP_SECRET="two words"', '$VRRP_SECRET="*********"'],
    ['  password joe', '  password ***'],
    ['# password password1', '# password *********'],
    ['url { path / username a password secret123 }', 'url { path / username a password ********* }'],
    ['SSL { password joe }', 'SSL { password *** }'],
    ['key 1 hex:00010203', 'key 1 ************'],
    ['auth_hmac { key 2 "some text" }', 'auth_hmac { key 2 "*********" }'],
    ['misc_path "/usr/bin/mysql -u root -ps3cret -e 1"', 'misc_path "/usr/bin/mysql -u root -p****** -e 1"'],
    ['script "redis-cli -a s3cret ping"', 'script "redis-cli -a ****** ping"'],
    ['misc_path "/x --password s3cret"', 'misc_path "/x --password ******"'],
    ['misc_path "/x --db-password=s3cret;y"', 'misc_path "/x --db-password=******;y"'],
    ['curl -u admin:s3cret http://x/', 'curl -u admin:****** http://x/'],
    ['path http://admin:s3cret@10.0.0.1/x', 'path http://admin:******@10.0.0.1/x'],
    ['curl -H "Authorization: Bearer abc.def" x', 'curl -H "Authorization: Bearer *******" x'],
    ['MYSQL_PWD=s3cret mysql', 'MYSQL_PWD=****** mysql'],
    ['export VRRP_AUTH=1111', 'export VRRP_AUTH=****'],
    ['{"auth_token": "s3cret", "mtu": 1500}', '{"auth_token": "******", "mtu": 1500}'],
    ['net.ipv4.tcp_fastopen_key = 0-0-0-1', 'net.ipv4.tcp_fastopen_key = *******'],
    ['net.ipv6.conf.all.stable_secret=2001:db8::1', 'net.ipv6.conf.all.stable_secret=***********'],
  ])('%s', (line, expected) => {
    expect(masked(line)).toBe(expected);
  });
});

describe('is none', () => {
  test.each([
    'auth_type PASS',
    'auth_pass',
    'auth_pass # to be set',
    'auth_pass $AUTH_PASS',
    'auth_pass ${VRRP_PASS}',
    'key 1 file:/etc/keepalived/hmac.key',
    'key /etc/keepalived/server.key',
    'active_key 1',
    '# the password must be shared',
    'passive',
    'regex passing',
    'ipvsadm -a -u 10.0.0.1:53 -r 10.0.0.2:53 -m',
    'net.ipv4.vs.cache_bypass=1',
    'sysctl -w net.ipv6.ip6frag_secret_interval=60',
    'net.ipv6.conf.all.seg6_require_hmac = 0',
    'ip tunnel add tun0 mode gre key 1 ttl 255',
    'PASSWORD=$1',
    'PASSWORD=$(cat /etc/pw)',
    'PASSWORD_FILE=/etc/pw',
    'mkdir -p /var/lib',
    'path http://10.0.0.1:8080/a@b',
  ])('%s', (line) => {
    expect(masked(line)).toBe(line);
  });
});

test('a text knows the places and the spellings of its secrets', () => {
  const text = 'a 1\r\n auth_pass long#pass9 \r\nb\n auth_pass "x y"';
  const { ranges, values } = secretsOf({ text });
  expect(ranges.map(({ start, end }) => text.slice(start, end))).toEqual(['long#pass9', 'x y']);
  expect([...values]).toEqual(['long#pass9', 'long', 'long#pas', 'x y']);
});

test('ranges are in order, apart and inside the line, whatever the line', () => {
  const unit = fc.constantFrom(
    ...[
      'auth_pass',
      'password',
      '=',
      ' ',
      '"',
      "'",
      '#',
      '{',
      '://',
      ':',
      '@',
      'key 1 ',
      '-p',
      '--user',
      'curl',
      'mysql',
      '$',
      'ä',
      '😀',
      'x',
    ],
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 40 }), (line) => {
      let end = -1;
      for (const range of secretsIn(line)) {
        expect(range.start).toBeGreaterThan(end);
        expect(range.end).toBeGreaterThan(range.start);
        end = range.end;
      }
      expect(end).toBeLessThanOrEqual(line.length);
    }),
  );
});

/** How much longer ten times the text takes; a quadratic search would take a hundred times as long. */
test.each([
  'auth_pass ',
  'auth_pass"',
  'password ',
  'password=',
  '#',
  '{',
  ' ',
  '://',
  '://x:',
  'key 1 ',
  '--pass ',
  'curl -u ',
  'redis-cli -a ',
  '--a-',
  'authorization: ',
])('long lines of %j cost in proportion', (piece) => {
  expectLinear(25_000, (length) => secretsIn(piece.repeat(length / piece.length)));
});

const corpus = process.env.LVSDOCTOR_CORPUS;
test.skipIf(corpus === undefined)('no password of the corpus stays readable', () => {
  const folder = join(corpus ?? '', 'keepalived');
  const left: string[] = [];
  let seen = 0;
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    for (const [line, , value = ''] of text.matchAll(/^[ \t]*(auth_pass|password)[ \t]+([^\s#!{}]+).*$/gm)) {
      seen += 1;
      const rest = masked(line)
        .trimStart()
        .split(/[ \t]+/)
        .slice(1);
      if (rest.includes(value) && !value.startsWith('*')) left.push(`${name}: ${line}`);
    }
  }
  expect(left).toEqual([]);
  expect(seen).toBeGreaterThan(100);
});
