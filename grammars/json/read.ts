import type { IToken } from 'chevrotain';
import type { Source } from '../../src/evidence/source.ts';
import { list, mapping, Spot, scalar, type Value } from '../value.ts';
import { Close, Colon, Comma, jsonLexer, Open, Quoted } from './tokens.ts';

export { itemsAt, type Scalar, scalarAt, type Value, valueAt } from '../value.ts';

/** What encloses the next value: it grows until its bracket closes, or the text ends. */
interface Level {
  readonly value: Value;
  readonly take: (value: Value) => void;
  /** The name that waits for its value, in a mapping. */
  name: string | undefined;
}

/**
 * The values of a JSON text (RFC 8259), as programs print them for other programs. Never throws: of a text that is cut
 * off everything before the cut is there, and no depth is too deep.
 */
export function readJson(source: Source): readonly Value[] {
  return readFlow(source, source.text, 0);
}

/** The values of a part of a text that begins at `start`; YAML's flow style is near enough. */
export function readFlow(source: Source, text: string, start: number): readonly Value[] {
  const top: Value[] = [];
  const outside: Level = {
    value: list(top, new Spot(source, 0, 0)),
    take: (value) => void top.push(value),
    name: undefined,
  };
  const levels: Level[] = [outside];
  const { tokens } = jsonLexer().tokenize(text);
  for (const [index, token] of tokens.entries()) {
    const level = levels.at(-1) ?? outside;
    if (token.tokenType === Open) {
      const inner = levelOf(source, token, start);
      give(level, inner.value);
      levels.push(inner);
    } else if (token.tokenType === Close) {
      if (levels.length > 1) levels.pop();
    } else if (token.tokenType === Comma) level.name = undefined;
    else if (token.tokenType !== Colon) {
      const word = scalar(textOf(token), new Spot(source, start + token.startOffset, start + endOf(token)));
      if (level.value.kind === 'mapping' && tokens[index + 1]?.tokenType === Colon) level.name = word.text;
      else give(level, word);
    }
  }
  return top;
}

function give(level: Level, value: Value): void {
  level.take(value);
  level.name = undefined;
}

function levelOf(source: Source, token: IToken, start: number): Level {
  const at = new Spot(source, start + token.startOffset, start + endOf(token));
  if (token.image === '[') {
    const items: Value[] = [];
    return { value: list(items, at), take: (value) => void items.push(value), name: undefined };
  }
  const entries = new Map<string, Value>();
  const level: Level = {
    value: mapping(entries, at),
    take: (value) => void (level.name !== undefined && entries.set(level.name, value)),
    name: undefined,
  };
  return level;
}

function textOf(token: IToken): string {
  if (token.tokenType !== Quoted) return token.image;
  const inside = token.image.slice(1, token.image.length > 1 && token.image.endsWith('"') ? -1 : undefined);
  return inside.includes('\\')
    ? inside.replaceAll(/\\(u[\da-fA-F]{4}|.)/g, (_, code: string) => unescaped(code))
    : inside;
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unescaped(code: string): string {
  if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
  return ESCAPES[code] ?? code;
}

function endOf({ startOffset, image }: IToken): number {
  return startOffset + image.length;
}
