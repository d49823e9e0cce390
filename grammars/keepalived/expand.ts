import type { IToken } from 'chevrotain';
import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf } from '../tree.ts';
import { type Definitions, substitute, type TextPlace } from './definitions.ts';
import { plainSigns, tokenOfExpansion, tokenOfInclude } from './origin.ts';
import { readSequences } from './sequences.ts';
import { tokenBatches, tokensOf } from './tokens.ts';

/** What a file means once definitions, sequences, conditions and includes are resolved: tokens that know their place. */
export interface Expansion {
  /** In batches that are read one after the other. */
  readonly batches: Iterable<IToken[]>;
  readonly faults: readonly Fault[];
  /** Why some of the text could not be read: an include that nobody could follow. */
  readonly partial?: string;
}

/** Lines that are more than themselves: conditions, sequences, definitions and their uses, includes, foreign comments. */
const SPECIAL = /^[ \t]*(?:@|~|include[a-z]?[ \t]|\/\/|;|\/\*)|\$/gm;
/** `@id` and `@^id`; keepalived 2.2.7 takes them behind blanks too. */
const CONDITION = /^[ \t]*@(\^?)([^\s{}#!"]*)/;
const DEFINITION = /^\s*\$([A-Za-z_]\w*)=(.*)$/s;
const INCLUDE = /^\s*(include[rmwba]?)[ \t]+(\S.*)$/s;
const MAX_INCLUDE_DEPTH = 32;
/** Definitions and sequences may nest and bring at most so many lines and signs: more is a slip, not a cluster. */
const MAX_DEPTH = 16;
const MAX_LINES = 400_000;
const MAX_SIGNS = 1 << 24;
const TOO_MUCH = 'its definitions and sequences come to more lines than anybody could read';

/** Resolves all that a line can stand for. A file without such lines costs one search. */
export function expand(source: Source, configId: string | undefined): Expansion {
  if (source.text.search(SPECIAL) === -1) return { batches: tokenBatches(source.text), faults: [] };
  const reader = new LineReader(configId);
  reader.readFile(source, 0);
  const { tokens, faults, partial } = reader;
  return { batches: [tokens], faults, ...(partial !== undefined && { partial }) };
}

/** The ids of `@id` and `@^id` lines, in order of appearance. */
export function conditionIds(text: string): string[] {
  if (!text.includes('@')) return [];
  const conditions = text.matchAll(/^[ \t]*@\^?([^\s{}#!"]+)/gm);
  return [...new Set([...conditions].map((match) => match[1] ?? ''))];
}

class LineReader {
  readonly tokens: IToken[] = [];
  readonly faults: Fault[] = [];
  partial: string | undefined;
  private readonly configId: string | undefined;
  private readonly definitions = new Map<string, string>();
  /** Texts in which no further comment is closed: to look for its end once is enough. */
  private readonly unclosed = new Set<Source>();
  private linesLeft = MAX_LINES;
  private signsLeft = MAX_SIGNS;

  constructor(configId: string | undefined) {
    this.configId = configId;
    if (configId !== undefined) this.definitions.set('_INSTANCE', configId);
  }

  readFile(source: Source, depth: number): void {
    const { text } = source;
    const tokens =
      depth === 0 ? tokensOf(text) : tokensOf(text).map((token) => tokenOfInclude(token, source));
    this.enter(source);
    let next = 0;
    let from = 0;
    while (from < text.length) {
      SPECIAL.lastIndex = from;
      const match = SPECIAL.exec(text);
      const lineStart = match === null ? text.length : text.lastIndexOf('\n', match.index - 1) + 1;
      for (
        let token = tokens[next];
        token !== undefined && token.startOffset < lineStart;
        token = tokens[++next]
      )
        this.tokens.push(token);
      if (match === null) break;
      from = this.readLine(source, lineStart, depth);
      while (next < tokens.length && (tokens[next]?.startOffset ?? 0) < from) next++;
    }
  }

  /** Reads one special line and says where the next one begins. */
  private readLine(source: Source, lineStart: number, depth: number): number {
    const { text } = source;
    const lineEnd = endOfLine(text, lineStart);
    let start = lineStart;
    const condition = CONDITION.exec(text.slice(lineStart, lineEnd));
    if (condition !== null) {
      if (!this.holds(condition)) return nextLine(text, lineEnd);
      start += condition[0].length;
    }
    const line = withoutComment(text.slice(start, lineEnd));
    const foreign = /^\s*(\/\/|;|\/\*)/.exec(line);
    if (foreign !== null)
      return this.skipForeignComment(source, start + foreign[0].length - (foreign[1]?.length ?? 0), lineEnd);
    const definition = DEFINITION.exec(line);
    if (definition !== null) return this.define(text, definition, lineEnd);
    const include = INCLUDE.exec(line);
    if (include !== null)
      this.include(source, start + line.indexOf(include[2] ?? ''), (include[2] ?? '').trimEnd(), depth);
    else this.put(line, start, source, this.definitions, 0);
    return nextLine(text, lineEnd);
  }

  private holds([, negated, id]: RegExpExecArray): boolean {
    return (id === this.configId) !== (negated === '^');
  }

  private define(text: string, [, name = '', first = '']: RegExpExecArray, lineEnd: number): number {
    let end = lineEnd;
    let raw = text.slice(text.lastIndexOf('\n', lineEnd - 1) + 1, lineEnd);
    const lines: string[] = [first];
    while (/\\\s*$/.test(raw) && end < text.length) {
      const start = nextLine(text, end);
      end = endOfLine(text, start);
      raw = text.slice(start, end);
      lines.push(withoutComment(raw));
    }
    const value = lines
      .map((line) => line.replace(/\\\s*$/, '').trim())
      .join('\n')
      .trim();
    this.definitions.set(name, value.replace(/^"([^"]*)"$/, '$1'));
    return nextLine(text, end);
  }

  /** Puts one line in place of what stands in the file; a value of several lines brings lines of its own. */
  private put(line: string, place: TextPlace, source: Source, definitions: Definitions, depth: number): void {
    if (/^\s*~/.test(line)) {
      this.repeat(line, place, source, definitions, depth);
      return;
    }
    const { text, segments } = substitute(line, place, definitions);
    if (depth > MAX_DEPTH || !this.mayBring(0, text.length)) return;
    if (!text.includes('\n')) {
      for (const token of tokensOf(text)) this.tokens.push(tokenOfExpansion(token, source, segments));
      return;
    }
    const use =
      typeof place === 'number'
        ? { start: place + line.search(/\S/), end: place + line.trimEnd().length }
        : place;
    const lines = text.split('\n');
    if (!this.mayBring(lines.length, 0)) return;
    for (const inner of lines) this.putInner(inner, use, source, definitions, depth + 1);
  }

  /** A line of a definition, which may be conditional, or a definition itself. */
  private putInner(
    line: string,
    place: TextPlace,
    source: Source,
    definitions: Definitions,
    depth: number,
  ): void {
    const condition = CONDITION.exec(line);
    if (condition !== null && !this.holds(condition)) return;
    const rest = condition === null ? line : line.slice(condition[0].length);
    const definition = DEFINITION.exec(rest);
    if (definition === null) this.put(rest, place, source, definitions, depth);
    else this.definitions.set(definition[1] ?? '', (definition[2] ?? '').trim());
  }

  private repeat(
    line: string,
    place: TextPlace,
    source: Source,
    definitions: Definitions,
    depth: number,
  ): void {
    if (!this.mayBring(0, 0)) return;
    const sequences = readSequences(line, definitions);
    const [start, end] =
      typeof place === 'number'
        ? [place + line.search(/\S/), place + line.trimEnd().length]
        : [place.start, place.end];
    if (sequences === undefined) {
      this.faults.push({
        kind: 'malformed-value',
        message: 'this is not a sequence that keepalived can count out, so the line is dropped',
        at: placeOf(source, start, end),
        severity: 'error',
        remedy: 'Write ~SEQ(NAME,START,END), ~SEQ(NAME,START,STEP,END) or ~LST(NAME,VALUE,VALUE,…).',
      });
      return;
    }
    const text = line.slice(sequences.textStart);
    const at = typeof place === 'number' ? place + sequences.textStart : place;
    if (!this.mayBring(sequences.rounds.length, 0)) return;
    for (const round of sequences.rounds) this.put(text, at, source, round, depth + 1);
  }

  /** False where the text is beyond all measure: the rest of it is left out, and said to be. */
  private mayBring(lines: number, signs: number): boolean {
    this.linesLeft -= lines;
    this.signsLeft -= signs;
    if (this.linesLeft >= 0 && this.signsLeft >= 0) return true;
    this.partial ??= TOO_MUCH;
    return false;
  }

  private enter(source: Source): void {
    this.definitions.set('_PWD', source.name.replace(/\/[^/]*$/, ''));
  }

  private include(source: Source, at: number, written: string, depth: number): void {
    const pattern = plainSigns(substitute(written, 0, this.definitions).text);
    const found =
      depth < MAX_INCLUDE_DEPTH
        ? source.includes?.get(pattern)
        : { sources: [], why: 'files include each other in a circle' };
    for (const included of found?.sources ?? []) this.readFile(included, depth + 1);
    this.enter(source);
    // Not looked for: the name hangs on a definition that is another one on another node.
    if (found === undefined) this.partial ??= `include ${pattern} was not followed`;
    else if (found.why !== undefined || found.sources.length === 0) {
      const why = found.why ?? 'no file matches';
      this.partial ??= `include ${pattern}: ${why}`;
      if (found.elsewhere) return;
      this.faults.push({
        kind: 'missing-include',
        message: `include ${pattern}: ${why}`,
        at: placeOf(source, at, at + written.length),
        silent: true,
      });
    }
  }

  private skipForeignComment(source: Source, at: number, lineEnd: number): number {
    const { text } = source;
    const sign = text.startsWith('//', at) ? '//' : text.startsWith('/*', at) ? '/*' : ';';
    this.faults.push({
      kind: 'foreign-comment',
      message: `'${sign}' does not start a comment in keepalived.conf`,
      at: placeOf(source, at, at + sign.length),
      severity: 'error',
      remedy: "Start comments with '#' or '!'.",
    });
    const close = sign === '/*' && !this.unclosed.has(source) ? text.indexOf('*/', at) : -1;
    if (close !== -1) return nextLine(text, endOfLine(text, close));
    if (sign === '/*') this.unclosed.add(source);
    return nextLine(text, lineEnd);
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

function nextLine(text: string, lineEnd: number): number {
  return Math.min(lineEnd + 1, text.length);
}

/** Cuts a line at the first `#` or `!` outside double quotes. */
function withoutComment(line: string): string {
  if (!/[#!]/.test(line)) return line.replace(/\r$/, '');
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '#' || sign === '!')) return line.slice(0, at);
  }
  return line;
}
