import type { FaultKind } from '../../grammars/tree.ts';
import type { Source } from '../evidence/source.ts';
import type { Host } from './cluster.ts';
import type { VrrpInstance } from './vrrp.ts';

/** Faults behind which a keyword may stand that was not read as one. */
const HIDING: ReadonlySet<FaultKind> = new Set([
  'unknown-keyword',
  'several-keywords-on-one-line',
  'unbalanced-braces',
  'unclosed-quote',
]);

const known = new WeakMap<Host, ReadonlySet<VrrpInstance>>();

/** True where the text of an instance is damaged: what it seems to leave out may be there, and the damage is reported. */
export function isSpoilt(host: Host, instance: VrrpInstance): boolean {
  let spoilt = known.get(host);
  if (spoilt === undefined) {
    spoilt = findSpoilt(host);
    known.set(host, spoilt);
  }
  return spoilt.has(instance);
}

/** A fault belongs to the last instance that begins before it. */
function findSpoilt({ vrrp = [], faults = [] }: Host): ReadonlySet<VrrpInstance> {
  const places = new Map<Source, { readonly start: number; readonly instance?: VrrpInstance }[]>();
  const hiding = faults.filter(({ kind }) => HIDING.has(kind));
  for (const instance of hiding.length === 0 ? [] : vrrp) {
    const { source, range } = instance.place;
    const list = places.get(source) ?? [];
    list.push({ start: range.start, instance });
    places.set(source, list);
  }
  for (const { at } of hiding) places.get(at.source)?.push({ start: at.range.start });
  const spoilt = new Set<VrrpInstance>();
  for (const list of places.values()) {
    let current: VrrpInstance | undefined;
    for (const { instance } of list.sort((one, other) => one.start - other.start)) {
      if (instance !== undefined) current = instance;
      else if (current !== undefined) spoilt.add(current);
    }
  }
  return spoilt;
}
