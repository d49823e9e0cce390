import type { Basis, Format, Source } from './source.ts';

/** Something that was looked for and could not be had, with the reason. */
export interface Gap {
  /** Empty where nobody can tell whose it would have been. */
  readonly host: string;
  readonly format?: Format;
  /** Where one of the two is known to be missing, a wish or a running host's report. */
  readonly basis?: Basis;
  /** The path or command that was tried. */
  readonly name: string;
  readonly why: string;
}

/** Everything that is known before anything is judged. */
export interface Evidence {
  readonly sources: readonly Source[];
  readonly gaps: readonly Gap[];
}
