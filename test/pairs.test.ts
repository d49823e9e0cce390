import { describe, expect, test } from 'vitest';
import type { Finding } from '../src/judge/finding.ts';
import { lint } from './support/lint.ts';

/** A director of a DR cluster as people write it; only router_id, state and priority differ between the two. */
function director(id: string, state: string, priority: number): string {
  return `global_defs {
    router_id ${id}
    enable_script_security
    script_user root
}

vrrp_script chk_ipvs {
    script "/usr/local/bin/check-ipvs.sh"
    interval 2
    fall 2
    rise 2
    weight -60
}

vrrp_instance VI_WEB {
    state ${state}
    interface eth0
    virtual_router_id 61
    priority ${priority}
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass q8Rt2vLx
    }
    virtual_ipaddress {
        192.0.2.100/24
        192.0.2.110/24
    }
    virtual_ipaddress_excluded {
        192.0.2.120/24
    }
    track_script {
        chk_ipvs
    }
}

virtual_server 192.0.2.100 80 {
    delay_loop 6
    lb_algo wlc
    lb_kind DR
    protocol TCP

    real_server 192.0.2.21 80 {
        weight 10
        HTTP_GET {
            url {
                path /healthz
                status_code 200
            }
            connect_timeout 3
        }
    }
    real_server 192.0.2.22 80 {
        weight 10
        HTTP_GET {
            url {
                path /healthz
                status_code 200
            }
            connect_timeout 3
        }
    }
}
`;
}

const lb1 = director('lb1', 'MASTER', 150);
const lb2 = director('lb2', 'BACKUP', 100);

/** The same pair for networks without multicast. */
const unicast = (text: string, own: string, ...peers: string[]) =>
  text.replace(
    '    advert_int 1\n',
    `    advert_int 1
    unicast_src_ip ${own}
    unicast_peer {
${peers.map((peer) => `        ${peer}\n`).join('')}    }
`,
  );
const unicast1 = unicast(lb1, '192.0.2.11', '192.0.2.12');
const unicast2 = unicast(lb2, '192.0.2.12', '192.0.2.11');

/** Both nodes start as BACKUP, and a failed check means FAULT. */
const calm = (text: string) => text.replace('    weight -60\n', '').replace('state MASTER', 'state BACKUP');

/** Changes one thing in a file; the test is wrong where the file does not hold it. */
function change(text: string, from: string, to: string): string {
  expect(text.split(from), `'${from}' stands in the file once`).toHaveLength(2);
  return text.replace(from, to);
}

async function complaints(...texts: readonly string[]): Promise<readonly Finding[]> {
  const files = texts.map((text, index) => [`lb${index + 1}/keepalived.conf`, text] as const);
  const { findings, broken } = await lint(Object.fromEntries(files));
  expect(broken).toEqual([]);
  return findings.filter(({ severity }) => severity !== 'info');
}

const said = (findings: readonly Finding[]) => findings.map(({ rule, message }) => `${rule}: ${message}`);

/** IPv6, version 3: no passwords, a link-local address first. */
const v6 = (text: string) =>
  text
    .replace(/ {4}authentication \{[^}]*\}\n/, '')
    .replace(
      / {8}192\.0\.2\.100\/24\n {8}192\.0\.2\.110\/24\n/,
      '        fe80::100/64\n        2001:db8::100/64\n',
    )
    .replace(/ {4}virtual_ipaddress_excluded \{[^}]*\}\n/, '')
    .replaceAll('192.0.2.100 80', '2001:db8::100 80')
    .replaceAll('192.0.2.2', '2001:db8::2');

const v3 = (text: string) =>
  text.replace(/ {4}authentication \{[^}]*\}\n/, '').replace('router_id', 'vrrp_version 3\n    router_id');

/** A NAT pair: outside and inside address move together. */
const grouped = (text: string) =>
  `${text.replace('    weight -60\n', '').replace('lb_kind DR', 'lb_kind NAT')}
vrrp_instance VI_INSIDE {
    state ${text.includes('state MASTER') ? 'MASTER' : 'BACKUP'}
    interface eth1
    virtual_router_id 62
    priority ${text.includes('priority 150') ? 150 : 100}
    advert_int 1
    virtual_ipaddress {
        10.0.0.1/24
    }
}

vrrp_sync_group VG_1 {
    group {
        VI_WEB
        VI_INSIDE
    }
}
`.replaceAll('192.0.2.2', '10.0.0.2');

describe('a sound group gives nothing', () => {
  const third = director('lb3', 'BACKUP', 50);
  test.each([
    ['a pair', [lb1, lb2]],
    ['a pair, the backup first', [lb2, lb1]],
    ['a pair that starts as BACKUP, a failed check means FAULT', [calm(lb1), calm(lb2)]],
    ['three nodes', [lb1, lb2, third]],
    ['a unicast pair', [unicast1, unicast2]],
    [
      'three unicast nodes',
      [
        unicast(lb1, '192.0.2.11', '192.0.2.12', '192.0.2.13'),
        unicast(lb2, '192.0.2.12', '192.0.2.11', '192.0.2.13'),
        unicast(third, '192.0.2.13', '192.0.2.11', '192.0.2.12'),
      ],
    ],
    [
      'two of three unicast nodes',
      [
        unicast(lb1, '192.0.2.11', '192.0.2.12', '192.0.2.13'),
        unicast(lb2, '192.0.2.12', '192.0.2.11', '192.0.2.13'),
      ],
    ],
    ['version 3', [v3(lb1), v3(lb2)]],
    ['IPv6', [v6(lb1), v6(lb2)]],
    ['a sync group', [grouped(lb1), grouped(lb2)]],
    [
      'addresses in another order',
      [
        lb1,
        change(
          lb2,
          '        192.0.2.100/24\n        192.0.2.110/24\n',
          '        192.0.2.110/24\n        192.0.2.100/24\n',
        ),
      ],
    ],
    ['other interface names', [lb1, change(lb2, 'interface eth0', 'interface bond0')]],
    [
      'nopreempt on all, and equal priorities: whoever is master stays',
      [calm(lb1), calm(lb2)].map((text) => text.replace(/priority \d+/, 'priority 100\n    nopreempt')),
    ],
    [
      'nopreempt on the preferred node only',
      [change(calm(lb1), 'priority 150', 'priority 150\n    nopreempt'), calm(lb2)],
    ],
  ])('%s', async (_, texts) => {
    expect(said(await complaints(...texts))).toEqual([]);
  });
});

interface Case {
  readonly rule: string;
  readonly files: readonly [string, string];
}

const pairs = {
  plain: [lb1, lb2],
  calm: [calm(lb1), calm(lb2)],
  unicast: [unicast1, unicast2],
  v3: [v3(lb1), v3(lb2)],
  grouped: [grouped(lb1), grouped(lb2)],
} as const;

/** One value of the second file (or of the first, where `first` says so) becomes another. */
const mismatch = (
  rule: string,
  from: string,
  to: string,
  { of = 'plain', first = false }: { of?: keyof typeof pairs; first?: boolean } = {},
): Case => {
  const [one, other] = pairs[of];
  return { rule, files: first ? [change(one, from, to), other] : [one, change(other, from, to)] };
};

describe('one changed value gives one finding, with both places', () => {
  test.each<[string, () => Case]>([
    [
      'another virtual router id',
      () => mismatch('vrrp-pair/vrid-mismatch', 'virtual_router_id 61', 'virtual_router_id 51'),
    ],
    [
      'another authentication type',
      () => mismatch('vrrp-pair/auth-mismatch', 'auth_type PASS', 'auth_type AH'),
    ],
    [
      'another password',
      () => mismatch('vrrp-pair/auth-mismatch', 'auth_pass q8Rt2vLx', 'auth_pass q8Rt2vLy'),
    ],
    [
      'no authentication',
      () =>
        mismatch(
          'vrrp-pair/auth-mismatch',
          '    authentication {\n        auth_type PASS\n        auth_pass q8Rt2vLx\n    }\n',
          '',
        ),
    ],
    ['a password without a type', () => mismatch('vrrp-pair/auth-mismatch', '        auth_type PASS\n', '')],
    ['another interval', () => mismatch('vrrp-pair/advert-int-mismatch', 'advert_int 1', 'advert_int 2')],
    [
      'no interval beside another one than the default',
      () =>
        mismatch('vrrp-pair/advert-int-mismatch', '    advert_int 1\n', '    advert_int 5\n', {
          first: true,
        }),
    ],
    [
      'version 3 for one instance',
      () => mismatch('vrrp-pair/version-mismatch', '    advert_int 1\n', '    advert_int 1\n    version 3\n'),
    ],
    [
      'version 3 for one node',
      () =>
        mismatch(
          'vrrp-pair/version-mismatch',
          '    router_id lb2\n',
          '    router_id lb2\n    vrrp_version 3\n',
        ),
    ],
    [
      'one address more',
      () =>
        mismatch(
          'vrrp-pair/vip-list-mismatch',
          '        192.0.2.110/24\n',
          '        192.0.2.110/24\n        192.0.2.130/24\n',
        ),
    ],
    [
      'one address more on the first node',
      () =>
        mismatch(
          'vrrp-pair/vip-list-mismatch',
          '        192.0.2.110/24\n',
          '        192.0.2.110/24\n        192.0.2.130/24\n',
          { first: true },
        ),
    ],
    ['one address less', () => mismatch('vrrp-pair/vip-list-mismatch', '        192.0.2.110/24\n', '')],
    ['another address', () => mismatch('vrrp-pair/vip-list-mismatch', '192.0.2.110/24', '192.0.2.111/24')],
    [
      'another excluded address',
      () => mismatch('vrrp-pair/excluded-vips-differ', '192.0.2.120/24', '192.0.2.121/24'),
    ],
    [
      'no excluded addresses',
      () =>
        mismatch(
          'vrrp-pair/excluded-vips-differ',
          '    virtual_ipaddress_excluded {\n        192.0.2.120/24\n    }\n',
          '',
        ),
    ],
    ['unicast on one node', () => ({ rule: 'vrrp-pair/transport-mismatch', files: [lb1, unicast2] })],
    [
      'another multicast group',
      () =>
        mismatch(
          'vrrp-pair/transport-mismatch',
          '    router_id lb2\n',
          '    router_id lb2\n    vrrp_mcast_group4 224.0.0.118\n',
        ),
    ],
    [
      'unicast without a peer',
      () => mismatch('vrrp-pair/transport-mismatch', '        192.0.2.11\n', '', { of: 'unicast' }),
    ],
    [
      'another unicast peer',
      () =>
        mismatch('vrrp-pair/unicast-peers-asymmetric', '        192.0.2.11\n', '        192.0.2.111\n', {
          of: 'unicast',
        }),
    ],
    [
      'the own address as unicast peer',
      () =>
        mismatch('vrrp-pair/unicast-peers-asymmetric', '        192.0.2.11\n', '        192.0.2.12\n', {
          of: 'unicast',
        }),
    ],
    [
      'another unicast source',
      () =>
        mismatch(
          'vrrp-pair/unicast-peers-asymmetric',
          'unicast_src_ip 192.0.2.12',
          'unicast_src_ip 192.0.2.112',
          { of: 'unicast' },
        ),
    ],
    ['equal priorities', () => mismatch('vrrp-pair/priority-order', 'priority 100', 'priority 150')],
    [
      'two nodes that start as MASTER',
      () => mismatch('vrrp-pair/priority-order', 'state BACKUP', 'state MASTER'),
    ],
    [
      'MASTER with the lower priority',
      () => mismatch('vrrp-pair/priority-order', 'priority 100', 'priority 200'),
    ],
    [
      'a weight that is too small',
      () => mismatch('vrrp-pair/weight-cannot-fail-over', 'weight -60', 'weight -20', { first: true }),
    ],
    [
      'a distance that is too large',
      () => mismatch('vrrp-pair/weight-cannot-fail-over', 'priority 100', 'priority 80'),
    ],
    [
      'another weight on the backup',
      () => mismatch('vrrp-pair/tracking-differs', 'weight -60', 'weight -20'),
    ],
    ['another number of failures', () => mismatch('vrrp-pair/tracking-differs', 'fall 2', 'fall 5')],
    [
      'no tracking on one node',
      () =>
        mismatch('vrrp-pair/tracking-differs', '    track_script {\n        chk_ipvs\n    }\n', '', {
          of: 'calm',
        }),
    ],
    [
      'no tracking on the preferred node',
      () =>
        mismatch('vrrp-pair/tracking-differs', '    track_script {\n        chk_ipvs\n    }\n', '', {
          first: true,
        }),
    ],
    [
      'nopreempt on the backup',
      () =>
        mismatch('vrrp-pair/preemption-differs', '    advert_int 1\n', '    advert_int 1\n    nopreempt\n', {
          of: 'calm',
        }),
    ],
    [
      'nopreempt where the weight decides',
      () =>
        mismatch(
          'vrrp/nopreempt-with-weighted-tracking',
          '    advert_int 1\n',
          '    advert_int 1\n    nopreempt\n',
        ),
    ],
    [
      'a delay on the backup',
      () =>
        mismatch(
          'vrrp-pair/preemption-differs',
          '    advert_int 1\n',
          '    advert_int 1\n    preempt_delay 60\n',
          { of: 'calm' },
        ),
    ],
    [
      'another patience',
      () =>
        mismatch(
          'vrrp-pair/preemption-differs',
          '    advert_int 1\n',
          '    advert_int 1\n    down_timer_adverts 5\n',
        ),
    ],
    [
      'another patience for one node',
      () =>
        mismatch(
          'vrrp-pair/preemption-differs',
          '    router_id lb2\n',
          '    router_id lb2\n    vrrp_down_timer_adverts 5\n',
        ),
    ],
    [
      'strict mode on one node',
      () => mismatch('vrrp/strict-drops-vip', '    router_id lb2\n', '    router_id lb2\n    vrrp_strict\n'),
    ],
    [
      'strict mode for one instance',
      () =>
        mismatch('vrrp/strict-drops-vip', '    advert_int 1\n', '    advert_int 1\n    strict_mode on\n', {
          of: 'v3',
        }),
    ],
    [
      'another VLAN',
      () => ({
        rule: 'vrrp-pair/not-same-link',
        files: [
          change(lb1, 'interface eth0', 'interface eth0.120'),
          change(lb2, 'interface eth0', 'interface eth0.130'),
        ],
      }),
    ],
    [
      'a sync group pulled both ways',
      () =>
        mismatch(
          'vrrp-pair/sync-group-order-conflict',
          'virtual_router_id 62\n    priority 100',
          'virtual_router_id 62\n    priority 200',
          { of: 'grouped' },
        ),
    ],
    [
      'an instance outside of the sync group',
      () => mismatch('vrrp-pair/sync-group-order-conflict', '        VI_INSIDE\n', '', { of: 'grouped' }),
    ],
  ])('%s', async (_, make) => {
    const { rule, files } = make();
    const findings = await complaints(...files);
    expect(said(findings)).toEqual([expect.stringContaining(`${rule}: `)]);
    const [finding] = findings;
    const places = [finding?.at, ...(finding?.related.map(({ at }) => at) ?? [])];
    expect(new Set(places.map((place) => place?.source.name)).size, 'places in both files').toBe(2);
    const texts = [finding, ...(finding?.also ?? [])].map((each) =>
      JSON.stringify([each?.message, each?.related.map(({ message }) => message)]),
    );
    expect(texts.join('\n')).not.toContain('q8Rt');
  });
});

test('of three nodes the one that differs is named, once', async () => {
  const odd = change(lb1, 'advert_int 1', 'advert_int 3');
  const findings = await complaints(odd, lb2, director('lb3', 'BACKUP', 50));
  expect(findings.map(({ rule, host }) => [rule, host])).toEqual([['vrrp-pair/advert-int-mismatch', 'lb1']]);
});
