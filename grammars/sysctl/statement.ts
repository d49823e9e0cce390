import type { Place, Range } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';
import { type Statement, type Word, wordAt } from '../tree.ts';
import { isGlob, sysctlPath } from './key.ts';
import type { Span } from './span.ts';

/** One line that sets a key, or with the key alone keeps it out of patterns. */
export class SysctlStatement implements Statement {
  readonly source: Source;
  /** The line began with `-` and holds a value: a failure is ignored. */
  readonly ignoreErrors: boolean;
  private readonly keySpan: Span;
  private readonly valueSpan: Span | undefined;

  constructor(source: Source, key: Span, value: Span | undefined, ignoreErrors: boolean) {
    this.source = source;
    this.keySpan = key;
    this.valueSpan = value;
    this.ignoreErrors = ignoreErrors;
  }

  /** The path below /proc/sys, or a pattern of such paths. */
  get path(): string {
    return sysctlPath(this.keySpan.text);
  }

  /** `-key`: no value; the key is left alone by every pattern. */
  get exclusion(): boolean {
    return this.valueSpan === undefined;
  }

  get glob(): boolean {
    return isGlob(this.keySpan.text);
  }

  get key(): Word {
    return wordOf(this.source, this.keySpan);
  }

  /** What the kernel is handed, without a comment that it does not look at. */
  get value(): Word | undefined {
    return this.valueSpan && wordOf(this.source, this.valueSpan);
  }

  get words(): readonly Word[] {
    const value = this.value;
    return value === undefined ? [this.key] : [this.key, value];
  }

  /** `echo 1 > /proc/sys/…` has the value first. */
  get range(): Range {
    const { keySpan, valueSpan = keySpan } = this;
    return { start: Math.min(keySpan.start, valueSpan.start), end: Math.max(keySpan.end, valueSpan.end) };
  }

  get place(): Place {
    return { source: this.source, range: this.range };
  }
}

function wordOf(source: Source, span: Span): Word {
  return wordAt(source, span.text, span.start, span.end);
}
