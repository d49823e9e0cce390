import type { Source } from './source.ts';

/** UTF-16 offsets into a source's text, half-open. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A range in a source: what every finding points at. */
export interface Place {
  readonly source: Source;
  readonly range: Range;
  /** Where the text comes from that is put in here: the definitions of `$NAME`, the outermost first. */
  readonly from?: readonly RelatedPlace[];
}

/** A second place that explains a first one, in other words: "claimed first here". */
export interface RelatedPlace {
  readonly at: Place;
  readonly message: string;
}

/** The place in the text that somebody wrote: of a rendering, the place in its template. */
export function writtenPlace(place: Place): Place {
  const { source, range, from } = place;
  const { rendering } = source;
  const written = rendering?.rangeOf(range);
  if (rendering === undefined || written === undefined) return place;
  return {
    source: rendering.template,
    range: written,
    ...(from && { from: from.map(({ at, message }) => ({ at: writtenPlace(at), message })) }),
  };
}
