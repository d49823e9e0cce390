import { spanOf } from '../../evidence/frame.ts';
import type { Place } from '../../evidence/place.ts';
import type { Source } from '../../evidence/source.ts';
import { maskedSlice } from '../mask.ts';
import { uriOf } from '../path.ts';

/** The sources that a log speaks of, each once, in the order in which they are first named. */
export class Artifacts {
  readonly #root: string;
  readonly #indexes = new Map<string, number>();
  readonly #sources: Source[] = [];

  constructor(root: string) {
    this.#root = root;
  }

  /** `artifactLocation` (SARIF 2.1.0, 3.4) */
  locationOf(source: Source) {
    const uri = uriOf(source, this.#root);
    const index = this.#indexes.get(uri) ?? this.#sources.push(source) - 1;
    this.#indexes.set(uri, index);
    return { uri, index };
  }

  /** `run.artifacts`; of what nobody can open, what it is. */
  list(): readonly object[] {
    return this.#sources.map((source) => ({
      location: { uri: uriOf(source, this.#root) },
      roles: ['analysisTarget'],
      ...descriptionOf(source),
    }));
  }
}

function descriptionOf({ host, origin }: Source): object {
  if (origin.kind === 'file') return {};
  const what = origin.kind === 'host' ? origin.path : `what ${origin.path} prints`;
  return { description: { text: `${what} on ${host}` } };
}

/** `physicalLocation` (3.29): always with a region, so that a result has a line wherever it is shown. */
export function physicalLocation(place: Place, artifacts: Artifacts): object {
  return { artifactLocation: artifacts.locationOf(place.source), region: regionOf(place) };
}

/** `region` (3.30). The end column is the first one behind the place there as here. */
export function regionOf(place: Place): object {
  const { line, column, endLine, endColumn } = spanOf(place);
  const snippet = snippetOf(place);
  return { startLine: line, startColumn: column, endLine, endColumn, ...(snippet && { snippet }) };
}

const LONGEST_SNIPPET = 500;

function snippetOf({ source, range }: Place): object | undefined {
  const length = Math.min(range.end, source.text.length) - range.start;
  return length > 0 && length <= LONGEST_SNIPPET ? { text: maskedSlice(source, range) } : undefined;
}
