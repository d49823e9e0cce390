import {
  type BlockName,
  type Keyword,
  type ListName,
  vocabularyOf,
} from '../../grammars/keepalived/keywords.ts';

/** A line of a configuration, with the lines between its braces where it has some. */
export interface Line {
  readonly text: string;
  readonly lines?: readonly Line[];
  /** What the lines between the braces are: keywords of such a block, or items of such a list. */
  readonly block?: BlockName;
  readonly list?: ListName;
  /** Of which setting of its block this is. */
  readonly slot?: string;
  readonly many?: boolean;
}

/** What a block needs to be sound; others need nothing. Names and ids are those that nothing else has. */
const MINIMUM: Partial<Record<BlockName, string>> = {
  vrrp_instance: `
interface eth5
virtual_router_id 200
virtual_ipaddress {
192.0.2.180
}`,
  vrrp_sync_group: `
group {
VI_1
VI_2
}`,
  vrrp_script: 'script /bin/true',
  vrrp_track_process: 'process nginx',
  track_file: 'file /etc/hostname',
  track_group: 'group {\nVI_1\n}',
  bfd_instance: 'neighbor_ip 192.0.2.31',
  authentication: 'auth_type PASS\nauth_pass secret',
  virtual_server: `
lb_algo rr
lb_kind NAT
protocol TCP
real_server 192.0.2.28 80 {
}`,
  HTTP_GET: `
url {
path /
status_code 200
}`,
  SSL_GET: `
url {
path /
status_code 200
}`,
  url: 'path /\nstatus_code 200',
  'SSL_GET-url': 'path /\nstatus_code 200',
  DNS_CHECK: 'name example.org',
  MISC_CHECK: 'misc_path /bin/true',
  FILE_CHECK: 'track_file f1',
  BFD_CHECK: 'name b1',
  garp_group: 'garp_interval 1\ninterface eth6',
};

/** A sound configuration with every kind of block in it. */
const FRAME = `
global_defs {
dynamic_interfaces
script_user root
enable_script_security
}
vrrp_script s1 {
script /bin/true
}
vrrp_track_process p1 {
process nginx
}
track_file f1 {
file /etc/hostname
}
vrrp_track_file f2 {
file /etc/hostname
}
bfd_instance b1 {
neighbor_ip 192.0.2.30
}
garp_group {
garp_interval 1
interface eth6
}
track_group T1 {
group {
VI_1
}
}
linkbeat_interfaces {
eth8
}
interface_up_down_delays {
eth8 2
}
static_ipaddress {
192.0.2.111/24 dev eth7 scope link
}
static_routes {
198.51.100.0/24 via 192.0.2.254 dev eth7
}
static_rules {
from 192.0.2.0/24 table 7 preference 8
}
SSL {
}
vrrp_instance VI_1 {
state BACKUP
interface eth9
virtual_router_id 51
priority 100
advert_int 1
virtual_ipaddress {
192.0.2.100/24
}
track_process {
p1
}
authentication {
auth_type PASS
auth_pass secret
}
}
vrrp_instance VI_2 {
state MASTER
interface eth8
virtual_router_id 52
priority 90
virtual_ipaddress {
2001:db8::1/64 dev eth7
2001:db8::2
}
virtual_ipaddress_excluded {
192.0.2.101/24 brd + dev eth7
}
unicast_peer {
2001:db8::9
}
virtual_rules {
from 192.0.2.0/24 table 7 preference 9
}
track_interface {
eth6 weight 9
}
track_script {
s1 weight 5
}
}
vrrp_instance VI_3 {
interface eth8
virtual_router_id 53
virtual_ipaddress {
192.0.2.110/32 label eth8:1
}
}
vrrp_instance VI_4 {
interface eth8
virtual_router_id 54
virtual_ipaddress {
192.0.2.112/32
}
}
vrrp_sync_group G1 {
group {
VI_3
VI_4
}
}
virtual_server_group g1 {
192.0.2.120 80
192.0.2.121-125 80
fwmark 4
}
virtual_server group g1 {
lb_algo rr
lb_kind DR
protocol TCP
real_server 192.0.2.29 {
}
}
virtual_server fwmark 7 {
lb_algo rr
lb_kind DR
real_server 192.0.2.29 {
}
}
virtual_server 192.0.2.100 80 {
lb_algo ALGORITHM
lb_kind MODE
protocol TCP
real_server 192.0.2.20 80 {
TCP_CHECK {
}
HTTP_GET {
url {
path /
status_code 200
}
}
SSL_GET {
url {
path /
status_code 200
}
}
SMTP_CHECK {
host {
connect_port 25
}
}
DNS_CHECK {
name example.org
}
}
real_server 192.0.2.21 80 {
MISC_CHECK {
misc_path /bin/true
}
UDP_CHECK {
}
PING_CHECK {
}
FILE_CHECK {
track_file f1
}
BFD_CHECK {
name b1
}
}
}`;

/** The frame with the scheduler and forwarding method of its largest service. */
export function frame(algorithm: string, mode: string): readonly Line[] {
  return linesOf(FRAME.replace('ALGORITHM', algorithm).replace('MODE', mode), 'root');
}

/** A keyword with its words, and where it takes braces what its block needs, or these items. */
export function lineOf(keyword: Keyword, words: string, items: readonly string[]): Line {
  const { name, opens, lists } = keyword;
  const lines =
    opens !== undefined
      ? linesOf(MINIMUM[opens] ?? '', opens)
      : lists !== undefined
        ? items.map((text) => ({ text }))
        : undefined;
  return node(keyword, words === '' ? name : `${name} ${words}`, lines);
}

/** The text of lines, one a line, as people do with braces. */
export function textsOf(lines: readonly Line[]): string[] {
  return lines.flatMap(({ text, lines: inner }) =>
    inner === undefined ? [text] : [`${text} {`, ...textsOf(inner), '}'],
  );
}

function node(keyword: Keyword | undefined, text: string, lines: readonly Line[] | undefined): Line {
  if (keyword === undefined) return { text, ...(lines && { lines }) };
  const { opens, lists, slot, counts } = keyword;
  return {
    text,
    slot,
    many: counts === 'all',
    ...(lines && { lines }),
    ...(opens !== undefined && { block: opens }),
    ...(lists !== undefined && { list: lists }),
  };
}

/** Lines of plain text, each with a statement, `{` at the end of a header, or `}`. */
function linesOf(text: string, block: BlockName): readonly Line[] {
  const texts = text.split('\n').filter((line) => line !== '');
  let at = 0;
  const inside = (name: BlockName | undefined): Line[] => {
    const lines: Line[] = [];
    while (at < texts.length && texts[at] !== '}') {
      const line = texts[at++] ?? '';
      const header = line.replace(/ \{$/, '');
      const keyword = name && vocabularyOf(name).keyword(header.replace(/ .*/, ''));
      if (header === line) lines.push(node(keyword, line, undefined));
      else {
        lines.push(node(keyword, header, inside(keyword?.opens)));
        at++;
      }
    }
    return lines;
  };
  return inside(block);
}
