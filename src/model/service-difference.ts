import type { Fact, Located } from '../evidence/fact.ts';
import type { Host, Subject } from './cluster.ts';
import { hasDamage, isBlockDamaged, isServiceDamaged } from './damage.ts';
import { socketText } from './endpoint.ts';
import { matchUp } from './match-up.ts';
import { isDirect } from './method.ts';
import { onlyPort } from './ports.ts';
import type { Checker, Endpoint, RealServer, VirtualService } from './service.ts';
import { CHECKER_FIELDS, type FieldOf, SERVER_FIELDS, SERVICE_FIELDS } from './service-fields.ts';

/** One of two places that say what is balanced: the files of a director, its running table. */
export interface Side {
  readonly host: Host;
  /** `lb2`, `the running table` */
  readonly name: string;
  /** `on lb2`, `in the running table` */
  readonly where: string;
  readonly services: readonly VirtualService[];
  /** Where a missing service would stand. */
  readonly home: Located;
}

/** One thing that two sides do not say alike, with both places. */
export interface ServiceDifference {
  readonly host: Host;
  readonly about: Subject;
  readonly at: Located;
  readonly message: string;
  readonly related: { readonly at: Located; readonly message: string };
  /** Something does not work, rather than works otherwise. */
  readonly grave: boolean;
}

interface Sides {
  readonly one: Side;
  readonly other: Side;
  /** Only what the kernel's table shows is compared. */
  readonly asTable: boolean;
}

/** How what two sides say differs; what many servers take from one line is told once. */
export function serviceDifferences(one: Side, other: Side, asTable = false): readonly ServiceDifference[] {
  if (other.services.length === 0) return lostAll(other, one);
  if (one.services.length === 0) return lostAll(one, other);
  const { pairs, onlyFirst, onlySecond } = matchUp(one.services, other.services, keysOf, kinOf, serverSetOf);
  const both = { one, other, asTable };
  const told = new Set<string>();
  const gone = hasDamage(other.host) ? [] : onlyFirst;
  const come = hasDamage(one.host) ? [] : onlySecond;
  return [
    ...gone.map((service) => lost(other, one, `virtual server ${service.label}`, service, other.home)),
    ...come.map((service) => lost(one, other, `virtual server ${service.label}`, service, one.home)),
    ...pairs.flatMap(([mine, theirs]) => ofService(both, mine, theirs)),
  ].filter((difference) => {
    const key = repeatKey(difference);
    return !told.has(key) && told.add(key);
  });
}

/** Servers and checks take values from the service around them: the same word, the same values. */
function repeatKey({ at, message }: ServiceDifference): string {
  const { source, range } = at.place;
  const [label, values] = [message.indexOf(' of '), message.indexOf(' is ')];
  const said = values < 0 ? message : `${message.slice(0, label)}${message.slice(values)}`;
  return `${source.name} ${range.start} ${range.end} ${said}`;
}

function keysOf({ endpoints }: VirtualService): readonly string[] {
  return endpoints.map(({ key }) => key);
}

function kinOf({ endpoints, group }: VirtualService): readonly string[] {
  return [group?.value ?? endpoints[0]?.address?.value ?? ''];
}

/** Where the address is another one, the servers behind it tell what it stands for. */
function serverSetOf(service: VirtualService): readonly string[] {
  const servers = service.realServers.map((server) => receivingSocket(service, server));
  return servers.length === 0 ? [] : [servers.sort().join(' ')];
}

interface PlacedServer {
  readonly server: RealServer;
  readonly socket: string;
}

function serversOf(service: VirtualService): readonly PlacedServer[] {
  return service.realServers.map((server) => ({ server, socket: receivingSocket(service, server) }));
}

/** What tells servers of a service apart: with DR and TUN the port is the service's own, whatever is written. */
export function receivingSocket(service: VirtualService, { address, port, method }: RealServer): string {
  if (isDirect(method.value)) return address.value;
  return socketText(address.value, port?.value || onlyPort(service) || 0);
}

function lostAll(without: Side, having: Side): ServiceDifference[] {
  const [first, ...others] = having.services;
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return [lost(without, having, `virtual server ${first.label}${more}`, first, without.home)];
}

function lost(without: Side, having: Side, what: string, thing: Subject, at: Located): ServiceDifference {
  return {
    host: without.host,
    about: thing,
    at,
    message: `${without.name} has no ${what}, ${having.name} has`,
    related: { at: thing, message: `${having.name} has it here` },
    grave: true,
  };
}

/** A thing that both have, with another value; `texts` and `places` are those of the first and of the second. */
function changed(
  { one, other }: Sides,
  about: Subject,
  what: string,
  texts: readonly [string, string],
  places: readonly [Located, Located],
  grave: boolean,
): ServiceDifference {
  return {
    host: other.host,
    about,
    at: places[1],
    message: `${what} is ${texts[1]} ${other.where}, ${texts[0]} ${one.where}`,
    related: { at: places[0], message: `${texts[0]} ${one.where}` },
    grave,
  };
}

function ofService(both: Sides, mine: VirtualService, theirs: VirtualService): ServiceDifference[] {
  const servers = matchUp(
    serversOf(mine),
    serversOf(theirs),
    ({ socket }) => [socket],
    ({ server }) => [server.address.value],
    () => [''],
  );
  const { one, other } = both;
  return [
    ...ofEndpoints(both, mine, theirs),
    ...ofFields(both, theirs, theirs.label, SERVICE_FIELDS, [mine, theirs]),
    ...(isServiceDamaged(other.host, theirs) ? [] : servers.onlyFirst).map(({ server }) =>
      lost(other, one, `real server ${server.label} for ${theirs.label}`, server, theirs),
    ),
    ...(isServiceDamaged(one.host, mine) ? [] : servers.onlySecond).map(({ server }) =>
      lost(one, other, `real server ${server.label} for ${mine.label}`, server, mine),
    ),
    ...servers.pairs.flatMap(([here, there]) => ofServer(both, theirs, here, there)),
  ];
}

function ofEndpoints(both: Sides, mine: VirtualService, theirs: VirtualService): ServiceDifference[] {
  const here = new Set(keysOf(mine));
  const there = new Set(keysOf(theirs));
  const gone = mine.endpoints.find(({ key }) => !there.has(key));
  const come = theirs.endpoints.find(({ key }) => !here.has(key));
  if (gone === undefined && come === undefined) return [];
  const places = [placeIn(mine, gone, come), placeIn(theirs, come, gone)] as const;
  const texts = [gone?.key ?? 'missing', come?.key ?? 'missing'] as const;
  return [changed(both, theirs, 'a virtual server', texts, places, true)];
}

/** The word in which an endpoint differs from the one that stands for it. */
function placeIn(
  service: VirtualService,
  own: Endpoint | undefined,
  counterpart: Endpoint | undefined,
): Located {
  if (own === undefined) return service.group ?? service;
  if (own.key.split(' ')[0] !== counterpart?.key.split(' ')[0]) return service.protocol ?? service;
  const moved = own.address?.value !== counterpart?.address?.value;
  return (moved ? own.address : own.port) ?? own.mark ?? service;
}

function ofServer(
  both: Sides,
  theirs: VirtualService,
  { server: here, socket: mine }: PlacedServer,
  { server: there, socket: own }: PlacedServer,
): readonly ServiceDifference[] {
  const moved = here.address.value !== there.address.value;
  if (moved || (mine !== own && here.method.value === there.method.value)) {
    const wordOf = (server: RealServer) => (moved ? server.address : (server.port ?? server));
    const places = [wordOf(here), wordOf(there)] as const;
    const what = `a real server for ${theirs.label}`;
    return [changed(both, there, what, [mine, own], places, true)];
  }
  const label = `${there.label} for ${theirs.label}`;
  return [
    ...ofFields(both, there, label, SERVER_FIELDS, [here, there]),
    ...ofChecks(both, label, here, there),
  ];
}

function ofChecks(both: Sides, label: string, here: RealServer, there: RealServer): ServiceDifference[] {
  const [mine, theirs] = [here.checkers, there.checkers];
  if (mine === undefined || theirs === undefined) return [];
  const texts = [kindsOf(mine), kindsOf(theirs)] as const;
  if (mine.length === 0 && isBlockDamaged(both.one.host, here)) return [];
  if (theirs.length === 0 && isBlockDamaged(both.other.host, there)) return [];
  if (texts[0] !== texts[1])
    return [
      changed(both, there, `the check of ${label}`, texts, [mine[0] ?? here, theirs[0] ?? there], false),
    ];
  return mine.flatMap((check, index) => {
    const counterpart = theirs[index] as Checker;
    return ofFields(both, there, `the ${check.kind} of ${label}`, CHECKER_FIELDS, [check, counterpart]);
  });
}

function kindsOf(checkers: readonly Checker[]): string {
  return checkers.map(({ kind }) => kind).join(' and ') || 'not there';
}

function ofFields<T extends Subject>(
  both: Sides,
  about: Subject,
  label: string,
  fields: readonly FieldOf<T>[],
  [here, there]: readonly [T, T],
): ServiceDifference[] {
  const differences: ServiceDifference[] = [];
  for (const { what, read, grave = false, inTable } of fields) {
    if (both.asTable && !inTable) continue;
    const [mine, theirs] = [read(here), read(there)];
    if (mine?.value === theirs?.value || Number.isNaN(mine?.value) || Number.isNaN(theirs?.value)) continue;
    if (!isWritten(mine) && isBlockDamaged(both.one.host, mine ?? here)) continue;
    if (!isWritten(theirs) && isBlockDamaged(both.other.host, theirs ?? there)) continue;
    const name = `${what} of ${label}`;
    const texts = [textOf(mine), textOf(theirs)] as const;
    const places = [mine ?? here, theirs ?? there] as const;
    // Of two values the one that somebody wrote is the one to look at.
    const difference =
      isWritten(mine) && !isWritten(theirs)
        ? changed(turned(both), about, name, [texts[1], texts[0]], [places[1], places[0]], grave)
        : changed(both, about, name, texts, places, grave);
    differences.push(difference);
  }
  return differences;
}

function turned({ one, other, asTable }: Sides): Sides {
  return { one: other, other: one, asTable };
}

function textOf(fact: Fact<unknown> | undefined): string {
  return fact === undefined ? 'not set' : `${fact.value}`;
}

function isWritten(fact: Fact<unknown> | undefined): boolean {
  return fact !== undefined && fact.basis !== 'default';
}
