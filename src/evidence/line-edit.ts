import type { Located } from './fact.ts';
import type { Edit } from './fix.ts';
import { linesOf } from './lines.ts';
import type { Range } from './place.ts';
import type { Source } from './source.ts';

/** Takes a statement away with its line. Not where the line holds anything else, or is not all of the statement. */
export function lineRemoved(at: Located): Edit | undefined {
  const line = lineOf(at);
  if (!isPlain(line) || /[{}]/.test(line.code)) return undefined;
  return { source: line.source, range: line.whole, text: '' };
}

/** Takes a statement away with the block in braces behind it. */
export function blockRemoved(header: Located): Edit | undefined {
  const line = lineOf(header);
  const close = isPlain(line) ? closingLine(line) : undefined;
  if (close === undefined) return undefined;
  return { source: line.source, range: { start: line.whole.start, end: close.whole.end }, text: '' };
}

/** A line, or several, behind the one on which something stands, as far in as that. */
export function lineAdded(at: Located, text: string): Edit | undefined {
  const line = lineOf(at);
  if (!isPlain(line) || /[{}]/.test(line.code) || isConditional(line, text)) return undefined;
  return behind(line, line.indent, text);
}

/** A line before the one on which something stands, as far in as that. */
export function lineAddedBefore(at: Located, text: string): Edit | undefined {
  const line = lineOf(at);
  if (!isPlain(line)) return undefined;
  const start = line.whole.start;
  return { source: line.source, range: { start, end: start }, text: line.indent + text + line.newline };
}

/** The first lines of a block whose header is given, as far in as its other lines. */
export function lineAddedIn(header: Located, text: string): Edit | undefined {
  const line = lineOf(header);
  const open = isPlain(line) ? openingLine(line) : undefined;
  if (open === undefined || isConditional(line, text)) return undefined;
  const next = lineNumbered(line.source, open.number + 1);
  const inner = next.indent.length > line.indent.length ? next.indent : `${line.indent}    `;
  return behind(open, inner, text);
}

/** Puts what stands at a word, and all behind it, on a line of its own, as far in as the line it stands on. */
export function lineSplit(at: Located): Edit | undefined {
  const line = lineOf(at);
  const { start } = at.place.range;
  const before = line.source.text.slice(line.whole.start, start);
  const gap = /[ \t]+$/.exec(before)?.[0].length ?? 0;
  if (!isPlain(line) || /[{}"]/.test(line.code) || gap === 0 || before.trim() === '') return undefined;
  return { source: line.source, range: { start: start - gap, end: start }, text: line.newline + line.indent };
}

/** A last line. */
export function lineAppended(source: Source, text: string): Edit {
  const { length } = source.text;
  const { newline } = lineNumbered(source, linesOf(source).lineCount);
  const isOpen = length > 0 && !source.text.endsWith('\n');
  return {
    source,
    range: { start: length, end: length },
    text: isOpen ? newline + text : text + newline,
  };
}

/** One line of a text: what edits of whole lines have to know. */
interface Line {
  readonly source: Source;
  readonly number: number;
  /** With its end. */
  readonly whole: Range;
  /** Where its text ends. */
  readonly end: number;
  readonly indent: string;
  /** Without indentation, comment, and blanks behind it. */
  readonly code: string;
  /** How the lines of this text end. */
  readonly newline: string;
}

function lineOf({ place: { source, range } }: Located): Line {
  return lineNumbered(source, linesOf(source).positionAt(range.start).line);
}

function lineNumbered(source: Source, number: number): Line {
  const lines = linesOf(source);
  const { start, end } = lines.lineRange(number);
  const text = source.text.slice(start, end);
  const next = lines.lineRange(number + 1).start;
  const [indent = ''] = /^[ \t]*/.exec(text) ?? [];
  return {
    source,
    number,
    whole: { start, end: number < lines.lineCount ? next : end },
    end,
    indent,
    code: withoutComment(text.slice(indent.length), source),
    newline: /\r?\n/.exec(source.text)?.[0] ?? '\n',
  };
}

/** False where the line is not what the program reads: definitions, sequences, conditions, lines that go on. */
function isPlain({ source, number, code }: Line): boolean {
  if (
    code.endsWith('\\') ||
    linesOf(source)
      .lineText(number - 1)
      .endsWith('\\')
  )
    return false;
  if (source.format === 'keepalived.conf') return !/^[@~]|\$|^include/.test(code) && code !== '';
  return source.format !== 'script' || !/[;&|{}()`]|<<|\bdone\b|\bfi\b/.test(code);
}

/** True where some nodes have such a line already: `@lb1 priority 100`. A line for all would stand beside it. */
function isConditional({ source }: Line, added: string): boolean {
  return source.format === 'keepalived.conf' && conditionalWords(source).has(/\w+/.exec(added)?.[0] ?? '');
}

const conditional = new WeakMap<Source, ReadonlySet<string>>();

/** The keywords of conditional lines, looked for at most once in each text. */
function conditionalWords(source: Source): ReadonlySet<string> {
  let words = conditional.get(source);
  if (words === undefined) {
    words = new Set([...source.text.matchAll(/^[ \t]*@\S+[ \t]+(\w+)/gm)].map(([, word = '']) => word));
    conditional.set(source, words);
  }
  return words;
}

/** Only keepalived.conf has comments behind its words; there quotes protect the signs. */
function withoutComment(text: string, { format }: Source): string {
  if (format !== 'keepalived.conf') return text.trimEnd();
  const [code = ''] = /^(?:[^"#!]|"[^"]*(?:"|$))*/.exec(text) ?? [];
  return code.trimEnd();
}

/** One line or several, each as far in as `indent`. */
function behind({ source, end, newline }: Line, indent: string, text: string): Edit {
  const lines = text.split('\n').map((line) => newline + indent + line);
  return { source, range: { start: end, end }, text: lines.join('') };
}

/** The line that opens the block of a header: its own, or the next; nothing else may stand behind the brace. */
function openingLine(header: Line): Line | undefined {
  if (/^[^{}]*\{$/.test(header.code)) return header;
  const next = lineNumbered(header.source, header.number + 1);
  return !/[{}]/.test(header.code) && next.code === '{' ? next : undefined;
}

/** The line of the brace that closes a block, where nothing else stands on it. */
function closingLine(header: Line): Line | undefined {
  const open = openingLine(header);
  const { lineCount } = linesOf(header.source);
  let depth = 1;
  for (let number = (open?.number ?? lineCount) + 1; number <= lineCount; number++) {
    const line = lineNumbered(header.source, number);
    const braces = line.code.replaceAll(/"[^"]*"/g, '').replaceAll(/[^{}]/g, '');
    for (const brace of braces) depth += brace === '{' ? 1 : -1;
    if (depth < 1) return line.code === '}' && depth === 0 ? line : undefined;
  }
  return undefined;
}
