import type { FaultKind } from '../../grammars/tree.ts';
import type { Located } from '../evidence/fact.ts';
import type { Source } from '../evidence/source.ts';
import type { Host } from './cluster.ts';
import { append } from './grouping.ts';
import { remembered } from './memory.ts';
import type { VrrpInstance } from './vrrp.ts';

/** Faults that lose whole blocks. */
const LOSING: ReadonlySet<FaultKind> = new Set([
  'several-keywords-on-one-line',
  'unbalanced-braces',
  'unclosed-quote',
]);

/** Faults behind which a keyword may stand that was not read as one. */
const HIDING_KEYWORDS: ReadonlySet<FaultKind> = new Set([...LOSING, 'unknown-keyword']);

/** Faults behind which a block may hold what it seems to leave out. */
const HIDING: ReadonlySet<FaultKind> = new Set([...HIDING_KEYWORDS, 'malformed-value', 'undefined-variable']);

/** A variable that nobody defines: the file is a template, and its values are those of nobody. */
const TEMPLATED: ReadonlySet<FaultKind> = new Set(['undefined-variable']);

/** True where the text of an instance is damaged: what it seems to leave out may be there, and the damage is reported. */
export function isSpoilt(host: Host, instance: VrrpInstance): boolean {
  return isHit(instance, host, 'instances', 'keywords');
}

/** True where anything in the text of an instance could not be read, be it a value only. */
export function isInstanceDamaged(host: Host, instance: VrrpInstance): boolean {
  return isHit(instance, host, 'instances', 'blocks');
}

/** True for an instance that is to be filled in: what its defaults would be says nothing about a node. */
export function isTemplate(host: Host, instance: VrrpInstance): boolean {
  return isHit(instance, host, 'instances', 'variables');
}

/** True where the text of a service, a server or a check is damaged before the next server begins. */
export function isBlockDamaged(host: Host, block: Located): boolean {
  return isHit(block, host, 'servers', 'blocks');
}

/** True where the text of a service is damaged anywhere before the next service begins. */
export function isServiceDamaged(host: Host, service: Located): boolean {
  return isHit(service, host, 'services', 'blocks');
}

/** True where the text of a host is damaged at all. */
export function hasDamage({ faults = [] }: Host): boolean {
  return faults.some(({ kind }) => HIDING.has(kind));
}

/** True where whole blocks may be missing of what a host's files say. */
export function losesBlocks({ faults = [] }: Host): boolean {
  return faults.some(({ kind }) => LOSING.has(kind));
}

/** Where things begin in each text, in order. */
type Starts = ReadonlyMap<Source, readonly number[]>;

const damageOf = remembered(({ vrrp = [], services = [], faults = [] }: Host) => {
  const faultsOf = (kinds: ReadonlySet<FaultKind>) =>
    startsOf(faults.filter(({ kind }) => kinds.has(kind)).map(({ at }) => ({ place: at })));
  return {
    instances: startsOf(vrrp),
    services: startsOf(services),
    /** Services, too. */
    servers: startsOf(services.flatMap((service) => [service, ...service.realServers])),
    blocks: faultsOf(HIDING),
    keywords: faultsOf(HIDING_KEYWORDS),
    variables: faultsOf(TEMPLATED),
  };
});

/** Whether a fault stands between the head of a block and that of the next one. */
function isHit(
  { place: { source, range } }: Located,
  host: Host,
  heads: 'instances' | 'services' | 'servers',
  faults: 'blocks' | 'keywords' | 'variables',
): boolean {
  if (!hasDamage(host)) return false;
  const damage = damageOf(host);
  const end = next(damage[heads].get(source), range.start + 1) ?? Number.POSITIVE_INFINITY;
  const fault = next(damage[faults].get(source), range.start);
  return fault !== undefined && fault < end;
}

function startsOf(things: readonly Located[]): Starts {
  const starts = new Map<Source, number[]>();
  for (const { place } of things) append(starts, place.source, place.range.start);
  for (const list of starts.values()) list.sort((one, other) => one - other);
  return starts;
}

/** The first number that is not below another one, in a sorted list. */
function next(sorted: readonly number[] = [], least: number): number | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) >= least) high = middle;
    else low = middle + 1;
  }
  return sorted[low];
}
