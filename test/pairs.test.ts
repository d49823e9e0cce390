import { describe, expect, test } from 'vitest';
import type { Finding } from '../src/judge/finding.ts';
import { allRules, lint } from './support/lint.ts';
import { calm, change, director, grouped, ipv6, unicast, version3 } from './support/pair.ts';

const [lb1, lb2, lb3] = [
  director('lb1', 'MASTER', 150),
  director('lb2', 'BACKUP', 100),
  director('lb3', 'BACKUP', 50),
];
const both = (edit: (text: string) => string) => [edit(lb1), edit(lb2)] as const;

const PAIRS = {
  plain: [lb1, lb2],
  calm: both(calm),
  unicast: [unicast(lb1, '192.0.2.11', '192.0.2.12'), unicast(lb2, '192.0.2.12', '192.0.2.11')],
  version3: both(version3),
  vlan: both((text) => change(text, 'interface eth0', 'interface eth0.120')),
  synced: both((text) => {
    const patient = change(calm(text), 'advert_int 1', 'advert_int 1 | preempt_delay 60');
    return change(patient, 'router_id', 'lvs_sync_daemon eth1 VI_WEB id 7 | router_id');
  }),
  grouped: both(grouped),
} as const;

async function complaints(texts: readonly string[]): Promise<readonly Finding[]> {
  const files = texts.map((text, index) => [`lb${index + 1}/keepalived.conf`, text] as const);
  const { findings, broken } = await lint(Object.fromEntries(files));
  expect(broken).toEqual([]);
  return findings.filter(({ severity }) => severity !== 'info');
}

const said = (findings: readonly Finding[]) => findings.map(({ rule, message }) => `${rule}: ${message}`);

const full = (text: string, own: number) => {
  const peers = [11, 12, 13].filter((each) => each !== own).map((each) => `192.0.2.${each}`);
  return unicast(text, `192.0.2.${own}`, ...peers);
};

const SOUND: Record<string, readonly string[]> = {
  ...PAIRS,
  'the backup first': [lb2, lb1],
  'three nodes': [lb1, lb2, lb3],
  'three unicast nodes': [full(lb1, 11), full(lb2, 12), full(lb3, 13)],
  'two of three unicast nodes': [full(lb1, 11), full(lb2, 12)],
  ipv6: both(ipv6),
  'three IPv6 nodes': [lb1, lb2, lb3].map(ipv6),
  'addresses in another order': [
    lb1,
    change(lb2, '192.0.2.100/24 192.0.2.110/24', '192.0.2.110/24 | 192.0.2.100/24'),
  ],
  'other interface names': [lb1, change(lb2, 'interface eth0', 'interface bond0')],
  'nopreempt and equal priorities on all: whoever is master stays': both((text) =>
    calm(text).replace(/priority \d+/, 'priority 100\n    nopreempt'),
  ),
  'one program under two names, each for its own database': both((text) => text).map((text, at) =>
    text.replaceAll('chk_ipvs', `chk_db${at}`).replace('check-ipvs.sh', `check-db.sh --node ${at}`),
  ),
  'nopreempt on the preferred node only': [
    change(calm(lb1), 'priority 150', 'priority 150 | nopreempt'),
    calm(lb2),
  ],
};

test.each(Object.entries(SOUND))('a sound group gives nothing: %s', async (_, texts) => {
  expect(said(await complaints(texts))).toEqual([]);
});

/** Changed in the second file, or in the first where it says so: `pair`, what stands there -> what is written instead. */
const MISMATCHES: Record<string, readonly string[]> = {
  'vrrp-pair/vrid-mismatch': ['plain: virtual_router_id 61 -> virtual_router_id 51'],
  'vrrp-pair/auth-mismatch': [
    'plain: auth_type PASS -> auth_type AH',
    'plain: auth_pass q8Rt2vLx -> auth_pass q8Rt2vLy',
    'plain: authentication { auth_type PASS auth_pass q8Rt2vLx } ->',
    'plain: auth_type PASS ->',
    'plain: auth_pass q8Rt2vLx ->',
    'plain: auth_pass q8Rt2vLx -> auth_pass q8#Rt2vLx',
  ],
  'vrrp-pair/advert-int-mismatch': [
    'plain: advert_int 1 -> advert_int 2',
    'plain, first: advert_int 1 -> advert_int 5',
    'plain: advert_int 1 -> advert_int 2.0',
  ],
  'vrrp-pair/version-mismatch': [
    'plain: advert_int 1 -> advert_int 1 | version 3',
    'plain: router_id lb2 -> router_id lb2 | vrrp_version 3',
    'version3: vrrp_version 3 -> vrrp_version 2',
  ],
  'vrrp-pair/vip-list-mismatch': [
    'plain: 192.0.2.110/24 -> 192.0.2.110/24 | 192.0.2.130/24',
    'plain, first: 192.0.2.110/24 -> 192.0.2.110/24 | 192.0.2.130/24',
    'plain: 192.0.2.110/24 ->',
    'plain: 192.0.2.110/24 -> 192.0.2.111/24',
    'plain: 192.0.2.100/24 -> 192.0.2.101/24',
    'plain: 192.0.2.110/24 } virtual_ipaddress_excluded { -> } | virtual_ipaddress_excluded { | 192.0.2.110/24',
  ],
  'vrrp-pair/excluded-vips-differ': [
    'plain: 192.0.2.120/24 -> 192.0.2.121/24',
    'plain: virtual_ipaddress_excluded { 192.0.2.120/24 } ->',
    'plain: advert_int 1 -> advert_int 1 | virtual_routes { | 198.51.100.0/24 via 192.0.2.1 dev eth0 | }',
  ],
  'vrrp-pair/transport-mismatch': [
    'plain: advert_int 1 -> advert_int 1 | unicast_src_ip 192.0.2.12 | unicast_peer { | 192.0.2.11 | }',
    'plain: router_id lb2 -> router_id lb2 | vrrp_mcast_group4 224.0.0.118',
    'unicast: unicast_peer { 192.0.2.11 } -> unicast_peer { | }',
    'unicast: unicast_peer { 192.0.2.11 } ->',
  ],
  'vrrp-pair/unicast-peers-asymmetric': [
    'unicast: unicast_peer { 192.0.2.11 } -> unicast_peer { | 192.0.2.111 | }',
    'unicast: unicast_peer { 192.0.2.11 } -> unicast_peer { | 192.0.2.12 | }',
    'unicast: unicast_src_ip 192.0.2.12 -> unicast_src_ip 192.0.2.112',
  ],
  'vrrp-pair/priority-order': [
    'plain: priority 100 -> priority 150',
    'plain: priority 100 -> priority 200',
    'plain: state BACKUP -> state MASTER',
  ],
  'vrrp-pair/weight-cannot-fail-over': [
    'plain, first: weight -60 -> weight -20',
    'plain, first: weight -60 -> weight -50',
    'plain: priority 100 -> priority 80',
  ],
  'vrrp-pair/tracking-differs': [
    'plain: weight -60 -> weight -20',
    'plain: weight -60 ->',
    'plain: fall 2 -> fall 5',
    'calm: track_script { chk_ipvs } ->',
    'plain, first: track_script { chk_ipvs } ->',
  ],
  'vrrp/nopreempt-with-weighted-tracking': ['plain: advert_int 1 -> advert_int 1 | nopreempt'],
  'vrrp-pair/preemption-differs': [
    'calm: advert_int 1 -> advert_int 1 | nopreempt',
    'calm: advert_int 1 -> advert_int 1 | preempt_delay 60',
    'plain: advert_int 1 -> advert_int 1 | down_timer_adverts 5',
    'plain: router_id lb2 -> router_id lb2 | vrrp_down_timer_adverts 5',
  ],
  'vrrp/strict-drops-vip': [
    'plain: router_id lb2 -> router_id lb2 | vrrp_strict',
    'version3: advert_int 1 -> advert_int 1 | strict_mode on',
    'version3: advert_int 1 -> advert_int 1 | no_accept',
  ],
  'vrrp-pair/not-same-link': ['vlan: interface eth0.120 -> interface eth0.130'],
  'vrrp-pair/sync-group-order-conflict': [
    'grouped: virtual_router_id 62 priority 100 -> virtual_router_id 62 | priority 200',
    'grouped: VI_WEB VI_INSIDE } -> VI_WEB | }',
    'grouped: vrrp_sync_group VG_1 { group { VI_WEB VI_INSIDE } } ->',
  ],
  'vrrp-pair/no-garp-after-heal': ['plain: advert_int 1 -> advert_int 1 | garp_lower_prio_repeat 0'],
  'drift/directors-differ': [
    'plain: lb_algo wlc -> lb_algo wrr',
    'plain: lb_kind DR -> lb_kind NAT',
    'plain: delay_loop 6 -> delay_loop 12',
    'plain: real_server 192.0.2.22 80 -> real_server 192.0.2.23 80',
    'plain: lb_algo wlc -> lb_algo wlc | persistence_timeout 300',
    'plain, first: lb_algo wlc -> lb_algo wlc | persistence_timeout 300',
  ],
  'sync/parameters-differ': [
    'synced: VI_WEB id 7 -> VI_WEB id 8',
    'synced, first: VI_WEB id 7 -> VI_WEB id 8',
  ],
};

const cases = Object.entries(MISMATCHES).flatMap(([rule, edits]) =>
  edits.map((edit) => [rule, edit] as const),
);

describe('one changed value gives one finding, with both places', () => {
  test.each(cases)('%s: %s', async (rule, edit) => {
    const [, pair = '', first, from = '', to = ''] = /^(\w+)(, first)?: (.*?) ->(.*)$/.exec(edit) ?? [];
    const [one, other] = PAIRS[pair as keyof typeof PAIRS];
    const texts = first ? [change(one, from, to), other] : [one, change(other, from, to)];
    const findings = await complaints(texts);
    expect(said(findings)).toEqual([expect.stringContaining(`${rule}: `)]);
    const [finding] = findings as readonly [Finding];
    const places = [finding.at, ...finding.related.map(({ at }) => at)];
    expect(new Set(places.map(({ source }) => source.name)).size, 'files with a place').toBe(2);
    const words = [finding, ...finding.also].flatMap(({ message, related }) => [
      message,
      ...related.map((place) => place.message),
    ]);
    expect(words.join('\n'), 'the password').not.toContain('q8');
  });
});

test('of three nodes the one that differs is named, once', async () => {
  const odd = change(lb1, 'advert_int 1', 'advert_int 3');
  const findings = await complaints([odd, lb2, lb3]);
  expect(findings.map(({ rule, host }) => [rule, host])).toEqual([['vrrp-pair/advert-int-mismatch', 'lb1']]);
});

/** What only a running host can show. */
const LIVE = new Set(['vrrp-pair/dual-master']);

test('every rule on pairs that files can show is among them', () => {
  const rules = allRules.map(({ id }) => id).filter((id) => id.startsWith('vrrp-pair/') && !LIVE.has(id));
  expect(rules.filter((id) => MISMATCHES[id] === undefined)).toEqual([]);
});

describe('kernel settings that differ between the nodes', () => {
  const SYSCTL = 'net.ipv4.vs.expire_nodest_conn = 1\nnet.ipv4.vs.schedule_icmp = 0\n';
  const pair = (one: string, other: string) =>
    lint({
      'lb1/keepalived.conf': lb1,
      'lb2/keepalived.conf': lb2,
      'lb1/sysctl.d/90-lvs.conf': one,
      'lb2/sysctl.d/90-lvs.conf': other,
    });
  const grave = (findings: readonly Finding[]) =>
    findings.filter(({ severity }) => severity !== 'info').map(({ rule, related }) => [rule, related.length]);

  test('are one finding with both places', async () => {
    expect(grave((await pair(SYSCTL, SYSCTL)).findings)).toEqual([]);
    const { findings } = await pair(SYSCTL, SYSCTL.replace('icmp = 0', 'icmp = 1'));
    expect(grave(findings)).toEqual([['ipvs-sysctl/differs-between-directors', 1]]);
  });
});
