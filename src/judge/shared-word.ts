import { linesOf } from '../evidence/lines.ts';
import type { Place } from '../evidence/place.ts';
import { append } from '../model/grouping.ts';
import type { Finding } from './finding.ts';

/** Tells which findings point at a word, at part of it, or at the whole line that it begins. */
export function findingsByWord(findings: readonly Finding[]): (place: Place) => readonly Finding[] {
  const byLine = new Map<string, Finding[]>();
  for (const finding of findings) append(byLine, lineKey(finding.at), finding);
  return (place) => (byLine.get(lineKey(place)) ?? []).filter(({ at }) => overlaps(at, place));
}

function lineKey({ source, range }: Place): string {
  return `${source.host}\n${source.name}\n${linesOf(source).positionAt(range.start).line}`;
}

function overlaps({ range: one }: Place, { range: other }: Place): boolean {
  return one.start <= other.end && other.start <= one.end;
}
