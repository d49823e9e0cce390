import type { Place } from '../evidence/place.ts';
import type { Source } from '../evidence/source.ts';
import type { Moment, Observation, Timeline } from './timeline.ts';

/** A timeline as people read it, a line a moment: what findings of `verify` point at. */
export interface TimelineText {
  readonly source: Source;
  /** The line of a moment, by its number in the timeline. */
  placeOf(moment: number): Place;
}

/** Prints a timeline; `name` is what reports call it: `failover of VI_1, run 2`. */
export function textOfTimeline({ moments }: Timeline, name: string, host: string): TimelineText {
  const lines = moments.map(lineOf);
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.length + 1;
  }
  const source: Source = {
    name,
    host,
    format: 'timeline',
    basis: 'observed',
    text: lines.map((line) => `${line}\n`).join(''),
    origin: { kind: 'command', path: name },
  };
  return {
    source,
    placeOf(moment) {
      const start = starts[moment] ?? 0;
      return { source, range: { start, end: start + (lines[moment]?.length ?? 0) } };
    },
  };
}

function lineOf(moment: Moment): string {
  const time = `${(moment.at / 1000).toFixed(3).padStart(9)} s`;
  if ('did' in moment) return `${time}  ${moment.host === undefined ? '' : `${moment.host}: `}${moment.did}`;
  return `${time}  ${wordsOf(moment.observed)}`;
}

function wordsOf(seen: Observation): string {
  switch (seen.kind) {
    case 'request': {
      const from = seen.from === undefined ? '' : ` from ${seen.from}`;
      const by = seen.by === undefined ? '' : ` by ${seen.by}`;
      return `request to ${seen.service}${from}: ${seen.outcome}${by} in ${seen.milliseconds.toFixed(1)} ms`;
    }
    case 'connection':
      return `connection ${seen.id} to ${seen.service} ${seen.alive ? 'is alive' : 'is dead'}`;
    // What differs stands first: reports cut long lines.
    case 'counters':
      return `${listed(seen.servers, ({ server, connections, active }) => `${server} ${connections}${active > 0 ? `, ${active} open` : ''}`)} connections to ${seen.service}, counts ${seen.host}`;
    case 'table':
      return `${listed(seen.servers, ({ server, weight }) => `${server} weight ${weight}`)} for ${seen.service}, has ${seen.host}`;
    case 'holder':
      return `${seen.host} holds ${seen.vips.length === 0 ? 'no VIP' : seen.vips.join(', ')}`;
    case 'advert':
      return `${seen.seenBy} sees ${seen.from} advertise VRID ${seen.vrid} with priority ${seen.priority}`;
    case 'garp':
      return `${seen.seenBy} sees ${seen.mac} claim ${seen.address}`;
    case 'arp':
      return `${seen.seenBy} asks for ${seen.address}: ${seen.macs.length === 0 ? 'no answer' : `${seen.macs.join(', ')} answers`}`;
  }
}

function listed<T>(items: readonly T[], words: (item: T) => string): string {
  return items.length === 0 ? 'no server' : items.map(words).join('; ');
}
