import {
  type KeepalivedStatement,
  readInteger,
  readProtocol,
  readScheduler,
} from '../../grammars/keepalived/read.ts';
import { assumed, statedBy } from '../evidence/fact.ts';
import { addressRange } from './address-range.ts';
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
/** The words of today and those of 1.1, which are still taken. */
const METHOD = ['lb_kind', 'lvs_method'];
const SCHEDULER = ['lb_algo', 'lvs_sched'];

/** One `virtual_server` block; without endpoints where keepalived skips it for its address, undefined for its mark. */
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
  const method = fields.latest(METHOD, methodOf) ?? assumed('NAT' as const, fields.last(...METHOD) ?? header);
  const delayLoop = fields.seconds('delay_loop', 0.000001);
  const inhibitOnFailure = fields.present('inhibit_on_failure');
  const defaults = {
    id,
    method,
    inhibitOnFailure,
    delayLoop: delayLoop ?? assumed(DEFAULT_DELAY_LOOP, header),
    retry: fields.integer('retry', 1, MAX_MARK),
    delayBeforeRetry: fields.seconds('delay_before_retry'),
    connectTimeout: fields.seconds('connect_timeout', 0.000001),
    weight: fields.integer('weight', 1, 2_147_483_647),
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
      persistence: readPersistence(fields) ?? impliedPersistence(fields, endpoints),
      refusedPersistence: readRefusedPersistence(fields),
      granularity: fields.text('persistence_granularity'),
      persistenceEngine: fields.text('persistence_engine'),
      onePacket: fields.present('ops'),
      alpha: fields.present('alpha'),
      omega: fields.present('omega'),
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
  const named = fields.latest(SCHEDULER, (line) => {
    const name = readScheduler((line.argument(1) ?? '').toLowerCase());
    return name === undefined ? undefined : statedBy(name, line, 1);
  });
  return named ?? assumed('wlc', fields.last(...SCHEDULER) ?? header);
}

function readPersistence(fields: Fields): VirtualService['persistence'] {
  return fields.latest(['persistence_timeout'], (line) => {
    const text = line.argument(1);
    const value = text === undefined ? DEFAULT_PERSISTENCE : readInteger(text, 1, 2_678_400);
    return value === undefined ? undefined : statedBy(value, line, text === undefined ? 0 : 1);
  });
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
function impliedPersistence(fields: Fields, endpoints: readonly Endpoint[]): VirtualService['persistence'] {
  const granularity = fields.last('persistence_granularity');
  // IPv6 wants a length; an IPv4 mask is refused there, and the line does nothing.
  const isRefused = (text = '') => endpoints[0]?.family === 6 && readInteger(text, 1, 128) === undefined;
  if (granularity !== undefined && !isRefused(granularity.argument(1)))
    return assumed(DEFAULT_PERSISTENCE, granularity);
  const port = endpoints.find((endpoint) => endpoint.port?.value === 0)?.port;
  return port === undefined ? undefined : assumed(DEFAULT_PERSISTENCE, port);
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
  if (first === 'group') {
    const group = groups.get(header.argument(2) ?? '');
    return (group?.block ?? []).flatMap((line) => groupEntry(line, protocol, markFamily(fields)));
  }
  if (first === 'fwmark') {
    const endpoint = markEndpoint(header, 2, markFamily(fields));
    return endpoint === undefined ? undefined : [endpoint];
  }
  // Outside of groups keepalived ignores a mask or a range behind the address without a word.
  const [address = ''] = (first ?? '').split(/[/-]/);
  return addressEndpoints(header, 1, [addressKey(address) ?? []].flat(), protocol);
}

/** A mark is of the family of its servers; where tunnels mix them, it is IPv4 (keepalived 2.2.7, run). */
function markFamily(fields: Fields): Family {
  if (fields.last('ip_family') !== undefined) return fields.text('ip_family')?.value === 'inet6' ? 6 : 4;
  const servers = fields.all('real_server');
  return servers.length > 0 && servers.every((line) => line.argument(1)?.includes(':')) ? 6 : 4;
}

/** `fwmark N` or `ADDRESS[-END] PORT` or `NETWORK/LEN PORT` inside a group. */
function groupEntry(line: KeepalivedStatement, protocol: Protocol, family: Family): Endpoint[] {
  if (line.keyword !== 'fwmark') return addressEndpoints(line, 0, addressRange(line.keyword), protocol);
  const endpoint = markEndpoint(line, 1, family);
  return endpoint === undefined ? [] : [endpoint];
}

function markEndpoint(line: KeepalivedStatement, word: number, family: Family): Endpoint | undefined {
  const mark = readInteger(line.argument(word) ?? '', 1, MAX_MARK);
  return mark === undefined
    ? undefined
    : { key: markKey(mark, family), family, mark: statedBy(mark, line, word) };
}

function addressEndpoints(
  line: KeepalivedStatement,
  word: number,
  addresses: readonly string[],
  protocol: Protocol,
): Endpoint[] {
  const portText = line.argument(word + 1);
  const port = portText === undefined ? 0 : readInteger(portText, 0, 65_535);
  if (port === undefined) return [];
  return addresses.map((address) => ({
    key: endpointKey(protocol, address, port),
    family: familyOf(address),
    address: statedBy(address, line, word),
    port: statedBy(port, line, portText === undefined ? word : word + 1),
  }));
}

function labelOf(header: KeepalivedStatement, endpoints: readonly Endpoint[], protocol: Protocol): string {
  const [only] = endpoints;
  if (header.argument(1) === 'group') return `group ${header.argument(2) ?? ''}`;
  if (only?.mark !== undefined) return `fwmark ${only.mark.value}`;
  if (only?.address === undefined) return header.shape.words.slice(1).join(' ');
  return `${socketText(only.address.value, only.port?.value ?? 0)}/${protocol}`;
}
