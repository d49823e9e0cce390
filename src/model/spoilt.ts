import type { FaultKind } from '../../grammars/tree.ts';
import type { Host } from './cluster.ts';
import type { VrrpInstance } from './vrrp.ts';

/** Faults behind which a keyword may stand that was not read as one. */
const HIDING: ReadonlySet<FaultKind> = new Set([
  'unknown-keyword',
  'several-keywords-on-one-line',
  'unbalanced-braces',
  'unclosed-quote',
]);

/** True where the text of an instance is damaged: what it seems to leave out may be there, and the damage is reported. */
export function isSpoilt(host: Host, instance: VrrpInstance): boolean {
  const { source, range } = instance.place;
  const following = (host.vrrp ?? [])
    .map(({ place }) => place)
    .filter((place) => place.source === source && place.range.start > range.start);
  const end = Math.min(...following.map((place) => place.range.start), source.text.length);
  return (host.faults ?? []).some(
    ({ kind, at }) =>
      HIDING.has(kind) && at.source === source && at.range.start >= range.start && at.range.start <= end,
  );
}
