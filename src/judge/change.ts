import type { Place } from '../evidence/place.ts';
import { namesIn, type Shown } from './baseline.ts';
import type { Finding } from './finding.ts';
import type { Sieve } from './sieve.ts';

/** What is known of a change. */
export interface Change {
  /** The names of what was found before it. */
  readonly before: ReadonlySet<string>;
  /** Whether a place lies on a line that it brought. */
  touches(place: Place): boolean;
  /** Told of findings that are older than the change and have nothing to do with it. */
  readonly leftOut: (findings: readonly Finding[]) => void;
}

/** Takes out what was found before a change already, unless the change touches a place of it. */
export function changeSieve({ before, touches, leftOut }: Change, shown: Shown): Sieve {
  return (findings) => {
    const names = namesIn(findings, shown);
    const isOfChange = (finding: Finding) =>
      !before.has(names.get(finding) ?? '') || [finding, ...finding.related].some(({ at }) => touches(at));
    leftOut(findings.filter((finding) => !isOfChange(finding)));
    return { left: findings.filter(isOfChange) };
  };
}
