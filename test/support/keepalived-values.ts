import fc from 'fast-check';
import type { Argument, Keyword, ListName } from '../../grammars/keepalived/keywords.ts';

/* Words behind a keyword: what keepalived 2.2.7 takes, by the kinds, forms and lists of the vocabulary. */

const pick = (...values: readonly (string | number)[]): fc.Arbitrary<string> =>
  fc.constantFrom(...values).map(String);

/** A program that every machine has, and that only root can write: what scripts have to be. */
const PROGRAM = '/bin/true';

const inBounds = ({ min, max }: Argument): fc.Arbitrary<string> =>
  pick(min, max, Math.min(max, Math.max(min, 3)));

const KINDS: Readonly<Record<string, (argument: Argument) => fc.Arbitrary<string>>> = {
  int: inBounds,
  sec: ({ min, max }) => pick(Math.ceil(min), Math.min(Math.floor(max), 86_400), Math.max(3, Math.ceil(min))),
  ms: ({ min, max }) => pick(min, max, Math.min(max, Math.max(min, 30))),
  port: () => pick(1, 65_535, 8080),
  bool: () => pick('on', 'off', 'true', 'false', 'yes', 'no'),
  switch: () => pick('on', 'off', 'true', 'no'),
  flag: () => pick('on', 'off', 'true', 'no'),
  one: ({ words }) => pick(...words),
  any: ({ words }) => pick(...words, ...words.map((word) => word.toLowerCase())),
  word: () => pick('abc', 'x1', '"a b"'),
  name: () => fc.integer({ min: 1000, max: 99_999 }).map((number) => `N${number}`),
  secret: () => pick('s3cret', '"a b"', 'longer-than-8'),
  if: () => pick('eth7', 'eth0.100'),
  ip: () => pick('192.0.2.40', '2001:db8::40', '0.0.0.0'),
  group4: () => pick('224.0.0.19', '239.255.255.255', '10.0.0.1'),
  group6: () => pick('ff02::13', 'FF02::1', 'fe80::1'),
  mcast: () => pick('224.0.0.19', 'ff02::13'),
  host: () => pick('127.0.0.1', '::1'),
  scheduler: () => pick('rr', 'wlc', 'sh', 'mh', 'nq', 'twos'),
  digest: () => pick('0123456789abcdef0123456789abcdef'),
  hex: () => pick('01fe', '"01 fe"'),
  hexX: () => pick('01fe', '0Xxx'),
  cmd: () => pick(PROGRAM, `"${PROGRAM} a b"`),
  cmd1: () => pick(PROGRAM, `"${PROGRAM} a b"`),
  user: () => pick('root'),
  group: () => pick('root'),
};

const FORMS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  service: pick('192.0.2.130 80', '2001:db8::130 80', 'fwmark 9', 'group g1', '192.0.2.131'),
  method: pick('NAT', 'DR', 'TUN', 'TUN type ipip', 'TUN type gue port 4000', 'TUN type gre csum', 'DR x'),
  granularity: pick('255.255.255.0', '255.255.255.255', '64', '24'),
  lvs_timeouts: pick('tcp 900', 'tcp 900 tcpfin 120 udp 300', 'udp 0', 'tcp'),
  lvs_sync_daemon: pick(
    'eth7 VI_1',
    'eth7 VI_1 id 7',
    'eth7 inst VI_1 maxlen 1400 port 8848 ttl 1',
    'eth7',
    'eth7 VI_1 7',
  ),
  extra_if: pick('30', 'all 30', '0', 'all', '86400'),
  rx_bufs_policy: pick('mtu', 'ADVERT', '3000', 'x'),
  umask: pick('022', '0x12', '18', 'IWGRP', 'IWGRP | IWOTH', 'IWGRP|IROTH', '0778'),
  include_check: pick('', 'read', 'read +match', '+match -read', 'readable', 'wildcard_match'),
  use_vmac: pick(
    '',
    'vrrp7',
    '00:00:5e:00:01:0a',
    'vrrp7 00:00:5e:00:01:0a',
    'vrrp7 vrrp8',
    'a-name-too-long-by-far',
  ),
  use_ipvlan: pick('', 'ipv7', 'ipv7 192.0.2.70', 'ipv7 bridge', 'ipv7 ipv8'),
  init_file: pick('', '0', '7 overwrite', 'overwrite', '300'),
  status_code: pick('200', '200 301-302', '200,201', '99', '599'),
  regex_options: pick('caseless', 'caseless multiline', 'nonsense'),
  offset: pick('0', '7', 'x'),
};

const ROUTE = pick(
  ...[
    '198.51.100.0/24 via 192.0.2.254 dev eth7',
    'default via 192.0.2.254 dev eth7 metric 7',
    '2001:db8:1::/48 via 2001:db8::fe dev eth7',
    'blackhole 198.51.100.0/25',
    '198.51.100.0/24 dev eth7 scope link src 192.0.2.111 table 7 mtu lock 1400 hoplimit 9',
    'unreachable 198.51.100.64/26 no_track',
    '198.51.100.0/24 nexthop via 192.0.2.253 dev eth7 weight 2 nexthop via 192.0.2.252 dev eth7',
    'src 192.0.2.111 to 198.51.100.0/24 via 192.0.2.254 dev eth7 realms 3 initcwnd 9 quickack 1',
  ],
);
const RULE = pick(
  ...[
    'from 192.0.2.0/24 table 7 preference 9',
    'to 198.51.100.0/24 lookup 8 priority 10',
    'from 2001:db8::/32 table 9 preference 11',
    'fwmark 7/0xff table 7 preference 12',
    'iif eth7 to default blackhole preference 13',
    'not from 192.0.2.0/24 tos 0x10 goto 200 preference 14',
    'from 192.0.2.0/24 table 7',
    'from 192.0.2.9 uidrange 7-9 ipproto tcp sport 1-9 dport 80-90 prohibit preference 15 no_track',
  ],
);
const ADDRESS = ['192.0.2.140/24', '192.0.2.141', '2001:db8::140/64', '192.0.2.142/32 dev eth7 scope link'];
const NAMES = pick('VI_1', 'VI_2');

/** Items of each list, as they stand between the frame's blocks. */
export const ITEMS: Readonly<Record<ListName, fc.Arbitrary<string>>> = {
  addresses: pick(
    ...ADDRESS,
    '192.0.2.143/24 brd + label eth9:7',
    '192.0.2.144 peer 192.0.2.145',
    '192.0.2.146/24 no_track',
  ),
  'static-addresses': pick(...ADDRESS.map((text) => (text.includes(' dev ') ? text : `${text} dev eth7`))),
  routes: ROUTE,
  'static-routes': ROUTE,
  rules: RULE,
  'static-rules': RULE,
  peers: pick('192.0.2.9', '2001:db8::9', '192.0.2.8 min_ttl 9 max_ttl 255'),
  'track-interface': pick('eth5', 'eth5 weight 9', 'eth5 weight -253', 'eth4 weight 254', 'eth9'),
  'track-script': pick('s1', 's1 weight 9', 's1 weight -2 reverse', 's9', 's1 weight 2 noreverse'),
  'track-file': pick('f1', 'f1 weight 9', 'f1 weight 254 reverse', 'f9'),
  'track-process': pick('p1', 'p1 weight 9', 'p1 weight -254', 'p9'),
  'track-bfd': pick('b1', 'b1 weight 9', 'b1 weight -253 reverse', 'b9'),
  'group-entries': pick(
    '192.0.2.150 80',
    '192.0.2.151-153 80',
    'fwmark 5',
    'fwmark 6 inet6',
    '192.0.2.154/31 80',
  ),
  names: NAMES,
  interfaces: pick('eth5', 'eth6'),
  emails: pick('root@example.org', 'a@example.org b@example.org'),
  linkbeat: pick('eth7', 'eth7 MII', 'eth6 ETHTOOL'),
  delays: pick('eth7 2', 'eth7 2 3'),
};

/** Words in place of a value: mostly none that fits. */
const WILD = pick(
  ...[
    '-1',
    '0',
    '256',
    '65536',
    '4294967296',
    '99999999999999999999999',
    '1.5',
    '0.0000001',
    '3s',
    '0x10',
    '=',
    '""',
  ],
  ...[
    'yes',
    'ON',
    'Master',
    'abc,',
    '192.0.2.300',
    '10.1',
    '[2001:db8::1]',
    '192.0.2.1/24',
    'fe80::1%eth0',
    '+3',
    '-0',
  ],
  ...[
    '007',
    '1e3',
    'off',
    'root',
    'eth0',
    ':::',
    '1-2',
    'a-word-that-is-longer-than-most-names-can-be',
    '$X',
    '${X}',
    '_',
  ],
);

/** The words behind a keyword; `wild`: one of them may be anything. */
export function wordsBehind(keyword: Keyword, wild: boolean): fc.Arbitrary<string> {
  if (keyword.form !== undefined) {
    const own = FORMS[keyword.form] ?? fc.constant('');
    return wild
      ? fc.oneof(
          own,
          WILD,
          fc.tuple(own, WILD).map((words) => words.join(' ')),
        )
      : own;
  }
  const words = keyword.args.map((argument) => {
    const value = (KINDS[argument.kind] ?? (() => WILD))(argument);
    const repeated = argument.repeats
      ? fc.array(value, { minLength: argument.optional ? 0 : 1, maxLength: 3 }).map((all) => all.join(' '))
      : value;
    return argument.optional ? fc.option(repeated, { nil: '' }) : repeated;
  });
  // What is left out ends the line: a later word would be taken for it.
  const whole = fc.tuple(...words).map((all) => {
    const end = all.indexOf('');
    return all.slice(0, end === -1 ? undefined : end);
  });
  if (!wild) return whole.map((all) => all.join(' '));
  return fc.tuple(whole, WILD, fc.nat()).map(([all, value, at]) => {
    const target = at % (all.length + 1);
    return [...all.slice(0, target), value, ...all.slice(target + 1)].join(' ');
  });
}
