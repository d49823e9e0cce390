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

/** A variable that nobody defines: the file is a template, and its values are those of nobody. */
const TEMPLATED: ReadonlySet<FaultKind> = new Set(['undefined-variable']);

const spoilt = new WeakMap<Host, ReadonlySet<VrrpInstance>>();
const templated = new WeakMap<Host, ReadonlySet<VrrpInstance>>();

/** True where the text of an instance is damaged: what it seems to leave out may be there, and the damage is reported. */
export function isSpoilt(host: Host, instance: VrrpInstance): boolean {
  return instancesWith(HIDING, host, spoilt).has(instance);
}

/** True for an instance that is to be filled in: what its defaults would be says nothing about a node. */
export function isTemplate(host: Host, instance: VrrpInstance): boolean {
  return instancesWith(TEMPLATED, host, templated).has(instance);
}

function instancesWith(
  kinds: ReadonlySet<FaultKind>,
  host: Host,
  known: WeakMap<Host, ReadonlySet<VrrpInstance>>,
): ReadonlySet<VrrpInstance> {
  let instances = known.get(host);
  if (instances === undefined) {
    instances = findInstances(kinds, host);
    known.set(host, instances);
  }
  return instances;
}

/** A fault belongs to the last instance that begins before it. */
function findInstances(kinds: ReadonlySet<FaultKind>, { vrrp = [], faults = [] }: Host): Set<VrrpInstance> {
  const places = new Map<Source, { readonly start: number; readonly instance?: VrrpInstance }[]>();
  const meant = faults.filter(({ kind }) => kinds.has(kind));
  for (const instance of meant.length === 0 ? [] : vrrp) {
    const { source, range } = instance.place;
    const list = places.get(source) ?? [];
    list.push({ start: range.start, instance });
    places.set(source, list);
  }
  for (const { at } of meant) places.get(at.source)?.push({ start: at.range.start });
  const found = new Set<VrrpInstance>();
  for (const list of places.values()) {
    let current: VrrpInstance | undefined;
    for (const { instance } of list.sort((one, other) => one.start - other.start)) {
      if (instance !== undefined) current = instance;
      else if (current !== undefined) found.add(current);
    }
  }
  return found;
}
