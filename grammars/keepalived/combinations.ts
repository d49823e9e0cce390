import type { Fault } from '../tree.ts';
import {
  familyOfInstance,
  type Stranger,
  strangersOfBfd,
  strangersOfChecks,
  strangersOfInstance,
  strangersOfService,
} from './families.ts';
import type { BlockName } from './keywords.ts';
import { isBefore } from './releases.ts';
import type { KeepalivedStatement } from './statement.ts';
import { readInteger } from './values.ts';

/** How the lines of one block are reported that do not go together. */
type Say = (line: KeepalivedStatement, word: number, message: string, more?: Partial<Fault>) => void;

/** What a block's lines say, by keyword: the last line of each. */
type Lines = ReadonlyMap<string, KeepalivedStatement>;

const WITH_COMBINATIONS: ReadonlySet<BlockName> = new Set([
  'vrrp_instance',
  'virtual_server',
  'bfd_instance',
  'garp_group',
  'vrrp_sync_group',
  'UDP_CHECK',
]);

/**
 * Lines that are sound by themselves and that keepalived resets or ignores because of other lines of their block, with
 * a message (vrrp_complete_instance in vrrp.c, validate_check_config in check_data.c; keepalived 2.2.7).
 */
export function checkCombinations(
  block: BlockName,
  header: KeepalivedStatement,
  report: (fault: Fault) => void,
  release: string | undefined,
): void {
  if (!WITH_COMBINATIONS.has(block)) return;
  const say: Say = (line, word, message, more) =>
    report({ kind: 'malformed-value', severity: 'info', message, at: line.placeAt(word), ...more });
  const lines = new Map<string, KeepalivedStatement>();
  for (const line of header.block ?? []) lines.set(line.keyword, line);
  if (block === 'vrrp_instance') checkInstance(lines, header, say, release);
  else if (block === 'virtual_server') checkService(lines, header, say);
  else if (block === 'garp_group') checkDelays(lines, header, say);
  else if (block === 'vrrp_sync_group') checkTracks(lines, header, say);
  else if (block === 'UDP_CHECK') checkLengths(lines, say);
  else {
    sayStrangers(strangersOfBfd(header), say);
    checkHops(lines, say);
  }
}

/** A UDP check whose bounds exclude each other always fails (check_udp.c). */
function checkLengths(lines: Lines, say: Say): void {
  const line = lines.get('min_reply_length');
  const least = readInteger(line?.argument(1) ?? '', 0, 65_535);
  const most = readInteger(lines.get('max_reply_length')?.argument(1) ?? '', 0, 65_535) ?? 255;
  if (line !== undefined && least !== undefined && least > most)
    say(line, 1, `min_reply_length ${least} is above max_reply_length ${most}, so the check always fails`, {
      severity: 'error',
    });
}

/** What the checks of a real server say beside each other, for files that have `bindto` or BFD checks. */
export function checkChecks(server: KeepalivedStatement, report: (fault: Fault) => void): void {
  for (const { line, word, message } of strangersOfChecks(server))
    report({ kind: 'malformed-value', severity: 'warning', message, at: line.placeAt(word) });
  const watched = new Set<string>();
  for (const check of server.block ?? []) {
    if (check.keyword !== 'BFD_CHECK') continue;
    const line = check.block?.find(({ keyword }) => keyword === 'name');
    const name = line?.argument(1);
    if (line === undefined || name === undefined || watched.size !== watched.add(name).size) continue;
    const message = `the real server watches ${name} already, so keepalived drops this check`;
    report({ kind: 'repeated-keyword', severity: 'info', message, at: line.placeAt(1) });
  }
}

function sayStrangers(strangers: readonly Stranger[], say: Say): void {
  for (const { line, word, message } of strangers)
    say(line, word, message, { severity: line.keyword.endsWith('_server') ? 'error' : 'warning' });
}

/** garp_parser.c: keepalived drops a group without delays. */
function checkDelays(lines: Lines, header: KeepalivedStatement, say: Say): void {
  if (!lines.has('garp_interval') && !lines.has('gna_interval'))
    say(header, 0, 'the garp_group has neither garp_interval nor gna_interval, so keepalived drops it');
}

function checkInstance(
  lines: Lines,
  header: KeepalivedStatement,
  say: Say,
  release: string | undefined,
): void {
  checkTracks(lines, header, say);
  sayStrangers(strangersOfInstance(header), say);
  const vmac = lines.get('use_vmac') ?? lines.get('use_ipvlan');
  const promote = lines.get('promote_secondaries');
  if (vmac !== undefined && promote !== undefined)
    say(promote, 0, `${vmac.keyword} sets promote_secondaries by itself, so keepalived ignores it here`);
  const base = lines.get('vmac_xmit_base');
  if (base !== undefined && !lines.has('use_vmac'))
    say(base, 0, 'vmac_xmit_base does nothing without use_vmac');
  const peers = (lines.get('unicast_peer')?.block ?? []).length > 0;
  const unicast = lines.get('unicast_peer') ?? lines.get('unicast_src_ip');
  if (vmac !== undefined && base === undefined && unicast !== undefined)
    say(vmac, 0, `keepalived sets vmac_xmit_base by itself, because ${unicast.keyword} stands in the block`);
  const ipvlan = lines.get('use_ipvlan');
  if (
    ipvlan !== undefined &&
    familyOfInstance(header) !== 6 &&
    !ipvlan.shape.words.some((word) => word.includes('.'))
  )
    say(ipvlan, 0, 'an IPv4 instance needs an address behind use_ipvlan: it stays in fault state', {
      severity: 'error',
    });
  for (const name of ['check_unicast_src', 'old_unicast_checksum']) {
    const line = lines.get(name);
    if (line !== undefined && !peers && !lines.has('unicast_src_ip'))
      say(line, 0, `${name} does nothing without a unicast peer`);
  }
  const vrf = lines.get('vrf');
  if (vrf !== undefined && lines.has('interface'))
    say(vrf, 0, 'vrf counts in an instance without interface only, so keepalived ignores it');
  const ttl = lines.get('unicast_ttl');
  if (ttl !== undefined && !peers) say(ttl, 0, 'unicast_ttl does nothing without a unicast peer');
  const delay = lines.get('preempt_delay');
  const nopreempt = lines.get('nopreempt');
  if (delay !== undefined && nopreempt !== undefined && Number(delay.argument(1)) > 0)
    say(delay, 0, 'preempt_delay has no effect beside nopreempt: there is no preemption to delay', {
      related: [{ at: nopreempt.place, message: 'this switches preemption off' }],
    });
  if (nopreempt !== undefined && isOwner(lines))
    say(nopreempt, 0, 'nopreempt has no effect at priority 255: the address owner always takes over');
  const routes = lines.get('virtual_routes');
  if (routes !== undefined) checkRoutes(routes, say, release);
}

/** Static routes are tracked as those of an instance are. */
export function checkStaticRoutes(
  list: KeepalivedStatement,
  report: (fault: Fault) => void,
  release: string | undefined,
): void {
  const say: Say = (line, word, message) =>
    report({ kind: 'malformed-value', severity: 'info', message, at: line.placeAt(word) });
  checkRoutes(list, say, release);
}

/** Later releases track a route without an interface. */
function checkRoutes(list: KeepalivedStatement, say: Say, release: string | undefined): void {
  if (release === undefined || !isBefore(release, '2.2.8')) return;
  for (const route of list.block ?? []) checkRoute(route, release, say);
}

/** Priority 255, which state MASTER without a priority means too. */
function isOwner(lines: Lines): boolean {
  const implied = lines.get('state')?.argument(1) === 'MASTER' ? '255' : '100';
  return (lines.get('priority')?.argument(1) ?? implied) === '255';
}

function checkRoute(route: KeepalivedStatement, release: string, say: Say): void {
  const { words } = route.shape;
  // What a next hop names is not the route's.
  const end = words.indexOf('nexthop');
  const own = end === -1 ? words : words.slice(0, end);
  if (own.length === 0 || words.includes('no_track') || own.includes('dev') || own.includes('oif')) return;
  say(route, 0, `keepalived ${release} does not track the route ${words[0]}, because it names no interface`);
}

const TRACK_LISTS = ['track_interface', 'track_script', 'track_file', 'track_process', 'track_bfd'];

const IGNORED_BY_OWNER = ['track_interface', 'track_script'];

function checkTracks(lines: Lines, header: KeepalivedStatement, say: Say): void {
  if (!TRACK_LISTS.some((keyword) => lines.has(keyword))) return;
  const own = lines.get('interface')?.argument(1);
  const seen = new Map<string, KeepalivedStatement>();
  for (const list of header.block ?? []) {
    if (!TRACK_LISTS.includes(list.keyword)) continue;
    for (const item of list.block ?? []) {
      if (item.keyword === '') continue;
      if (list.keyword === 'track_interface' && item.keyword === own) {
        const message = `${own} is the interface of the instance, which keepalived watches anyway: it ignores the line`;
        say(item, 0, message, { remedy: 'Delete the line.' });
        continue;
      }
      if (IGNORED_BY_OWNER.includes(list.keyword) && item.argument(1) === 'weight' && isOwner(lines))
        say(
          item,
          1,
          `${item.keyword} has a weight, and the address owner (priority 255) ignores what has one`,
        );
      const key = `${list.keyword} ${item.keyword}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, item);
      else
        say(item, 0, `${item.keyword} is tracked already, so keepalived ignores this line`, {
          severity: 'warning',
          remedy: 'Delete the line that is not meant.',
          related: [{ at: first.placeAt(0), message: 'tracked here' }],
        });
    }
  }
}

/** -1 hops are any number of them. */
function checkHops(lines: Lines, say: Say): void {
  const hops = lines.get('max_hops');
  const ttl = lines.get('ttl') ?? lines.get('hoplimit');
  const asked = readInteger(hops?.argument(1) ?? '', -1, 255);
  const most = readInteger(ttl?.argument(1) ?? '', 1, 255);
  if (hops === undefined || ttl === undefined || asked === undefined || most === undefined) return;
  if ((asked === -1 ? 255 : asked) > most)
    say(hops, 1, `max_hops ${asked} is more than ${ttl.keyword} ${most}, so keepalived takes ${most}`);
}

/** Options of the source-hashing schedulers; keepalived refuses them behind any other. */
const HASH_OPTIONS = ['hashed', 'sh-port', 'sh-fallback', 'mh-port', 'mh-fallback'];

function checkService(lines: Lines, header: KeepalivedStatement, say: Say): void {
  const marked = header.argument(1) === 'fwmark';
  const protocol = lines.get('protocol');
  if (marked && protocol !== undefined)
    say(protocol, 0, 'a firewall mark has no protocol of its own, so keepalived ignores the line');
  const family = lines.get('ip_family');
  if (family !== undefined && !marked && header.argument(1) !== 'group') {
    const own = header.argument(1)?.includes(':') ? 'inet6' : 'inet';
    if (['inet', 'inet6'].includes(family.argument(1) ?? '') && family.argument(1) !== own)
      say(family, 1, `the address of the virtual server makes it ${own}, so keepalived ignores ip_family`);
  }
  sayStrangers(strangersOfService(header), say);
  if (marked) checkMarked(lines, header, say);
  checkOrder(header, say);
}

/** What a firewall mark has no use for: ports of servers, but by NAT, and ha_suspend, which waits for an address. */
function checkMarked(lines: Lines, header: KeepalivedStatement, say: Say): void {
  const suspend = lines.get('ha_suspend');
  if (suspend !== undefined)
    say(suspend, 0, 'a firewall mark has no address to wait for, so keepalived ignores ha_suspend');
  const isMethod = ({ keyword }: KeepalivedStatement) => keyword === 'lb_kind' || keyword === 'lvs_method';
  const method = header.block?.findLast(isMethod)?.argument(1) ?? 'NAT';
  for (const line of header.block ?? []) {
    const { keyword } = line;
    if ((keyword !== 'real_server' && keyword !== 'sorry_server') || Number(line.argument(2) ?? 0) === 0)
      continue;
    const own =
      keyword === 'sorry_server'
        ? lines.get('sorry_server_lvs_method')
        : line.block?.findLast(({ keyword: name }) => name === 'lvs_method');
    const way = own?.argument(1) ?? method;
    if (way === 'DR' || way === 'TUN')
      say(line, 2, `${way} keeps the port that the mark was set for, so keepalived clears this one`);
  }
}

/** What counts only behind another line: options of a scheduler, and of the sorry server. */
function checkOrder(header: KeepalivedStatement, say: Say): void {
  let scheduler: string | undefined;
  let sorry = false;
  for (const line of header.block ?? []) {
    const { keyword } = line;
    if (keyword === 'lb_algo' || keyword === 'lvs_sched') scheduler = line.argument(1);
    else if (keyword === 'sorry_server') sorry = true;
    else if ((keyword === 'sorry_server_inhibit' || keyword === 'sorry_server_lvs_method') && !sorry)
      say(line, 0, `no sorry_server stands above ${keyword}, so keepalived ignores it`, {
        severity: 'warning',
        remedy: 'Put it behind the line sorry_server.',
      });
    else if (HASH_OPTIONS.includes(keyword) && scheduler !== 'sh' && scheduler !== 'mh')
      say(line, 0, `${keyword} counts behind lb_algo sh or mh only, so keepalived ignores it`, {
        severity: 'warning',
        remedy: 'Write lb_algo sh or mh above it, or delete the line.',
      });
  }
}
