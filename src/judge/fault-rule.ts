import { joinedFix } from '../evidence/fix.ts';
import type { Fault, FaultKind } from '../model/cluster.ts';
import { defineRule, type Rule } from './rule.ts';

/** A rule that speaks for faults which a reader has found: what is wrong with a text as text. */
export interface FaultRule
  extends Pick<Rule, 'id' | 'severity' | 'title' | 'why' | 'remedy' | 'follows' | 'ignorable'> {
  readonly kinds: readonly FaultKind[];
}

/**
 * Makes a rule of kinds of faults. A fault that knows better brings its own severity and remedy. What one text has many
 * times, a word that was copied from block to block, is told once.
 */
export function defineFaultRule({ kinds, ...rule }: FaultRule): Rule<'faults'> {
  return defineRule({
    ...rule,
    needs: ['faults'],
    evenIfPartial: true,
    check(cluster, report) {
      for (const host of cluster.hosts) {
        for (const [first, ...others] of alike(host.faults.filter(({ kind }) => kinds.includes(kind)))) {
          const { message, at, remedy, severity, related = [] } = first;
          report({
            host,
            about: host,
            at: { place: at },
            message: others.length === 0 ? message : `${message} (the first of ${others.length + 1})`,
            toldByKeepalived: first.silent !== true,
            related: [
              ...related.map((other) => ({ at: { place: other.at }, message: other.message })),
              ...others.map((other) => ({ at: { place: other.at }, message: 'the same here' })),
            ],
            ...(remedy !== undefined && { remedy }),
            ...(severity !== undefined && { severity }),
            fix: joinedFix([first, ...others].map((fault) => fault.fix)),
          });
        }
      }
    },
  });
}

/** Faults of one text that have one cause, each group from the top of the text down. */
function alike(faults: readonly Fault[]): readonly (readonly [Fault, ...Fault[]])[] {
  const groups = new Map<string, [Fault, ...Fault[]]>();
  for (const fault of faults.toSorted((one, other) => one.at.range.start - other.at.range.start)) {
    const { at, kind, family, message, severity, remedy, silent } = fault;
    const what = family ?? [message, severity, remedy, silent].join('\n');
    const key = `${at.source.name}\n${kind}\n${what}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [fault]);
    else known.push(fault);
  }
  return [...groups.values()];
}
