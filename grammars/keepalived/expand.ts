import type { IToken } from 'chevrotain';
import { safeFix, worded } from '../../src/evidence/fix.ts';
import type { Place, Range } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf } from '../tree.ts';
import { type DefinedLine, type Definition, substitute, withUnknownNames } from './definitions.ts';
import { type Line, lineAt, lineFrom, partOf, placeIn, tokenOfExpansion, tokenOfInclude } from './origin.ts';
import { endOfLine, indent, nextLine, withoutComment } from './raw-line.ts';
import { readSequence } from './sequences.ts';
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
/** `@id` and `@^id` with a blank behind; keepalived 2.2.7 takes them behind blanks too. */
const CONDITION = /^[ \t]*@(\^?)([^ \t]*)([ \t]*)/;
const DEFINITION = /^\s*\$([A-Za-z_]\w*)=(.*)$/s;
/** keepalived takes any line that begins so for a sequence. */
const SEQUENCE = /^\s*~(?:SEQ|LST)/;
const ENDS_IN_BACKSLASH = /\\\s*$/;
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
  reader.readFile(source);
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
  private readonly definitions = new Map<string, Definition>([
    ['_HASH', [{ text: '#', from: [] }]],
    ['_BANG', [{ text: '!', from: [] }]],
  ]);
  /** Texts in which no further comment is closed: to look for its end once is enough. */
  private readonly unclosed = new Set<Source>();
  /** Sequences that cannot be counted out, by place: one in a sequence comes up every round. */
  private readonly uncounted = new Set<string>();
  private linesLeft = MAX_LINES;
  private signsLeft = MAX_SIGNS;
  private filesOpen = 0;

  constructor(configId: string | undefined) {
    this.configId = configId;
    if (configId !== undefined) this.definitions.set('_INSTANCE', [{ text: configId, from: [] }]);
  }

  readFile(source: Source): void {
    const { text } = source;
    const tokens =
      this.filesOpen === 0 ? tokensOf(text) : tokensOf(text).map((token) => tokenOfInclude(token, source));
    this.filesOpen++;
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
      from = this.readLine(source, lineStart);
      while (next < tokens.length && (tokens[next]?.startOffset ?? 0) < from) next++;
    }
    this.filesOpen--;
  }

  /** Reads one special line and says where the next one begins. */
  private readLine(source: Source, lineStart: number): number {
    const { text } = source;
    const lineEnd = endOfLine(text, lineStart);
    const line = withoutComment(text.slice(lineStart, lineEnd));
    const condition = CONDITION.exec(line);
    if (condition !== null && !this.holds(condition)) return nextLine(text, lineEnd);
    const start = condition?.[0].length ?? 0;
    const foreign = /^\s*(?=\/\/|;|\/\*)/.exec(line.slice(start));
    if (foreign !== null)
      return this.skipForeignComment(source, lineStart + start + foreign[0].length, lineEnd);
    const definition = DEFINITION.exec(line.slice(start));
    if (definition !== null) return this.define(source, definition, lineStart + start, lineEnd);
    this.put(lineAt(line, lineStart), source, 0);
    return nextLine(text, lineEnd);
  }

  private holds([, negated, id, blanks]: RegExpExecArray): boolean {
    return blanks !== '' && (id === this.configId) !== (negated === '^');
  }

  /** Notes a definition with all its lines, and says where the next line begins. */
  private define(
    source: Source,
    [whole, name = '']: RegExpExecArray,
    start: number,
    lineEnd: number,
  ): number {
    const { text } = source;
    const lines: DefinedLine[] = [];
    let end = lineEnd;
    let isOpen = ENDS_IN_BACKSLASH.test(text.slice(start, lineEnd));
    const add = (line: string, at: number) => {
      const value = line.replace(ENDS_IN_BACKSLASH, '').trim();
      const own = at + line.indexOf(value);
      const from = { at: placeOf(source, own, own + value.length), message: `$${name} is defined here` };
      if (value !== '') lines.push({ text: value, from: [from] });
    };
    const equals = whole.indexOf('=') + 1;
    add(whole.slice(equals), start + equals);
    while (isOpen && end < text.length) {
      const next = nextLine(text, end);
      end = endOfLine(text, next);
      const raw = text.slice(next, end);
      const line = withoutComment(raw);
      add(line, next);
      // A line of blanks or a comment is passed over; one without anything ends the definition.
      isOpen = ENDS_IN_BACKSLASH.test(raw) || (line.trim() === '' && !/^\r?$/.test(raw));
    }
    this.definitions.set(name, lines);
    return nextLine(text, end);
  }

  /**
   * Puts one line in place of what stands in the file, as keepalived does (lib/parser.c, read_line): definitions are put
   * in again and again, and each time the line may turn out to be a condition, a definition or a sequence itself.
   */
  private put(line: Line, source: Source, depth: number): void {
    if (depth > MAX_DEPTH) return;
    const following: DefinedLine[] = [];
    let now: Line | undefined = line;
    for (let pass = 0; now !== undefined && pass <= MAX_DEPTH; pass++) {
      const condition = CONDITION.exec(now.text);
      if (condition !== null && !this.holds(condition)) now = undefined;
      else if (condition !== null) now = partOf(now, condition[0].length);
      if (now === undefined || this.takesEffect(now, source, depth)) {
        now = undefined;
        break;
      }
      const next = /^\s*~/.test(now.text) ? undefined : substitute(now, this.definitions);
      if (next === undefined) break;
      following.unshift(...next.following);
      now = partOf(next.line, 0, withoutComment(next.line.text).length);
      if (!this.mayBring(next.following.length, now.text.length)) return;
      if (!/\$|^\s*@/.test(now.text)) break;
    }
    if (now !== undefined) this.putTokens(now, source);
    const { text: whole, segments } = line;
    const place = segments.length === 0 ? undefined : placeIn(line, indent(whole), whole.trimEnd().length);
    for (const { text, from } of place === undefined ? [] : following)
      this.put(lineFrom(text, { range: (place as Omit<Place, 'source'>).range, from }), source, depth + 1);
  }

  /** True for a line that means something beyond itself: a definition, a sequence. */
  private takesEffect(line: Line, source: Source, depth: number): boolean {
    const definition = DEFINITION.exec(line.text);
    if (definition !== null) {
      const [, name = '', value = ''] = definition;
      const { range, from = [] } = placeIn(line, indent(line.text), line.text.length);
      const own = { at: { source, range }, message: `$${name} is defined here` };
      this.definitions.set(name, [
        { text: value.replace(ENDS_IN_BACKSLASH, '').trim(), from: [...from, own] },
      ]);
      return true;
    }
    if (!SEQUENCE.test(line.text)) return false;
    this.repeat(line, source, depth);
    return true;
  }

  private putTokens(line: Line, source: Source): void {
    const include = INCLUDE.exec(line.text);
    if (include === null) {
      const known = withUnknownNames(line);
      for (const token of tokensOf(known.text)) this.tokens.push(tokenOfExpansion(token, source, known));
      return;
    }
    const pattern = (include[2] ?? '').trimEnd();
    const at = line.text.indexOf(pattern, include[1]?.length);
    this.include(source, pattern, placeIn(line, at, at + pattern.length).range);
  }

  private repeat(line: Line, source: Source, depth: number): void {
    if (!this.mayBring(0, 0)) return;
    const { text } = line;
    const sequence = readSequence(text, (inside) => {
      return substitute(lineAt(inside, 0), this.definitions)?.line.text ?? inside;
    });
    if (sequence === undefined) {
      const { range } = placeIn(line, indent(text), text.trimEnd().length);
      const place = `${source.name}:${range.start}`;
      if (this.uncounted.has(place)) return;
      this.uncounted.add(place);
      this.faults.push({
        kind: 'malformed-value',
        message: 'this is not a sequence that keepalived can count out, so the line is dropped',
        at: { source, range },
        severity: 'error',
        remedy: 'Write ~SEQ(NAME,START,END), ~SEQ(NAME,START,STEP,END) or ~LST(NAME,VALUE,VALUE,…).',
      });
      return;
    }
    if (!this.mayBring(sequence.rounds.length, 0)) return;
    const { range, from = [] } = placeIn(line, indent(text), sequence.headEnd);
    const rest = partOf(line, sequence.textStart);
    for (const round of sequence.rounds) {
      for (const [name, value] of round) {
        const own = { at: { source, range }, message: `$${name} is ${value} in this round` };
        this.definitions.set(name, [{ text: value, from: [...from, own] }]);
      }
      this.put(rest, source, depth + 1);
    }
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
    this.definitions.set('_PWD', [{ text: source.name.replace(/\/[^/]*$/, ''), from: [] }]);
  }

  private include(source: Source, pattern: string, range: Range): void {
    const found =
      this.filesOpen <= MAX_INCLUDE_DEPTH
        ? source.includes?.get(pattern)
        : { sources: [], why: 'files include each other in a circle' };
    for (const included of found?.sources ?? []) this.readFile(included);
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
        at: { source, range },
        silent: true,
      });
    }
  }

  private skipForeignComment(source: Source, at: number, lineEnd: number): number {
    const { text } = source;
    const sign = text.startsWith('//', at) ? '//' : text.startsWith('/*', at) ? '/*' : ';';
    const place = placeOf(source, at, at + sign.length);
    // keepalived drops such a line by itself, unless its braces or quotes reach further.
    const isOneLine = sign !== '/*' && !/[{}"]/.test(text.slice(at, lineEnd));
    this.faults.push({
      kind: 'foreign-comment',
      message: `'${sign}' does not start a comment in keepalived.conf`,
      at: place,
      severity: 'error',
      remedy: "Start comments with '#' or '!'.",
      ...(isOneLine && { fix: safeFix('write #', worded({ place }, sign, '#')) }),
    });
    const close = sign === '/*' && !this.unclosed.has(source) ? text.indexOf('*/', at) : -1;
    if (close !== -1) return nextLine(text, endOfLine(text, close));
    if (sign === '/*') this.unclosed.add(source);
    return nextLine(text, lineEnd);
  }
}
