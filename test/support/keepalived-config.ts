import fc from 'fast-check';
import {
  type Argument,
  type BlockName,
  type Keyword,
  vocabularyOf,
} from '../../grammars/keepalived/keywords.ts';
import { isBefore } from '../../grammars/keepalived/releases.ts';

/** Words whose verdict the machine decides, or that change it: programs, users, names to look up, build options. */
const OF_THE_MACHINE =
  /^(?:net_namespace.*|instance|.*script.*|script_user|user|notify.*|smtp_server|.*fifo.*|.*nftables.*|.*iptables.*|.*ipsets.*|PING_CHECK|.*_dir(?:ectory)?|.*dump_file|.*snmp.*|.*dbus.*|.*affinity.*|.*_rt_priority|.*rlimit.*|.*process_name|process_names|use_symlink_paths|vrf|use_ipvlan|quorum_up|quorum_down|umask|.*interface|.*_if|lvs_sync_daemon.*|linkbeat.*|include_check|reload_.*|random_seed|data_use_instance|use_pid_dir|max_auto_priority|min_auto_priority_delay|.*priority_delay|smtp_alert.*|json_.*|debug|.*garp_extra_if|.*vmac_garp_intvl|.*vmac.*|.*_fault_no_peer|FILE_CHECK|BFD_CHECK)$/;

/** Words that a sound block sets itself, or that would undo what makes it sound. */
const SET_ALREADY = new Set(
  (
    'state interface virtual_router_id priority version advert_int native_ipv6 strict_mode vrrp_strict vrrp_version nopreempt preempt_delay ' +
    'accept no_accept unicast_ttl auth_type auth_pass check_unicast_src mcast_src_ip unicast_src_ip old_unicast_checksum mcast_dst_ip ' +
    'promote_secondaries track_src_ip lb_algo lvs_sched lb_kind lvs_method protocol quorum hysteresis sorry_server ops hashed sh-port ' +
    'sh-fallback mh-port mh-fallback ip_family persistence_granularity persistence_timeout weight sorry_server_inhibit ' +
    'sorry_server_lvs_method neighbor_ip neighbour_ip source_ip higher_prio_send_advert garp_lower_prio_repeat ' +
    'vrrp_garp_lower_prio_repeat vrrp_higher_prio_send_advert min_reply_length max_reply_length url dynamic_interfaces ' +
    'vrrp_mcast_group4 vrrp_mcast_group6 host require_reply process quorum_max lvs_flush lvs_flush_on_stop passive ' +
    'snmp_name static_track lvs_timeouts uthreshold lthreshold global_tracking'
  ).split(' '),
);

/** A line of a generated file: damage is done to one of them. */
export interface Line {
  readonly text: string;
  /** A setting with its vocabulary; absent for what the frame of a block needs. */
  readonly keyword?: Keyword;
}

/** Sound and damaged files over the vocabulary, as keepalived of that release knows it. */
export function configurations(release: string): fc.Arbitrary<string> {
  const known = (block: BlockName) => settingsOf(block, release);
  const some = (block: BlockName) => fc.array(settingLine(known(block)), { maxLength: 7 }).map(onePerSlot);
  const check = fc
    .constantFrom<BlockName>('TCP_CHECK', 'SMTP_CHECK', 'DNS_CHECK', 'UDP_CHECK', 'HTTP_GET', 'SSL_GET')
    .chain((name) => some(name).map((lines) => blockOf(name, [...frameOf(name), ...lines])));
  const server = fc.tuple(some('real_server'), fc.array(check, { maxLength: 2 }));
  const file = fc.record({
    globals: some('global_defs'),
    instance: some('vrrp_instance'),
    service: some('virtual_server'),
    servers: fc.array(server, { minLength: 1, maxLength: 2 }),
    second: some('vrrp_instance'),
    group: some('vrrp_sync_group'),
    fixed: fc.boolean(),
    mark: fc.option(fc.constantFrom('fwmark 7', 'group g1')),
    process: some('vrrp_track_process'),
    bfd: some('bfd_instance'),
    mode: fc.constantFrom('DR', 'NAT', 'TUN'),
    algorithm: fc.constantFrom('rr', 'wrr', 'lc', 'wlc', 'sh', 'mh', 'dh', 'sed', 'nq'),
  });
  const whole = file.map((parts) => [
    ...blockOf('global_defs', [{ text: 'dynamic_interfaces' }, ...parts.globals]),
    ...blockOf('vrrp_track_process p1', [{ text: 'process nginx' }, ...parts.process]),
    ...blockOf('bfd_instance b1', [{ text: 'neighbor_ip 192.0.2.30' }, ...parts.bfd]),
    ...blockOf('vrrp_instance VI_1', [
      ...['state BACKUP', 'interface eth9', 'virtual_router_id 51', 'priority 100', 'advert_int 1'].map(
        plain,
      ),
      ...parts.instance,
      ...blockOf('virtual_ipaddress', [plain('192.0.2.100/24')]),
      ...blockOf('track_process', [plain('p1')]),
    ]),
    ...blockOf('vrrp_instance VI_2', [
      ...['state MASTER', 'interface eth8', 'virtual_router_id 52', 'priority 90'].map(plain),
      ...parts.second,
      ...blockOf('virtual_ipaddress', ['2001:db8::1/64 dev eth7', '2001:db8::2'].map(plain)),
      ...blockOf('virtual_ipaddress_excluded', [plain('192.0.2.101/24 brd + dev eth7')]),
      ...blockOf('unicast_peer', [plain('2001:db8::9')]),
      ...blockOf('virtual_rules', [plain('from 192.0.2.0/24 table 7 preference 9')]),
      ...blockOf('track_interface', [plain('eth6 weight 9')]),
    ]),
    ...(parts.fixed
      ? [
          ...blockOf('vrrp_sync_group G1', [
            ...blockOf('group', ['VI_1', 'VI_3'].map(plain)),
            ...parts.group,
          ]),
          ...blockOf('vrrp_instance VI_3', [
            ...['interface eth8', 'virtual_router_id 53'].map(plain),
            ...blockOf('virtual_ipaddress', [plain('192.0.2.110/32 label eth8:1')]),
          ]),
          ...blockOf('static_ipaddress', [plain('192.0.2.111/24 dev eth7 scope link')]),
          ...blockOf('static_routes', [plain('198.51.100.0/24 via 192.0.2.254 dev eth7')]),
        ]
      : []),
    ...(parts.mark === null
      ? []
      : [
          ...blockOf(
            'virtual_server_group g1',
            ['192.0.2.120 80', '192.0.2.121-125 80', 'fwmark 4'].map(plain),
          ),
          ...blockOf(`virtual_server ${parts.mark}`, [
            ...['lb_algo rr', 'lb_kind DR'].map(plain),
            ...(parts.mark === 'fwmark 7' ? [] : [plain('protocol TCP')]),
            ...blockOf('real_server 192.0.2.29', []),
          ]),
        ]),
    ...blockOf('virtual_server 192.0.2.100 80', [
      ...[`lb_algo ${parts.algorithm}`, `lb_kind ${parts.mode}`, 'protocol TCP'].map(plain),
      ...parts.service,
      ...parts.servers.flatMap(([lines, checks], at) =>
        blockOf(`real_server 192.0.2.2${at} 80`, [...lines, ...checks.flat()]),
      ),
    ]),
  ]);
  return fc
    .tuple(whole, fc.option(damage(), { freq: 3 }))
    .map(([lines, harm]) => textOf(harm === null ? lines : harm(lines)));
}

function plain(text: string): Line {
  return { text };
}

function blockOf(header: string, lines: readonly Line[]): Line[] {
  return [{ text: `${header} {` }, ...lines, { text: '}' }];
}

function frameOf(check: BlockName): Line[] {
  return check === 'HTTP_GET' || check === 'SSL_GET'
    ? blockOf('url', [plain('path /'), plain('status_code 200')])
    : [];
}

function textOf(lines: readonly Line[]): string {
  return lines.map(({ text }) => `${text}\n`).join('');
}

/** The plain settings of a block that this release knows and no machine decides. */
function settingsOf(block: BlockName, release: string): Keyword[] {
  const vocabulary = vocabularyOf(block);
  return vocabulary.names.flatMap((name) => {
    const keyword = vocabulary.keyword(name);
    if (keyword === undefined || keyword.opens !== undefined || keyword.lists !== undefined) return [];
    if (keyword.form !== undefined || keyword.replacement !== undefined) return [];
    if (keyword.since !== undefined && isBefore(release, keyword.since)) return [];
    if (OF_THE_MACHINE.test(name) || SET_ALREADY.has(name)) return [];
    return keyword.args.every(({ kind }) => VALUES.has(kind)) ? [keyword] : [];
  });
}

const VALUES = new Map<string, (argument: Argument) => fc.Arbitrary<string>>([
  ['int', ({ min, max }) => fc.constantFrom(min, max, Math.min(max, Math.max(min, 3))).map(String)],
  [
    'sec',
    ({ min, max }) => fc.constantFrom(Math.ceil(min), Math.min(Math.floor(max), 86_400), 3).map(String),
  ],
  ['ms', ({ min, max }) => fc.constantFrom(min, max, Math.min(max, Math.max(min, 30))).map(String)],
  ['port', () => fc.constantFrom('1', '65535', '8080')],
  ['bool', () => fc.constantFrom('on', 'off', 'true', 'false', 'yes', 'no')],
  ['one', ({ words }) => fc.constantFrom(...words)],
  ['any', ({ words }) => fc.constantFrom(...words).map((word) => word.toLowerCase())],
  ['word', () => fc.constantFrom('abc', 'x1', '"a b"')],
  ['ip', () => fc.constantFrom('192.0.2.40')],
  ['digest', () => fc.constant('0123456789abcdef0123456789abcdef')],
  // 2.2.7 refuses the byte ff.
  ['hex', () => fc.constant('01fe')],
]);

function settingLine(keywords: readonly Keyword[]): fc.Arbitrary<Line> {
  return fc.constantFrom(...keywords).chain((keyword) => {
    const values = keyword.args
      .filter(({ optional }) => !optional)
      .map((argument) => (VALUES.get(argument.kind) ?? (() => fc.constant('x')))(argument));
    return fc.tuple(...values).map((words): Line => ({ text: [keyword.name, ...words].join(' '), keyword }));
  });
}

function onePerSlot(lines: readonly Line[]): Line[] {
  const seen = new Set<string>();
  return lines.filter(({ keyword }) => {
    const slot = keyword?.slot ?? '';
    return !seen.has(slot) && seen.add(slot) !== undefined;
  });
}

type Harm = (lines: readonly Line[]) => Line[];

/** One mistake such as people make, at one line. */
function damage(): fc.Arbitrary<Harm> {
  const at = fc.nat({ max: 1000 });
  const change = fc.constantFrom<(text: string, line: Line) => readonly string[]>(
    (text) => [text.replace(/^(\w)(\w)/, '$2$1')],
    (text) => [text.replace(/^\w+/, (word) => word.toUpperCase())],
    (text) => [text.replace(/^(\w+)/, '$1x')],
    (text) => [text.replace(/ (\S+)$/, ' $1x')],
    (text) => [text.replace(/ (\S+)$/, ' -1')],
    (text) => [text.replace(/ (\S+)$/, ' 99999999999999999999999')],
    (text) => [text.replace(/ (\S+)$/, ' 0')],
    (text) => [text.replace(/ (\S+)$/, ' =')],
    (text) => [text.replace(/ (\d+)$/, ' $1.5')],
    (text) => [text.replace(/ \S+$/, '')],
    (text) => [`${text} garbage`],
    (text) => [text, text],
    (text) => [text, 'virtual_router_id 7'],
    (text) => [text, 'lb_algo rr'],
    (text) => [text, 'foo bar'],
    (text) => [`${text} # a remark`],
    (text) => [`  ${text}`],
    (text) => [`// ${text}`],
    (text) => [text, '}'],
    (text) => [text.replace(/[{}]$/, '')],
    () => [],
  );
  return fc.tuple(at, change).map(
    ([index, rewrite]): Harm =>
      (lines) => {
        const target = index % lines.length;
        const line = lines[target];
        if (line === undefined) return [...lines];
        const rewritten = rewrite(line.text, line).map(plain);
        return [...lines.slice(0, target), ...rewritten, ...lines.slice(target + 1)];
      },
  );
}
