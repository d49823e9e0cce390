import type { FaultKind } from '../../grammars/tree.ts';
import type { Located } from '../evidence/fact.ts';
import type { Source } from '../evidence/source.ts';
import type { Host } from './cluster.ts';

/** Faults behind which a block may hold what it seems to leave out. */
const HIDING: ReadonlySet<FaultKind> = new Set([
  'unknown-keyword',
  'several-keywords-on-one-line',
  'unbalanced-braces',
  'unclosed-quote',
  'malformed-value',
  'undefined-variable',
]);

interface Damage {
  readonly services: ReadonlyMap<Source, readonly number[]>;
  readonly servers: ReadonlyMap<Source, readonly number[]>;
  readonly faults: ReadonlyMap<Source, readonly number[]>;
}

const known = new WeakMap<Host, Damage>();

/** True where the text of a service, a server or a check is damaged before the next server begins. */
export function isBlockDamaged(host: Host, block: Located): boolean {
  return isDamaged(host, block, ({ servers }) => servers);
}

/** True where the text of a service is damaged anywhere before the next service begins. */
export function isServiceDamaged(host: Host, service: Located): boolean {
  return isDamaged(host, service, ({ services }) => services);
}

/** True where the text of a host is damaged at all. */
export function hasDamage(host: Host): boolean {
  return host.faults?.some(({ kind }) => HIDING.has(kind)) === true;
}

function isDamaged(host: Host, { place }: Located, endsOf: (damage: Damage) => Damage['services']): boolean {
  if (!hasDamage(host)) return false;
  const damage = known.get(host) ?? findDamage(host);
  known.set(host, damage);
  const { start } = place.range;
  const end = next(endsOf(damage).get(place.source), start) ?? Number.POSITIVE_INFINITY;
  const fault = next(damage.faults.get(place.source), start);
  return fault !== undefined && fault < end;
}

function findDamage({ services = [], faults = [] }: Host): Damage {
  const heads = services.flatMap((service) => [service, ...service.realServers]);
  const hiding = faults.filter(({ kind }) => HIDING.has(kind));
  return {
    services: startsOf(services),
    servers: startsOf(heads),
    faults: startsOf(hiding.map(({ at }) => ({ place: at }))),
  };
}

function startsOf(things: readonly Located[]): ReadonlyMap<Source, readonly number[]> {
  const starts = new Map<Source, number[]>();
  for (const { place } of things) {
    const list = starts.get(place.source);
    if (list === undefined) starts.set(place.source, [place.range.start]);
    else list.push(place.range.start);
  }
  for (const list of starts.values()) list.sort((one, other) => one - other);
  return starts;
}

/** The first number above another one, in a sorted list. */
function next(sorted: readonly number[] = [], above: number): number | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > above) high = middle;
    else low = middle + 1;
  }
  return sorted[low];
}
