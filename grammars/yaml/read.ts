import type { Source } from '../../src/evidence/source.ts';
import { readFlow } from '../json/read.ts';
import { list, mapping, Spot, scalar, type Value } from '../value.ts';

export { itemsAt, type Scalar, scalarAt, type Value, valueAt } from '../value.ts';

interface Line {
  /** The column of the first character that means something. */
  indent: number;
  text: string;
  /** Where the text begins in the source. */
  start: number;
}

const DEEPEST = 100;
const ENTRY = /^("[^"\n]*"[ \t]*|'[^'\n]*'[ \t]*|[^\s#:"'{[-][^:#\n]*|-[^\s:#][^:#\n]*):(?:[ \t]+(\S.*))?$/;

/**
 * The documents of a manifest, in the style that people write: blocks by indentation, flow lists, several documents. Text
 * behind `|` is read as if it were YAML too, because a ConfigMap holds configuration in it. Never throws; a line that does
 * not fit is passed over. Anchors and tags stay words.
 */
export function readYaml(source: Source): readonly Value[] {
  const documents: Value[] = [];
  let lines: Line[] = [];
  const finish = () => {
    const [first] = lines;
    if (first !== undefined) documents.push(new Block(source, lines).read(first.indent, 0));
    lines = [];
  };
  for (const line of linesOf(source.text)) {
    if (line.indent === 0 && /^---(?:\s|$)/.test(line.text)) finish();
    else lines.push(line);
  }
  finish();
  return documents;
}

function* linesOf(text: string): Generator<Line> {
  for (let start = text.startsWith('\uFEFF') ? 1 : 0; start < text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    const whole = text.slice(start, end);
    const indent = whole.length - whole.trimStart().length;
    const content = withoutComment(whole.slice(indent));
    if (content !== '') yield { indent, text: content, start: start + indent };
    start = end + 1;
  }
}

/** `#` begins a comment at the start or behind a blank, unless a quote is open. */
function withoutComment(text: string): string {
  if (text.startsWith('#')) return '';
  if (!text.includes(' #')) return text.trimEnd();
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && /\s/.test(text[at - 1] ?? '')) return text.slice(0, at).trimEnd();
  }
  return text.trimEnd();
}

/** The lines of one document, read from the top; each line is taken once. */
class Block {
  private at = 0;
  constructor(
    private readonly source: Source,
    private readonly lines: readonly Line[],
  ) {}

  /** What stands at this indentation, up to the first line that stands further left. */
  read(indent: number, depth: number): Value {
    const first = this.lines[this.at] as Line;
    const at = new Spot(this.source, first.start, first.start + first.text.length);
    const items: Value[] = [];
    const entries = new Map<string, Value>();
    const isList = isItem(first);
    for (let line = this.lines[this.at]; line !== undefined; line = this.lines[this.at]) {
      if (line.indent < indent || (line.indent === indent && isItem(line) !== isList)) break;
      if (line.indent > indent) this.at++;
      else if (isList) items.push(this.item(line, depth));
      else this.entry(line, entries, depth);
    }
    return isList ? list(items, at) : mapping(entries, at);
  }

  private item(line: Line, depth: number): Value {
    const inner = line.text.slice(1).trimStart();
    const shift = line.text.length - inner.length;
    const column = line.indent;
    if (inner === '') {
      this.at++;
      return this.below(column + 1, depth) ?? this.word(line.text, line.start);
    }
    const start = line.start + shift;
    if (depth >= DEEPEST || !(ENTRY.test(inner) || isItem({ ...line, text: inner }))) {
      this.at++;
      return this.word(inner, start);
    }
    Object.assign(line, { indent: column + shift, text: inner, start });
    return this.read(line.indent, depth + 1);
  }

  private entry(line: Line, entries: Map<string, Value>, depth: number): void {
    const [, key, text] = ENTRY.exec(line.text) ?? [];
    this.at++;
    if (key === undefined) return;
    const name = key.trimEnd().replace(/^["']|["']$/g, '');
    const isBlock = text === undefined || /^[|>][+\-\d]*$/.test(text);
    const next = this.lines[this.at];
    const sameColumn = next !== undefined && next.indent === line.indent && isItem(next);
    const inner = isBlock ? this.below(sameColumn ? line.indent : line.indent + 1, depth) : undefined;
    const start = line.start + line.text.length - (text?.length ?? 0);
    entries.set(name, inner ?? this.word(isBlock ? '' : text, start));
  }

  /** The block that begins with the next line, if that stands at `indent` or further right. */
  private below(indent: number, depth: number): Value | undefined {
    const next = this.lines[this.at];
    if (next === undefined || next.indent < indent || depth >= DEEPEST) return undefined;
    return this.read(next.indent, depth + 1);
  }

  private word(text: string, start: number): Value {
    if (/^[[{]/.test(text)) {
      const [value] = readFlow(this.source, text, start);
      if (value !== undefined) return value;
    }
    const quoted = /^(["'])(.*)\1$/.exec(text)?.[2];
    return scalar(quoted ?? text, new Spot(this.source, start, start + text.length));
  }
}

function isItem({ text }: Pick<Line, 'text'>): boolean {
  return text === '-' || text.startsWith('- ');
}
