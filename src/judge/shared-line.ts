import { linesOf } from '../evidence/lines.ts';
import type { Place } from '../evidence/place.ts';
import { groupBy } from '../model/grouping.ts';
import type { Finding } from './finding.ts';

/** Tells which findings point at the line of a place: a line is a statement, whichever of its words is meant. */
export function findingsByLine(findings: readonly Finding[]): (place: Place) => readonly Finding[] {
  const byLine = groupBy(findings, ({ at }) => lineKey(at));
  return (place) => byLine.get(lineKey(place)) ?? [];
}

function lineKey({ source, range }: Place): string {
  return `${source.host}\n${source.name}\n${linesOf(source).positionAt(range.start).line}`;
}
