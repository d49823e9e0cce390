import { describe, expect, test } from 'vitest';
import { linesOf } from '../src/evidence/lines.ts';
import type { Finding } from '../src/judge/finding.ts';
import { lint } from './support/lint.ts';
import { configOf, cutOf, seedsAreHere } from './support/seeds.ts';

type Files = Readonly<Record<string, string>>;

/** What a text has to give: the row of the audit (0: none), the rule, the file, and a word of the line. */
type Row = readonly [row: number, finding: string, file: string, line: string];

interface Described {
  /** Made when the test runs, since the texts are not part of the project. */
  readonly files: () => Files;
  readonly rows: readonly Row[];
  /** What else is found above advice, and rightly. */
  readonly others?: readonly Row[];
  readonly notJudged?: readonly string[];
}

const KEEPALIVED = 'lb1/keepalived.conf';

/** The files of each text as the cluster that it describes; what it says of the second director is done here. */
const clusters: Readonly<Record<string, Described>> = {
  'the first': {
    files: () => ({
      [KEEPALIVED]: configOf(0),
      'lb2/keepalived.conf': backup(configOf(0), 90).replace(/(router_id LVS_).*/, '$1BACKUP'),
      'lb1/sysctl.conf': cutOf(0, /^net\.ipv4\.ip_conntrack_max[\s\S]*?tcp_max_syn_backlog.*$/m),
      'rs1/rs.sh': cutOf(0, /^#!\/bin\/bash[\s\S]*?ip_forward$/m),
    }),
    rows: [
      [2, 'error syntax/unknown-keyword', KEEPALIVED, 'nb_get_retry'],
      [3, 'warning script/vip-before-suppression', 'rs1/rs.sh', 'ifconfig lo:0'],
      [4, 'warning script/runtime-only', 'rs1/rs.sh', 'echo "1"'],
      [5, 'info script/needless-or-risky-step', 'rs1/rs.sh', '/ip_forward'],
      [6, 'info script/needless-or-risky-step', 'rs1/rs.sh', 'GATEWAY='],
      [6, 'info script/needless-or-risky-step', 'rs1/rs.sh', 'route add'],
      [7, 'warning kernel/obsolete-key', 'lb1/sysctl.conf', 'ip_conntrack_max'],
      [7, 'info conntrack/table-size', 'lb1/sysctl.conf', 'nf_conntrack_max'],
      [8, 'info conntrack/buckets-not-scaled', 'lb1/sysctl.conf', 'nf_conntrack_max'],
      [9, 'info conntrack/keys-before-module', 'lb1/sysctl.conf', 'nf_conntrack_max'],
      [10, 'warning kernel/tw-buckets-lowered', 'lb1/sysctl.conf', 'tcp_max_tw_buckets'],
      [11, 'info kernel/port-range-overlap', 'lb1/sysctl.conf', 'ip_local_port_range'],
      [12, 'info kernel/setting-for-another-role', 'lb1/sysctl.conf', 'rmem_max'],
      [13, 'info security/scripts-as-root', KEEPALIVED, 'script_user'],
      [14, 'info vrrp/vip-without-prefix', KEEPALIVED, '192.168.100.10'],
      [15, 'info ipvs/persistence-hides-distribution', KEEPALIVED, 'persistence_timeout'],
      [16, 'info arp/only-lo-set', 'rs1/rs.sh', 'lo/arp_ignore'],
      [18, 'warning security/plaintext-auth', KEEPALIVED, 'auth_pass'],
      [19, 'info vrrp/vrid-clash', KEEPALIVED, 'virtual_router_id'],
      [50, 'info sync/not-configured', KEEPALIVED, 'global_defs'],
      [50, 'info checker/vip-path-not-tested', KEEPALIVED, 'TCP_CHECK'],
      [50, 'warning ipvs-sysctl/expire-nodest-conn', 'lb1/sysctl.conf', 'tcp_max_syn_backlog'],
    ],
  },
  'the second': {
    files: () => ({
      'lb1/dr.sh': cutOf(1, /^#!\/bin\/bash[\s\S]*?ipvsadm -ln/m),
      'rs1/rs.sh': cutOf(1, /^#!\/bin\/bash(?:(?!ipvsadm)[\s\S])*?dev lo:0/m),
    }),
    rows: [
      [4, 'warning script/runtime-only', 'lb1/dr.sh', '/ip_forward'],
      [4, 'warning script/runtime-only', 'rs1/rs.sh', 'lo/arp_ignore'],
      [20, 'info script/needless-or-risky-step', 'lb1/dr.sh', '/ip_forward'],
      [20, 'info script/needless-or-risky-step', 'lb1/dr.sh', 'route add'],
      [21, 'info script/flush-without-guard', 'lb1/dr.sh', 'ipvsadm -C'],
    ],
    others: [[0, 'warning checker/none', 'lb1/dr.sh', 'ipvsadm -A']],
  },
  'the second, a persistent service': {
    files: () => ({ 'lb1/table.sh': cutOf(1, /ipvsadm -A -t \S+ -s rr -p \d+/) }),
    rows: [],
  },
  'the third, NAT': {
    files: () => ({ 'lb1/nat.sh': cutOf(2, /^sysctl -w[\s\S]*?\/etc\/sysconfig\/ipvsadm$/m) }),
    rows: [
      [29, 'info forward/masquerade-and-ipvs', 'lb1/nat.sh', 'MASQUERADE'],
      [32, 'warning script/runtime-only', 'lb1/nat.sh', 'sysctl -w'],
    ],
    others: [
      [21, 'info script/flush-without-guard', 'lb1/nat.sh', 'ipvsadm -C'],
      [0, 'warning checker/none', 'lb1/nat.sh', 'ipvsadm -A'],
    ],
    notJudged: ['forward/rs-gateway-not-director'],
  },
  'the third, DR': {
    files: () => ({
      [KEEPALIVED]: configOf(2),
      'lb1/dr.sh': cutOf(2, /^ip addr add .*eth0:0$(?:\n(?:sysctl|ipvsadm) .*)+/m),
      'rs1/rs.sh': cutOf(2, /^ip addr add .*lo:0$[\s\S]*?^sysctl -p$/m),
    }),
    rows: [
      [2, 'error syntax/unknown-keyword', KEEPALIVED, 'nb_get_retry'],
      [14, 'info vrrp/vip-without-prefix', KEEPALIVED, 'virtual_ipaddress'],
      [25, 'warning vrrp/auth-pass-too-long', KEEPALIVED, 'auth_pass'],
      [30, 'warning script/alias-device', 'lb1/dr.sh', 'eth0:0'],
      [30, 'warning script/alias-device', 'rs1/rs.sh', 'lo:0'],
      [31, 'warning script/sysctl-append', 'rs1/rs.sh', 'arp_ignore'],
      [32, 'warning script/runtime-only', 'lb1/dr.sh', 'sysctl -w'],
      [33, 'info arp/only-lo-set', 'rs1/rs.sh', 'conf.lo.arp_ignore'],
      [34, 'info ipvs/no-redundancy', KEEPALIVED, 'real_server'],
    ],
    others: [
      [44, 'error vrrp/vip-also-static', 'lb1/dr.sh', 'ip addr add'],
      [35, 'error drift/two-managers', 'lb1/dr.sh', 'ipvsadm -A'],
    ],
  },
  'the third, NAT next to keepalived': {
    files: () => ({
      [KEEPALIVED]: configOf(2),
      'lb1/nat.sh': cutOf(2, /^sysctl -w[\s\S]*?\/etc\/sysconfig\/ipvsadm$/m),
    }),
    rows: [[35, 'warning drift/two-managers', 'lb1/nat.sh', 'ipvsadm-save']],
    others: [
      [2, 'error syntax/unknown-keyword', KEEPALIVED, 'nb_get_retry'],
      [21, 'error script/flush-without-guard', 'lb1/nat.sh', 'ipvsadm -C'],
      [25, 'warning vrrp/auth-pass-too-long', KEEPALIVED, 'auth_pass'],
      [32, 'warning script/runtime-only', 'lb1/nat.sh', 'sysctl -w'],
      [35, 'warning drift/two-managers', 'lb1/nat.sh', 'ipvsadm -A'],
      [0, 'error ipvs/virtual-server-without-vip', 'lb1/nat.sh', 'ipvsadm -A'],
    ],
  },
  'the fourth': {
    files: () => ({ [KEEPALIVED]: configOf(3), 'lb2/keepalived.conf': backup(configOf(3), 99) }),
    rows: [
      [2, 'error syntax/unknown-keyword', KEEPALIVED, 'nb_get_retry'],
      [14, 'info vrrp/vip-without-prefix', KEEPALIVED, 'virtual_ipaddress'],
      [18, 'warning security/plaintext-auth', KEEPALIVED, 'auth_pass'],
      [19, 'info vrrp/vrid-clash', KEEPALIVED, 'virtual_router_id'],
      [36, 'warning syntax/unknown-keyword', KEEPALIVED, 'nat_mask'],
      [37, 'warning ipvs/persistence-invalid', KEEPALIVED, 'persistence_timeout'],
      [38, 'warning syntax/unknown-keyword', KEEPALIVED, 'smtp_connection_timeout'],
      [40, 'warning syntax/malformed-list-or-address', KEEPALIVED, 'notification_email'],
    ],
    notJudged: ['arp/vip-missing-on-real-server'],
  },
  'the fifth': {
    files: () => ({
      [KEEPALIVED]: configOf(4),
      'lb1/lvs.sh': cutOf(4, /^ifconfig .*$/m) + cutOf(4, /^ipvsadm -C$[\s\S]*?^ipvsadm -Ln/m),
      'rs1/arp.sh': cutOf(4, /^#!\/bin\/bash[\s\S]*?arp_announce$/m),
    }),
    rows: [
      [4, 'warning script/runtime-only', 'rs1/arp.sh', 'lo/arp_ignore'],
      [18, 'warning security/plaintext-auth', KEEPALIVED, 'auth_pass'],
      [42, 'error syntax/several-keywords-on-one-line', KEEPALIVED, 'real_server'],
      [43, 'warning ipvs/tcp-idle-timeout', 'lb1/lvs.sh', '--set'],
      [44, 'error vrrp/vip-also-static', 'lb1/lvs.sh', 'ifconfig'],
      [47, 'error arp/only-lo-set', 'rs1/arp.sh', 'lo/arp_ignore'],
      [48, 'info checker/layer4-only', KEEPALIVED, 'TCP_CHECK'],
      [55, 'info script/needless-or-risky-step', 'rs1/arp.sh', 'ifconfig'],
    ],
    others: [
      [21, 'error script/flush-without-guard', 'lb1/lvs.sh', 'ipvsadm -C'],
      [35, 'error drift/two-managers', 'lb1/lvs.sh', 'ipvsadm -A'],
    ],
  },
  'the fifth, by hand': {
    files: () => ({
      [KEEPALIVED]: configOf(4),
      'rs1/arp.sh': cutOf(4, /^echo 1 [\s\S]*?all\/arp_announce$/m),
    }),
    rows: [
      [4, 'warning script/runtime-only', 'rs1/arp.sh', 'lo/arp_ignore'],
      [33, 'info arp/only-lo-set', 'rs1/arp.sh', 'lo/arp_ignore'],
    ],
    others: [
      [18, 'warning security/plaintext-auth', KEEPALIVED, 'auth_pass'],
      [42, 'error syntax/several-keywords-on-one-line', KEEPALIVED, 'real_server'],
    ],
  },
};

/** The same file on the other director: its state and its priority, as each text says. */
function backup(config: string, priority: number): string {
  return config.replace('state MASTER', 'state BACKUP').replace(/(priority) \d+/, `$1 ${priority}`);
}

const described = Object.entries(clusters).map(([name, cluster]) => [name, cluster] as const);

describe.skipIf(!seedsAreHere)('the five texts (skipped: set LVSDOCTOR_CORPUS)', () => {
  describe.each(described)('%s', (_, { files, rows, others = [], notJudged = [] }) => {
    test.each([...rows, ...others])('row %i: %s in %s at %s', async (...row) => {
      const { findings } = await lint(files());
      const found = findings.flatMap((finding) => [finding, ...finding.also]).map(spoken);
      expect(found).toContain(wanted(files(), row)[0]);
    });

    test('nothing else above advice', async () => {
      const { findings } = await lint(files());
      const expected = new Set([...rows, ...others].flatMap((row) => wanted(files(), row)));
      const surplus = findings.filter(
        (finding) => finding.severity !== 'info' && !expected.has(spoken(finding)),
      );
      expect(surplus.map((finding) => `${spoken(finding)}: ${finding.message}`)).toEqual([]);
    });

    test('nothing across a pair, and what cannot be judged is said', async () => {
      const { findings, notJudged: unjudged } = await lint(files());
      expect(findings.filter(({ rule }) => rule.startsWith('vrrp-pair/'))).toEqual([]);
      const rules = unjudged.map(({ rule }) => rule);
      for (const rule of notJudged) expect(rules).toContain(rule);
    });
  });
});

function spoken({ severity, rule, at: { source, range } }: Finding): string {
  return `${severity} ${rule} ${source.name}:${linesOf(source).positionAt(range.start).line}`;
}

/** The finding as `spoken` writes it, on each line that holds the word; the first is the one that is asked for. */
function wanted(files: Files, [, finding, file, word]: Row): readonly string[] {
  const lines = (files[file] ?? '').split('\n');
  const found = lines.flatMap((text, index) =>
    text.includes(word) ? [`${finding} ${file}:${index + 1}`] : [],
  );
  if (found.length === 0) throw new Error(`no line of ${file} holds ${word}`);
  return found;
}
