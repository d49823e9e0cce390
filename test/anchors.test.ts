import { describe, expect, test } from 'vitest';
import { type Files, told, withMistake } from './support/mistake.ts';
import { calm, change, director, unicast, version3 } from './support/pair.ts';

const [lb1, lb2] = [director('lb1', 'MASTER', 150), director('lb2', 'BACKUP', 100)];
const pairOf = (one: string, other: string): Files => ({
  'lb1/keepalived.conf': one,
  'lb2/keepalived.conf': other,
});
const both = (edit: (text: string) => string) => pairOf(edit(lb1), edit(lb2));

/** Sound pairs, into which the mistakes are made. */
const SOUND = {
  plain: pairOf(lb1, lb2),
  calm: both(calm),
  version3: both(version3),
  unicast: pairOf(unicast(lb1, '192.0.2.11', '192.0.2.12'), unicast(lb2, '192.0.2.12', '192.0.2.11')),
  tun: both((text) => change(text, 'lb_kind DR', 'lb_kind TUN')),
} as const;

type Case = readonly [name: string, rule: string, from: string, to: string, at?: string];

/** What is wrong as text: the word, the value, the name. */
const PLAIN_ERRORS: readonly Case[] = [
  [
    'a misspelled keyword',
    'syntax/unknown-keyword',
    'virtual_router_id 61',
    '<|virtual_routerid|> 61 | virtual_router_id 61',
  ],
  ['a scheduler that there is not', 'syntax/malformed-list-or-address', 'lb_algo wlc', 'lb_algo <|wlcc|>'],
  ['priority 300', 'syntax/malformed-list-or-address', 'priority 150', 'priority <|300|>'],
  ['an address with .999', 'syntax/malformed-list-or-address', '192.0.2.110/24', '<|192.0.2.999/24|>'],
  [
    'port 99999',
    'syntax/malformed-list-or-address',
    'real_server 192.0.2.21 80',
    'real_server 192.0.2.21 <|99999|>',
  ],
  [
    'a forwarding method that there is not',
    'syntax/malformed-list-or-address',
    'lb_kind DR',
    'lb_kind <|DRR|>',
  ],
  [
    'a password of 19 characters',
    'vrrp/auth-pass-too-long',
    'auth_pass q8Rt2vLx',
    'auth_pass <|q8Rt2vLxq8Rt2vLxq8R|>',
  ],
  [
    'a track of a script that nothing defines',
    'vrrp/track-script-not-runnable',
    'track_script { chk_ipvs',
    'track_script { | <|chk_ipvsx|>',
  ],
  ['a missing brace', 'syntax/unbalanced-braces', 'weight -60 }', 'weight -60', 'vrrp_script chk_ipvs'],
  [
    'an interface that there cannot be',
    'vrrp/interface-not-usable',
    'interface eth0',
    'interface <|eth0:1|>',
  ],
  [
    'another port of a real server by DR',
    'ipvs/port-mapping-in-dr-tun',
    'real_server 192.0.2.22 80',
    'real_server 192.0.2.22 <|8080|>',
  ],
  [
    'an instance twice',
    'syntax/repeated-keyword',
    'virtual_server 192.0.2.100 80',
    'vrrp_instance <|VI_WEB|> { | state BACKUP | interface eth0 | virtual_router_id 62 | priority 90 | virtual_ipaddress { | 192.0.2.150/24 | } | } | virtual_server 192.0.2.100 80',
  ],
  ['a misspelled check', 'syntax/unknown-keyword', 'HTTP_GET', '<|HTPP_GET|>'],
  ['weight -5 of a server', 'syntax/malformed-list-or-address', 'weight 10', 'weight <|-5|>'],
  ['a prefix of /99', 'syntax/malformed-list-or-address', '192.0.2.110/24', '<|192.0.2.110/99|>'],
  [
    'a script without a path',
    'vrrp/track-script-not-runnable',
    'script "/usr/local/bin/check-ipvs.sh"',
    'script <|"check-ipvs.sh"|>',
  ],
];

/** What is legal and wrong: `keepalived -t` passes most of it. */
const DESIGN_MISTAKES: readonly Case[] = [
  [
    'a service whose address no instance moves',
    'ipvs/virtual-server-without-vip',
    'virtual_server 192.0.2.100 80',
    'virtual_server <|192.0.2.105|> 80',
  ],
  [
    'a server without a check',
    'checker/none',
    'weight 10 HTTP_GET { url { path /healthz status_code 200 } connect_timeout 3 }',
    'weight 10',
    'real_server 192.0.2.21',
  ],
  [
    'a server twice',
    'ipvs/duplicate-virtual-server',
    'real_server 192.0.2.22 80',
    '<|real_server 192.0.2.21 80|>',
  ],
  ['all weights 0', 'ipvs/weights-all-zero', 'all weight 10', 'weight <|0|>'],
  [
    'a server that is the VIP',
    'ipvs/local-real-server-address',
    'real_server 192.0.2.21 80',
    '<|real_server 192.0.2.100 80|>',
  ],
  [
    'a server of another network by DR',
    'ipvs/rs-not-on-link',
    'real_server 192.0.2.21 80',
    '<|real_server 198.51.100.21 80|>',
  ],
  [
    'nopreempt with state MASTER',
    'vrrp/nopreempt-with-state-master',
    'calm: state BACKUP',
    'state MASTER | <|nopreempt|>',
  ],
  [
    'tries that take far longer than delay_loop',
    'checker/detection-too-slow',
    'connect_timeout 3',
    'connect_timeout <|30|>',
  ],
  ['a weight too small to move the VIP', 'vrrp-pair/weight-cannot-fail-over', 'weight -60', 'weight <|-10|>'],
  [
    'a password in version 3',
    'vrrp/authentication-without-effect',
    'version3: advert_int 1',
    'advert_int 1 | <|authentication|> { | auth_type PASS | auth_pass q8Rt2vLx | }',
  ],
  [
    'the own address as a peer',
    'vrrp/unicast-misdeclared',
    'unicast: unicast_peer {',
    'unicast_peer { | <|192.0.2.11|>',
  ],
  ['auth_pass 1111', 'security/plaintext-auth', 'auth_pass q8Rt2vLx', 'auth_pass <|1111|>'],
  ['wrr for equal weights', 'ipvs/wrr-with-equal-weights', 'lb_algo wlc', 'lb_algo <|wrr|>'],
  [
    'sh and persistence',
    'ipvs/persistence-hides-distribution',
    'lb_algo wlc',
    'lb_algo sh | persistence_timeout <|300|>',
  ],
  [
    'a quorum above the sum of weights',
    'ipvs/quorum-unreachable',
    'protocol TCP',
    'protocol TCP | quorum <|50|>',
  ],
  ['priority 255', 'vrrp/implicit-address-owner', 'priority 150', 'priority <|255|>'],
  [
    'another port of a real server by TUN',
    'ipvs/port-mapping-in-dr-tun',
    'tun: real_server 192.0.2.22 80',
    'real_server 192.0.2.22 <|8080|>',
  ],
  [
    'a script that nothing uses',
    'vrrp/unused-script',
    'vrrp_instance VI_WEB',
    'vrrp_script <|chk_other|> { | script "/usr/local/bin/check-other.sh" | interval 2 | fall 2 | rise 2 | } | vrrp_instance VI_WEB',
  ],
  [
    'a timeout of a script above its interval',
    'vrrp/track-script-verdict-unreliable',
    'interval 2',
    'interval 2 | timeout <|10|>',
  ],
  ['a VIP twice', 'vrrp/vip-also-static', '192.0.2.110/24', '192.0.2.110/24 | <|192.0.2.100/24|>'],
];

/** Where both nodes have it, it is another mistake. */
const OF_ONE_NODE = new Set([
  'priority 300',
  'priority 255',
  'the own address as a peer',
  'nopreempt with state MASTER',
]);
/** Two words: where one node has them, the nodes differ in both. */
const OF_BOTH_NODES = new Set(['all weights 0', 'sh and persistence']);

for (const [kind, count, cases] of [
  ['plain errors', 16, PLAIN_ERRORS],
  ['design mistakes', 20, DESIGN_MISTAKES],
] as const)
  describe(kind, () => {
    test(`are ${count}`, () => expect(cases).toHaveLength(count));
    for (const [name, rule, words, to, at] of cases)
      test(name, async () => {
        const [, all, pair = 'plain', from = ''] = /^(all )?(?:(\w+): )?(.*)$/s.exec(words) ?? [];
        const sound = SOUND[pair as keyof typeof SOUND];
        const mistake = { rule, from, to, at, everywhere: all !== undefined };
        const [one = '', other = ''] = Object.values(sound);
        const { text, line } = withMistake(one, mistake);
        const expected = `${rule} lb1/keepalived.conf:${line}`;
        if (!OF_BOTH_NODES.has(name)) {
          const said = await told({ ...sound, 'lb1/keepalived.conf': text }, sound, rule);
          // Itself, or told with the difference between the nodes.
          expect(said, 'on one node').toEqual([expect.arrayContaining([expected])]);
        }
        if (OF_ONE_NODE.has(name)) return;
        const said = await told(pairOf(text, withMistake(other, mistake).text), sound, rule);
        expect(
          said.map(([first]) => first),
          'on both nodes',
        ).toEqual([expected]);
      });
  });
