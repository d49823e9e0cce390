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
}

/** A second place that explains a first one, in other words: "claimed first here". */
export interface RelatedPlace {
  readonly at: Place;
  readonly message: string;
}
