import { reportedAt, reportedLines } from '../../grammars/sysctl/read.ts';
import { type Fact, stated } from '../evidence/fact.ts';
import type { Place } from '../evidence/place.ts';
import type { Source } from '../evidence/source.ts';
import type { KernelSetting, RunningKeys } from './kernel.ts';

/** The keys that texts of one running kernel state, the last text first; undefined where they state none. */
export function runningKeysFrom(sources: readonly Source[]): RunningKeys | undefined {
  const texts = sources.map(keyedText).filter(({ starts }) => starts.length > 0);
  return texts.length === 0 ? undefined : new StatedKeys(texts.reverse());
}

class StatedKeys implements RunningKeys {
  private readonly asked = new Map<string, KernelSetting | undefined>();
  constructor(private readonly texts: readonly KeyedText[]) {}

  get(path: string): KernelSetting | undefined {
    if (!this.asked.has(path)) this.asked.set(path, this.find(path));
    return this.asked.get(path);
  }

  *[Symbol.iterator](): Generator<KernelSetting> {
    for (const [at, { source, starts }] of this.texts.entries())
      for (const start of starts.toSorted()) {
        const path = pathAt(source, start);
        const isSaidLater = this.texts.slice(0, at).some((later) => lineOf(later, path) !== undefined);
        if (!isSaidLater) yield new RunningSetting(path, source, start);
      }
  }

  private find(path: string): KernelSetting | undefined {
    for (const text of this.texts) {
      const start = lineOf(text, path);
      if (start !== undefined) return new RunningSetting(path, text.source, start);
    }
    return undefined;
  }
}

/** Where the lines of a text begin, ordered by their keys: of thousands, on hundreds of hosts, few are ever asked for. */
interface KeyedText {
  readonly source: Source;
  readonly starts: Uint32Array;
}

function keyedText(source: Source): KeyedText {
  const lines = reportedLines(source);
  const paths = lines.map((start) => pathAt(source, start));
  const pathOf = (at: number) => paths[at] ?? '';
  const ordered = Uint32Array.from(lines.keys()).sort((one, other) =>
    pathOf(one) < pathOf(other) ? -1 : pathOf(one) > pathOf(other) ? 1 : one - other,
  );
  // Of a key that is stated twice, the last line counts.
  const last = ordered.filter(
    (at, rank) => rank + 1 === ordered.length || pathOf(ordered[rank + 1] ?? 0) !== pathOf(at),
  );
  return { source, starts: last.map((at) => lines[at] ?? 0) };
}

function lineOf({ source, starts }: KeyedText, path: string): number | undefined {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pathAt(source, starts[middle] ?? 0) < path) low = middle + 1;
    else high = middle;
  }
  const start = starts[low];
  return start !== undefined && pathAt(source, start) === path ? start : undefined;
}

function pathAt(source: Source, start: number): string {
  return reportedAt(source, start).path;
}

/** Made when it is asked for; its place is worked out when somebody speaks of it. */
class RunningSetting implements KernelSetting {
  readonly by = 'running';
  constructor(
    readonly key: string,
    private readonly source: Source,
    private readonly start: number,
  ) {}

  get value(): Fact<string> {
    const statement = reportedAt(this.source, this.start);
    return stated(statement.value?.text ?? '', statement.value ?? statement);
  }

  get place(): Place {
    return reportedAt(this.source, this.start).place;
  }
}
