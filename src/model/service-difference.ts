import type { Fact, Located } from '../evidence/fact.ts';
import type { Cluster, Host, Subject } from './cluster.ts';
import { socketText } from './endpoint.ts';
import { matchUp } from './match-up.ts';
import type { Checker, Endpoint, RealServer, VirtualService } from './service.ts';
import { CHECKER_FIELDS, type FieldOf, SERVER_FIELDS, SERVICE_FIELDS } from './service-fields.ts';
import { sharedServices } from './shared-services.ts';

/** One thing that two directors do not balance alike, with both places. */
export interface ServiceDifference {
  readonly host: Host;
  readonly about: Subject;
  readonly at: Located;
  readonly message: string;
  readonly related: { readonly at: Located; readonly message: string };
  /** After a failover it does not work, rather than works otherwise. */
  readonly grave: boolean;
}

interface Directors {
  readonly one: Host;
  readonly other: Host;
}

/** How the services of two directors differ; what many servers take from one line is told once. */
export function serviceDifferences(cluster: Cluster, one: Host, other: Host): readonly ServiceDifference[] {
  const first = sharedServices(cluster, one, other);
  const second = sharedServices(cluster, other, one);
  if (second.length === 0) return lostAll(other, one, first);
  if (first.length === 0) return lostAll(one, other, second);
  const { pairs, onlyFirst, onlySecond } = matchUp(first, second, keysOf, kinOf);
  const both = { one, other };
  const told = new Set<string>();
  return [
    ...onlyFirst.map((service) =>
      lost(other, one, `virtual server ${service.label}`, service, homeOf(other)),
    ),
    ...onlySecond.map((service) => lost(one, other, `virtual server ${service.label}`, service, homeOf(one))),
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

function kinOf({ endpoints, group }: VirtualService): string {
  return group?.value ?? endpoints[0]?.address?.value ?? '';
}

function socketOf({ address, port }: RealServer): string {
  return socketText(address.value, port?.value ?? 0);
}

/** Where a missing service would stand: beside the others. */
function homeOf(host: Host): Located {
  return host.services?.[0] ?? host.vrrp?.[0] ?? host;
}

function lostAll(without: Host, having: Host, services: readonly VirtualService[]): ServiceDifference[] {
  const [first] = services;
  if (first === undefined) return [];
  const more = services.length === 1 ? '' : ` (and ${services.length - 1} more)`;
  return [lost(without, having, `virtual server ${first.label}${more}`, first, homeOf(without))];
}

function lost(without: Host, having: Host, what: string, thing: Subject, at: Located): ServiceDifference {
  return {
    host: without,
    about: thing,
    at,
    message: `${without.label} has no ${what}, ${having.label} has`,
    related: { at: thing, message: `${having.label} has it here` },
    grave: true,
  };
}

/** A thing that both have, with another value; `texts` and `places` are those of the first and of the second. */
function changed(
  { one, other }: Directors,
  about: Subject,
  what: string,
  texts: readonly [string, string],
  places: readonly [Located, Located],
  grave: boolean,
): ServiceDifference {
  return {
    host: other,
    about,
    at: places[1],
    message: `${what} is ${texts[1]} on ${other.label}, ${texts[0]} on ${one.label}`,
    related: { at: places[0], message: `${texts[0]} on ${one.label}` },
    grave,
  };
}

function ofService(both: Directors, mine: VirtualService, theirs: VirtualService): ServiceDifference[] {
  const servers = matchUp(
    mine.realServers,
    theirs.realServers,
    (server) => [socketOf(server)],
    () => '',
  );
  const { one, other } = both;
  return [
    ...ofEndpoints(both, mine, theirs),
    ...ofFields(both, theirs, theirs.label, SERVICE_FIELDS, [mine, theirs]),
    ...servers.onlyFirst.map((server) =>
      lost(other, one, `real server ${server.label} for ${theirs.label}`, server, theirs),
    ),
    ...servers.onlySecond.map((server) =>
      lost(one, other, `real server ${server.label} for ${mine.label}`, server, mine),
    ),
    ...servers.pairs.flatMap(([here, there]) => ofServer(both, theirs, here, there)),
  ];
}

function ofEndpoints(both: Directors, mine: VirtualService, theirs: VirtualService): ServiceDifference[] {
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
  both: Directors,
  theirs: VirtualService,
  here: RealServer,
  there: RealServer,
): readonly ServiceDifference[] {
  const sockets = [socketOf(here), socketOf(there)] as const;
  if (sockets[0] !== sockets[1]) {
    const sameAddress = here.address.value === there.address.value;
    const wordOf = (server: RealServer) => (sameAddress ? (server.port ?? server) : server.address);
    const places = [wordOf(here), wordOf(there)] as const;
    const what = `a real server for ${theirs.label}`;
    return [changed(both, there, what, sockets, places, true)];
  }
  const label = `${there.label} for ${theirs.label}`;
  return [
    ...ofFields(both, there, label, SERVER_FIELDS, [here, there]),
    ...ofChecks(both, label, here, there),
  ];
}

function ofChecks(both: Directors, label: string, here: RealServer, there: RealServer): ServiceDifference[] {
  const [mine, theirs] = [here.checkers ?? [], there.checkers ?? []];
  const texts = [kindsOf(mine), kindsOf(theirs)] as const;
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
  both: Directors,
  about: Subject,
  label: string,
  fields: readonly FieldOf<T>[],
  [here, there]: readonly [T, T],
): ServiceDifference[] {
  const differences: ServiceDifference[] = [];
  for (const { what, read, grave = false } of fields) {
    const [mine, theirs] = [read(here), read(there)];
    if (mine?.value === theirs?.value || Number.isNaN(mine?.value) || Number.isNaN(theirs?.value)) continue;
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

function turned({ one, other }: Directors): Directors {
  return { one: other, other: one };
}

function textOf(fact: Fact<unknown> | undefined): string {
  return fact === undefined ? 'not set' : `${fact.value}`;
}

function isWritten(fact: Fact<unknown> | undefined): boolean {
  return fact !== undefined && fact.basis !== 'default';
}
