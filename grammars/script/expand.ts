import { calculated } from './arithmetic.ts';
import { braceWords } from './braces.ts';
import { isList, known, type Scalar, unknown, type Value } from './environment.ts';
import type { RawWord } from './node.ts';
import { parameterValue, plainText, type Scope } from './parameter.ts';
import { type Manner, type Piece, piecesOf } from './pieces.ts';

/** Longer texts are not built: a variable that doubles itself in each line would fill the memory. */
const LONGEST_TEXT = 4096;
/** How deep `${A:-${B:-…}}` is followed. */
const DEEPEST = 6;

const pieceCache = new WeakMap<RawWord, readonly Piece[]>();

/** The words that the shell makes of one: variables put in, cut at white space where no quotes stand. */
export function fieldsOf(word: RawWord, scope: Scope): Scalar[] {
  const { variables } = scope;
  const texts = word.raw.includes('{') && variables.room > 0 ? braceWords(word.raw) : undefined;
  if (texts !== undefined) {
    variables.room -= texts.length;
    return texts.flatMap((raw) => new FieldMaker(raw, scope).make(piecesOf(raw)));
  }
  let pieces = pieceCache.get(word);
  if (pieces === undefined) {
    pieces = piecesOf(word.raw);
    pieceCache.set(word, pieces);
  }
  if (variables.room <= 0 && pieces.some(({ kind }) => kind !== 'text')) return [unknown(word.raw)];
  const fields = new FieldMaker(word.raw, scope).make(pieces);
  if (fields.length > 1) variables.room -= fields.length;
  return fields;
}

/** The text of a word that is not cut: a value, a pattern, the target of a redirection. */
export function textOf(raw: string, scope: Scope, manner: Manner = 'word', depth = 0): Scalar {
  let text = '';
  let isUnknown = false;
  let soft = false;
  const pieces = piecesOf(raw, manner);
  let only: Scalar | undefined;
  for (const piece of pieces) {
    const value = joined(resolve(piece, scope, depth));
    text += value.text;
    isUnknown ||= value.unknown;
    soft ||= value.soft;
    if (value.text !== '') only = text === value.text ? value : undefined;
    if (text.length > LONGEST_TEXT && pieces.length > 1) return unknown(raw);
  }
  const { range, isFirstArgument } = only ?? {};
  return {
    text,
    unknown: isUnknown,
    soft,
    ...(range && { range }),
    ...(isFirstArgument && { isFirstArgument }),
  };
}

function resolve(piece: Piece, scope: Scope, depth: number): Value {
  switch (piece.kind) {
    case 'text':
      return known(piece.text);
    case 'arithmetic': {
      const { text } = depth > DEEPEST ? unknown('') : textOf(piece.expression, scope, 'heredoc', depth + 1);
      const value = calculated(text, (name) => plainText(scope.variables.get(name)));
      return value === undefined ? unknown(piece.raw) : known(String(value));
    }
    case 'opaque':
      return printedBy(piece.inner, scope) ?? unknown(piece.raw);
    case 'parameter':
      if (depth > DEEPEST) return unknown(piece.raw);
      return parameterValue(piece, scope, (raw) => textOf(raw, scope, 'word', depth + 1));
  }
}

/** What a few harmless commands print: `$(which ipvsadm)`, `$(seq 1 3)`. */
function printedBy(command: string, scope: Scope): Scalar | undefined {
  const found = /^\s*(?:which|command\s+-v|type\s+-p)\s+([\w./-]+)\s*(?:2>\s*\/dev\/null\s*)?$/.exec(command);
  if (found?.[1] !== undefined) return { ...known(found[1]), soft: true };
  const [, from, to] = /^\s*seq\s+(?:(\w+|\$\w+)\s+)?(\w+|\$\w+)\s*$/.exec(command) ?? [];
  if (to === undefined) return undefined;
  const lookup = (name: string) => plainText(scope.variables.get(name));
  const last = calculated(to, lookup);
  const first = from === undefined ? 1 : calculated(from, lookup);
  if (first === undefined || last === undefined || last - first > 1000) return undefined;
  return known(Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step).join('\n'));
}

function joined(value: Value): Scalar {
  if (!isList(value)) return value;
  return {
    text: value.items.map((item) => item.text).join(' '),
    unknown: value.items.some((item) => item.unknown),
    soft: value.items.some((item) => item.soft),
  };
}

class FieldMaker {
  private readonly raw: string;
  private readonly scope: Scope;
  private readonly fields: Scalar[] = [];
  private current:
    | { text: string; unknown: boolean; soft: boolean; range?: Scalar['range']; parts: number }
    | undefined;

  constructor(raw: string, scope: Scope) {
    this.raw = raw;
    this.scope = scope;
  }

  make(pieces: readonly Piece[]): Scalar[] {
    for (const piece of pieces) {
      const value = resolve(piece, this.scope, 0);
      if (piece.quoted && isList(value)) this.addItems(value.items, !/\*\]?\}?$/.test(this.rawOf(piece)));
      else if (piece.quoted || piece.kind === 'text') this.append(joined(value));
      else if (isList(value)) for (const [index, item] of value.items.entries()) this.addCut(item, index > 0);
      else this.addCut(value, false);
    }
    this.finish();
    return this.fields;
  }

  private rawOf(piece: Piece): string {
    return piece.kind === 'text' ? '' : piece.raw;
  }

  private addItems(items: readonly Scalar[], separate: boolean): void {
    if (!separate) this.append(joined({ items }));
    else
      for (const [index, item] of items.entries()) {
        if (index > 0) this.finish();
        this.append(item);
      }
  }

  /** A value outside of quotes: white space in it parts words. */
  private addCut(value: Scalar, isNext: boolean): void {
    if (isNext) this.finish();
    if (value.unknown) {
      this.append(value);
      return;
    }
    for (const [index, text] of value.text.split(/[ \t\n]+/).entries()) {
      if (index > 0) this.finish();
      if (text !== '') this.append({ ...value, text });
    }
  }

  private append(value: Scalar): void {
    this.current ??= { text: '', unknown: false, soft: false, parts: 0 };
    const { current } = this;
    current.text += value.text;
    current.unknown ||= value.unknown;
    current.soft ||= value.soft;
    if (value.text !== '') current.range = current.parts++ === 0 ? value.range : undefined;
    if (current.text.length > LONGEST_TEXT && current.parts > 1) {
      current.text = this.raw;
      current.unknown = true;
    }
  }

  private finish(): void {
    if (this.current === undefined) return;
    const { text, unknown: isUnknown, soft, range } = this.current;
    this.fields.push({ text, unknown: isUnknown, soft, ...(range && { range }) });
    this.current = undefined;
  }
}
