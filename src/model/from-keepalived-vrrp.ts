import { type KeepalivedStatement, readInteger, readSeconds } from '../../grammars/keepalived/read.ts';
import { assumed, type Fact, statedBy } from '../evidence/fact.ts';
import type { Family } from './cluster.ts';
import { addressKey, familyOf } from './endpoint.ts';
import { Fields } from './fields.ts';
import { defined, readVersion } from './from-keepalived-globals.ts';
import { readTracks, type TrackDefinitions } from './from-keepalived-tracks.ts';
import type { GlobalSettings, LinkDelay, SyncGroup, TrackScript, Vip, VrrpInstance } from './vrrp.ts';

/** Seconds between adverts where nothing is said (keepalived/vrrp/vrrp.c; RFC 3768 section 5.3.7). */
const DEFAULT_ADVERT_INT = 1;
const DEFAULT_PRIORITY = 100;
/** `state MASTER` without a priority makes the node the address owner (vrrp.c, vrrp_complete_instance). */
const OWNER_PRIORITY = 255;

/** One `vrrp_instance` block with all that counts, defaults included. */
export function readInstance(
  host: string,
  header: KeepalivedStatement,
  globals: GlobalSettings | undefined,
  definitions: TrackDefinitions,
): VrrpInstance {
  const fields = new Fields(header.block);
  const name = header.argument(1) ?? '';
  const vips = fields.items('virtual_ipaddress').map(readVip);
  const peers = fields
    .items('unicast_peer')
    .flatMap((line) => (line.keyword === '' ? [] : [statedBy(line.keyword, line, 0)]));
  const family = familyOfBlock(header) ?? vips[0]?.value.family ?? 4;
  const state = readState(header, fields);
  const version = readInstanceVersion(header, family, globals);
  const strict = fields.flag('strict_mode') ?? globals?.strict;
  return {
    id: `${host}/vrrp_instance ${name}`,
    label: name,
    place: header.place,
    name: statedBy(name, header, 1),
    family,
    state,
    priority: readPriority(header, fields, state.value),
    advertInt: fields.seconds('advert_int', 0.01, 255) ?? assumed(DEFAULT_ADVERT_INT, header),
    version,
    vips,
    excludedVips: fields.items('virtual_ipaddress_excluded').map(readVip),
    unicastPeers: peers,
    tracks: readTracks(fields, definitions),
    virtualRoutes: fields
      .items('virtual_routes')
      .map((line) => statedBy(line.shape.words.join(' '), line, 0)),
    virtualRules: fields.items('virtual_rules').map((line) => statedBy(line.shape.words.join(' '), line, 0)),
    notify: readNotify(header),
    other: fields.others(),
    ...defined({
      interface: fields.text('interface'),
      virtualRouterId: fields.integer('virtual_router_id', 1, 255),
      strict,
      accept: fields.switched('accept', 'no_accept'),
      ...readAuthentication(fields, version.value),
      unicastSource: fields.text('unicast_src_ip'),
      multicastGroup:
        fields.text('mcast_dst_ip') ?? (family === 6 ? globals?.multicastGroup6 : globals?.multicastGroup4),
      unicastKeyword: fields.text('unicast_src_ip') ?? headerOf(fields.last('unicast_peer')),
      nopreempt: fields.switched('nopreempt', 'preempt'),
      preemptDelay: fields.seconds('preempt_delay', 0, 1000),
      useVmac: fields.present('use_vmac'),
    }),
  };
}

/** The first address decides, whatever it is for; keepalived skips those of the other family (keepalived 2.2.7, run). */
function familyOfBlock({ block = [] }: KeepalivedStatement): Family | undefined {
  for (const line of block) {
    const family = familyOfLine(line);
    if (family !== undefined) return family;
  }
  return undefined;
}

function familyOfLine(line: KeepalivedStatement): Family | undefined {
  if (line.keyword === 'native_ipv6') return 6;
  const list = DECIDING_LISTS.has(line.keyword) ? (line.block ?? []).map(({ keyword }) => keyword) : [];
  for (const address of DECIDING.has(line.keyword) ? [line.argument(1) ?? ''] : list) {
    const key = addressKey(address.split('/', 1)[0] ?? '');
    if (key !== undefined) return familyOf(key);
  }
  return undefined;
}

const DECIDING: ReadonlySet<string> = new Set(['unicast_src_ip', 'mcast_src_ip', 'mcast_dst_ip']);
const DECIDING_LISTS: ReadonlySet<string> = new Set(['unicast_peer', 'virtual_ipaddress']);

/** `ADDRESS[/LEN] [dev IF] [label L] …`: one address a line, as written. */
export function readVip(line: KeepalivedStatement): Fact<Vip> {
  const [address = '', length] = line.keyword.split('/');
  const after = (word: string) => {
    const at = line.shape.words.indexOf(word);
    return at === -1 ? undefined : line.argument(at + 1);
  };
  const family: Family = address.includes(':') ? 6 : 4;
  const full = family === 6 ? 128 : 32;
  // What is no length counts as the whole address, as without one, and is reported as a fault of the text.
  const prefix = length === undefined ? undefined : (readInteger(length, 0, full) ?? full);
  return statedBy(
    {
      address,
      key: addressKey(address),
      family,
      ...defined({ prefix, device: after('dev'), label: after('label') }),
    },
    line,
    0,
  );
}

/**
 * Once MASTER, always MASTER: a later BACKUP is ignored (vrrp_parser.c). Read as it was meant: `master` is reported as a
 * fault of its own and not judged a second time as BACKUP.
 */
function readState(header: KeepalivedStatement, fields: Fields): Fact<'MASTER' | 'BACKUP'> {
  return (
    fields.valid('state', (text) => (/^master$/i.test(text) ? 'MASTER' : undefined)) ??
    fields.valid('state', (text) => (/^backup$/i.test(text) ? 'BACKUP' : undefined)) ??
    assumed('BACKUP', header)
  );
}

/** A value that is out of range sets the default, whatever stood before it (vrrp_parser.c, keepalived 2.2.7, run). */
function readPriority(header: KeepalivedStatement, fields: Fields, state: string): Fact<number> {
  const line = fields.last('priority');
  if (line === undefined) return assumed(state === 'MASTER' ? OWNER_PRIORITY : DEFAULT_PRIORITY, header);
  const value = readInteger(line.argument(1) ?? '', 1, 255);
  return value === undefined ? assumed(DEFAULT_PRIORITY, header) : statedBy(value, line, 1);
}

/**
 * The first valid `version` counts. IPv6 means 3, and a `version` behind its first address is ignored: only one in front
 * of all addresses makes keepalived 2.2.7 send version 2 over IPv6 (run, and seen on the wire).
 */
function readInstanceVersion(
  header: KeepalivedStatement,
  family: Family,
  globals: GlobalSettings | undefined,
): Fact<2 | 3> {
  for (const line of header.block ?? []) {
    if (family === 6 && familyOfLine(line) === 6) return assumed(3, header);
    const version = line.keyword === 'version' ? readVersion(line.argument(1) ?? '') : undefined;
    if (version !== undefined && !(family === 6 && isNative(header))) return statedBy(version, line, 1);
  }
  return family === 6 ? assumed(3, header) : (globals?.vrrpVersion ?? assumed(2, header));
}

function isNative({ block = [] }: KeepalivedStatement): boolean {
  return block.some(({ keyword }) => keyword === 'native_ipv6');
}

function readAuthentication(fields: Fields, version: 2 | 3) {
  const inner = new Fields(fields.items('authentication') as KeepalivedStatement[]);
  const authPass = inner.text('auth_pass');
  const authType = inner.valid('auth_type', (text) => (text === 'PASS' || text === 'AH' ? text : undefined));
  return {
    authPass,
    writtenAuthType: inner.text('auth_type'),
    authType: version === 2 && authPass !== undefined ? authType : undefined,
  };
}

/** `vrrp_script NAME { … }` with keepalived's defaults: every second, one failure, one success. */
export function readTrackScript(host: string, header: KeepalivedStatement): TrackScript {
  const fields = new Fields(header.block);
  const name = header.argument(1) ?? '';
  return {
    id: `${host}/vrrp_script ${name}`,
    label: name,
    place: header.place,
    name: statedBy(name, header, 1),
    interval: fields.seconds('interval', 0.001, 4_294_967) ?? assumed(1, header),
    weight: fields.integer('weight', -253, 253) ?? assumed(0, header),
    rise: fields.integer('rise', 1, 2_147_483_647) ?? assumed(1, header),
    fall: fields.integer('fall', 1, 2_147_483_647) ?? assumed(1, header),
    ...defined({
      command: fields.text('script'),
      timeout: fields.seconds('timeout', 0.001, 4_294_967),
      user: fields.text('user'),
      initFail: fields.present('init_fail'),
    }),
  };
}

export function readSyncGroup(
  host: string,
  header: KeepalivedStatement,
  definitions: TrackDefinitions,
): SyncGroup {
  const fields = new Fields(header.block);
  const name = header.argument(1) ?? '';
  return {
    id: `${host}/vrrp_sync_group ${name}`,
    label: name,
    place: header.place,
    name: statedBy(name, header, 1),
    members: fields.names('group'),
    tracks: readTracks(fields, definitions),
    notify: readNotify(header),
    ...defined({
      trackingWeight: fields.present('sync_group_tracking_weight'),
      globalTracking: fields.present('global_tracking'),
    }),
  };
}

/** Programs that are told of a state; `notify_priority_changes` only says how often. */
function readNotify(header: KeepalivedStatement): Fact<string>[] {
  return (header.block ?? []).flatMap((line) => {
    const { keyword } = line;
    const command = line.argument(1);
    if (!keyword.startsWith('notify') || keyword === 'notify_priority_changes') return [];
    return command === undefined ? [] : [statedBy(command, line, 1)];
  });
}

function headerOf(line: KeepalivedStatement | undefined): Fact<string> | undefined {
  return line === undefined ? undefined : statedBy(line.keyword, line, 0);
}

/** `IF DOWN [UP]` in seconds (keepalived.conf(5), interface_up_down_delays); nothing where keepalived skips the line. */
export function readLinkDelay(line: KeepalivedStatement): LinkDelay[] {
  const seconds = readSeconds(line.argument(1) ?? '', 0, 255);
  return seconds === undefined
    ? []
    : [{ interface: statedBy(line.keyword, line, 0), down: statedBy(seconds, line, 1) }];
}
