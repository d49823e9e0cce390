import {
  type KeepalivedStatement,
  readInteger,
  readProtocol,
  readScheduler,
} from '../../grammars/keepalived/read.ts';
import { assumed, statedBy } from '../evidence/fact.ts';
import type { Family } from './cluster.ts';
import { addressKey, endpointKey, familyOf, markKey, socketText } from './endpoint.ts';
import { Fields } from './fields.ts';
import { defined } from './from-keepalived-globals.ts';
import { methodOf, readRealServer } from './from-keepalived-server.ts';
import type { TrackDefinitions } from './from-keepalived-tracks.ts';
import type { Endpoint, Protocol, RealServer, SorryServer, VirtualService } from './service.ts';

/** `virtual_server_group NAME { … }` blocks by name. */
export type ServerGroups = ReadonlyMap<string, KeepalivedStatement>;

const MAX_MARK = 4_294_967_295;
/** `persistence_timeout` without a number (keepalived.conf(5); check_parser.c). */
const DEFAULT_PERSISTENCE = 360;
const DEFAULT_DELAY_LOOP = 60;
/** `10.0.0.1-254`: more addresses than this in one line of a group are listed no further. */
const MAX_RANGE = 256;

/** One `virtual_server` block; undefined where keepalived skips it for its address. */
export function readService(
  host: string,
  header: KeepalivedStatement,
  groups: ServerGroups,
  definitions?: TrackDefinitions,
): VirtualService | undefined {
  const fields = new Fields(header.block);
  const isMark = header.argument(1) === 'fwmark' || header.argument(1) === 'group';
  const protocol =
    fields.valid('protocol', readProtocol) ?? assumed('UDP' as const, fields.last('protocol') ?? header);
  const endpoints = readEndpoints(header, protocol.value, fields, groups);
  if (endpoints === undefined) return undefined;
  const group = header.argument(1) === 'group' ? statedBy(header.argument(2) ?? '', header, 2) : undefined;
  const label = labelOf(header, endpoints, protocol.value);
  const id = `${host}/virtual_server ${label}`;
  const methodLine = fields.last('lb_kind', 'lvs_method');
  const method = (methodLine && methodOf(methodLine)) ?? assumed('NAT' as const, methodLine ?? header);
  const delayLoop = fields.seconds('delay_loop', 0.000001);
  const inhibitOnFailure = fields.flag('inhibit_on_failure');
  const defaults = {
    id,
    method,
    inhibitOnFailure,
    delayLoop: delayLoop ?? assumed(DEFAULT_DELAY_LOOP, header),
    retry: fields.integer('retry', 0, MAX_MARK),
    delayBeforeRetry: fields.seconds('delay_before_retry', 0.000001),
    connectTimeout: fields.seconds('connect_timeout', 0.000001),
    weight: fields.integer('weight', 0, 2_147_483_647),
    definitions,
  };
  const servers = fields.all('real_server').map((line) => readRealServer(line, defaults));
  return {
    id,
    label,
    place: header.place,
    manager: 'keepalived',
    endpoints,
    scheduler: readSchedulerOf(fields, header),
    schedulerFlags: [
      'sh-port',
      'sh-fallback',
      'mh-port',
      'mh-fallback',
      'hashed',
      'flag-1',
      'flag-2',
      'flag-3',
    ].flatMap((flag) => fields.all(flag).map((line) => statedBy(flag, line, 0))),
    method,
    delayLoop: defaults.delayLoop,
    realServers: servers.filter((server): server is RealServer => server !== undefined),
    ...defined({
      group,
      protocol:
        isMark && endpoints.every(({ mark }) => mark !== undefined) && endpoints.length > 0
          ? undefined
          : protocol,
      persistence: readPersistence(fields) ?? impliedPersistence(fields, endpoints, group !== undefined),
      refusedPersistence: readRefusedPersistence(fields),
      granularity: fields.text('persistence_granularity'),
      persistenceEngine: fields.text('persistence_engine'),
      onePacket: fields.flag('ops'),
      alpha: fields.flag('alpha'),
      omega: fields.flag('omega'),
      inhibitOnFailure,
      quorum: fields.integer('quorum', 1, MAX_MARK),
      hysteresis: fields.integer('hysteresis', 0, MAX_MARK),
      quorumUp: fields.text('quorum_up'),
      virtualhost: fields.text('virtualhost'),
      sorryServer: readSorryServer(fields),
    }),
  };
}

function readSchedulerOf(fields: Fields, header: KeepalivedStatement): VirtualService['scheduler'] {
  const line = fields.last('lb_algo', 'lvs_sched');
  const name = readScheduler((line?.argument(1) ?? '').toLowerCase());
  return line !== undefined && name !== undefined ? statedBy(name, line, 1) : assumed('wlc', line ?? header);
}

function readPersistence(fields: Fields): VirtualService['persistence'] {
  const line = fields.last('persistence_timeout');
  if (line === undefined) return undefined;
  const text = line.argument(1);
  const value = text === undefined ? DEFAULT_PERSISTENCE : readInteger(text, 1, 2_678_400);
  return value === undefined ? undefined : statedBy(value, line, text === undefined ? 0 : 1);
}

/** A number that keepalived refuses: it ignores the line. */
function readRefusedPersistence(fields: Fields): VirtualService['refusedPersistence'] {
  const line = fields.last('persistence_timeout');
  const text = line?.argument(1);
  if (line === undefined || text === undefined || readPersistence(fields) !== undefined) return undefined;
  // `${_RANDOM 1 9}`: decided when the file is read.
  if (text.includes('$')) return undefined;
  return statedBy(text, line, 1);
}

/** A granularity alone makes a service persistent, and port 0 works with persistence only (keepalived 2.2.7, run). */
function impliedPersistence(
  fields: Fields,
  endpoints: readonly Endpoint[],
  isGroup: boolean,
): VirtualService['persistence'] {
  const granularity = fields.last('persistence_granularity');
  if (granularity !== undefined) return assumed(DEFAULT_PERSISTENCE, granularity);
  const [endpoint] = endpoints;
  return !isGroup && endpoint?.port?.value === 0 ? assumed(DEFAULT_PERSISTENCE, endpoint.port) : undefined;
}

function readSorryServer(fields: Fields): SorryServer | undefined {
  const line = fields.last('sorry_server');
  const address = addressKey(line?.argument(1) ?? '');
  if (line === undefined || address === undefined) return undefined;
  const port = readInteger(line.argument(2) ?? '', 0, 65_535);
  const methodLine = fields.last('sorry_server_lvs_method');
  const inhibit = fields.last('sorry_server_inhibit');
  return {
    address: statedBy(address, line, 1),
    ...defined({
      port: port === undefined ? undefined : statedBy(port, line, 2),
      method: methodLine && methodOf(methodLine),
      inhibit: inhibit && statedBy(true, inhibit, 0),
    }),
  };
}

function readEndpoints(
  header: KeepalivedStatement,
  protocol: Protocol,
  fields: Fields,
  groups: ServerGroups,
): Endpoint[] | undefined {
  const first = header.argument(1);
  const family =
    fields.text('ip_family')?.value === 'inet6' || fields.last('real_server')?.argument(1)?.includes(':')
      ? 6
      : 4;
  if (first === 'group') {
    const group = groups.get(header.argument(2) ?? '');
    return (group?.block ?? []).flatMap((line) => groupEntry(line, protocol, family));
  }
  if (first === 'fwmark') {
    const endpoint = markEndpoint(header, 2, family);
    return endpoint === undefined ? undefined : [endpoint];
  }
  return addressEndpoints(header, 1, protocol)
    .slice(0, 1)
    .filter(() => first !== undefined);
}

/** `fwmark N` or `ADDRESS[-END] PORT` or `ADDRESS/LEN PORT` inside a group. */
function groupEntry(line: KeepalivedStatement, protocol: Protocol, family: Family): Endpoint[] {
  if (line.keyword !== 'fwmark') return addressEndpoints(line, 0, protocol);
  const endpoint = markEndpoint(line, 1, family);
  return endpoint === undefined ? [] : [endpoint];
}

function markEndpoint(line: KeepalivedStatement, word: number, family: Family): Endpoint | undefined {
  const mark = readInteger(line.argument(word) ?? '', 1, MAX_MARK);
  return mark === undefined
    ? undefined
    : { key: markKey(mark, family), family, mark: statedBy(mark, line, word) };
}

function addressEndpoints(line: KeepalivedStatement, word: number, protocol: Protocol): Endpoint[] {
  const [address = ''] = (line.argument(word) ?? '').split(/[/-]/);
  const key = addressKey(address);
  const portText = line.argument(word + 1);
  const port = portText === undefined ? 0 : readInteger(portText, 0, 65_535);
  if (key === undefined || port === undefined) return [];
  return rangeOf(line.argument(word) ?? '', key, word === 0).map((each) => ({
    key: endpointKey(protocol, each, port),
    family: familyOf(key),
    address: statedBy(each, line, word),
    port: statedBy(port, line, portText === undefined ? word : word + 1),
  }));
}

/** `10.0.0.1-10` counts up the last number; it works in groups only, elsewhere the suffix is ignored. */
function rangeOf(text: string, first: string, inGroup: boolean): string[] {
  const range = /^(\d+\.\d+\.\d+\.)(\d+)-(\d+)$/.exec(text);
  if (!inGroup || range === null) return [first];
  const [, network = '', from = '0', to = '0'] = range;
  const count = Math.min(Number(to) - Number(from) + 1, MAX_RANGE);
  return Array.from({ length: Math.max(count, 0) }, (_, index) => `${network}${Number(from) + index}`);
}

function labelOf(header: KeepalivedStatement, endpoints: readonly Endpoint[], protocol: Protocol): string {
  const [only] = endpoints;
  if (header.argument(1) === 'group') return `group ${header.argument(2) ?? ''}`;
  if (only?.mark !== undefined) return `fwmark ${only.mark.value}`;
  if (only?.address === undefined) return header.shape.words.slice(1).join(' ');
  return `${socketText(only.address.value, only.port?.value ?? 0)}/${protocol}`;
}
