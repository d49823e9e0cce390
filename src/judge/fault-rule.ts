import type { FaultKind } from '../model/cluster.ts';
import { defineRule, type Rule } from './rule.ts';

/** A rule that speaks for faults which a reader has found: what is wrong with a text as text. */
export interface FaultRule extends Pick<Rule, 'id' | 'severity' | 'title' | 'why' | 'remedy' | 'follows'> {
  readonly kinds: readonly FaultKind[];
}

/** Makes a rule of kinds of faults. A fault that knows better brings its own severity and remedy. */
export function defineFaultRule({ kinds, ...rule }: FaultRule): Rule<'faults'> {
  return defineRule({
    ...rule,
    needs: ['faults'],
    evenIfPartial: true,
    check(cluster, report) {
      for (const host of cluster.hosts) {
        for (const { kind, message, at, remedy, severity, silent, related = [] } of host.faults) {
          if (!kinds.includes(kind)) continue;
          report({
            host,
            about: host,
            at: { place: at },
            message,
            toldByKeepalived: silent !== true,
            related: related.map((other) => ({ at: { place: other.at }, message: other.message })),
            ...(remedy !== undefined && { remedy }),
            ...(severity !== undefined && { severity }),
          });
        }
      }
    },
  });
}
