import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';
import { withoutHost } from './merge.ts';

/**
 * Names each finding of a report for good: what is said of what, without lines and columns, so that lines inserted above
 * change nothing. What is said a second time, of another line, counts on. A message is named as it is shown: a digest of
 * a short password would give it away.
 */
export function fingerprintsOf(
  findings: readonly Finding[],
  shown: (finding: Finding) => string,
): ReadonlyMap<Finding, string> {
  const names = new Map<Finding, string>();
  const times = new Map<string, number>();
  const nameAll = (list: readonly Finding[]) => {
    for (const finding of list) {
      const text = `${finding.rule}\n${withoutHost(finding)}\n${shown(finding)}`;
      const time = times.get(text) ?? 0;
      times.set(text, time + 1);
      names.set(finding, digest(time === 0 ? text : `${text}\n${time}`));
    }
  };
  nameAll(findings);
  // Those that are told under another one come later: whether they are folded must not rename the others.
  for (let level = findings.flatMap(({ also }) => also); level.length > 0; ) {
    nameAll(level);
    level = level.flatMap(({ also }) => also);
  }
  return names;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
