import picocolors from 'picocolors';
import type { Severity } from '../judge/finding.ts';

type Colour = (text: string) => string;

/** What each colour is for. Without colour every one of them gives its text back, so the text alone says everything. */
export interface Paint {
  readonly severity: Readonly<Record<Severity, Colour>>;
  /** What a reader sees first. */
  readonly strong: Colour;
  /** What explains: related places and what is said of them. */
  readonly related: Colour;
  /** What a reader may skip. */
  readonly faint: Colour;
}

export function createPaint(colour: boolean): Paint {
  const { bold, red, yellow, blue, cyan, dim } = picocolors.createColors(colour);
  const sparing = (paint: Colour) => (text: string) => (text === '' ? '' : paint(text));
  return {
    severity: {
      error: sparing((text) => bold(red(text))),
      warning: sparing((text) => bold(yellow(text))),
      info: sparing((text) => bold(blue(text))),
    },
    strong: sparing(bold),
    related: sparing(cyan),
    faint: sparing(dim),
  };
}
