import type { Range } from '../../src/evidence/place.ts';
import type { Fault } from '../tree.ts';
import { sysctlName, sysctlPath } from './key.ts';
import { part, type Span } from './span.ts';

/** What is wrong with a line, and what it means to say all the same. */
export interface Doubt extends Pick<Fault, 'kind' | 'message' | 'remedy' | 'severity' | 'family'> {
  readonly range: Range;
  /** Nothing is set by the line as it stands; key and value are then what it means to set. */
  readonly refused: boolean;
  readonly key?: Span;
  readonly value?: Span;
}

const NUMBERS = /^-?(?:0[xX][\da-fA-F]+|\d+)(?:[ \t]+-?(?:0[xX][\da-fA-F]+|\d+))*$/;
const QUOTES = new Set(['"', "'", '“', '”', '‘', '’', '`']);
const ROOTS = new Set(['net', 'kernel', 'vm', 'fs']);

/** The first thing that is wrong with `key = value`, by what `sysctl -p`, systemd-sysctl and the kernel do with it. */
export function doubtOf(key: Span, value: Span): Doubt | undefined {
  return (
    hidden(key, value) ??
    wrongKey(key, value) ??
    quoted(key, value) ??
    commented(key, value) ??
    continued(key, value)
  );
}

/** A text short enough for a message. */
export function shown(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

function hidden(key: Span, value: Span): Doubt | undefined {
  const inKey = hiddenAt(key.text);
  const span = inKey === -1 ? value : key;
  const at = inKey === -1 ? hiddenAt(value.text) : inKey;
  if (at === -1) return undefined;
  const plainKey = { ...key, text: plain(key.text) };
  const plainValue = { ...value, text: plain(value.text) };
  const comment = commentAt(value.text);
  if (inKey === -1 && comment !== -1 && at > comment) return undefined;
  const refused = inKey !== -1 || NUMBERS.test(plainValue.text);
  return {
    kind: 'hidden-character',
    message: `${nameOf(span.text.charCodeAt(at))} stands in the ${inKey === -1 ? `value of ${shown(key.text)}` : `key ${shown(plainKey.text)}`}${refused ? ', so nothing is set' : ''}`,
    remedy: 'Type the line again without the character.',
    severity: refused ? 'error' : 'warning',
    range: { start: span.start + at, end: span.start + at + 1 },
    refused,
    key: plainKey,
    value: plainValue,
  };
}

/** No name below /proc/sys holds a blank, and nothing that can be set stands at its top. */
function wrongKey(key: Span, value: Span): Doubt | undefined {
  const path = sysctlPath(key.text.replace(/[ \t\v\f]+/g, ''));
  const write = { remedy: `Write '${shown(`${sysctlName(path)} = ${value.text}`)}'.` };
  const wrong = (message: string, more?: Partial<Doubt>): Doubt => ({
    kind: 'refused-command',
    message,
    severity: 'error',
    ...more,
    range: key.text === '' ? { start: value.start, end: value.end } : key,
    refused: true,
    key: { ...key, text: path },
    value,
  });
  if (key.text === '') return wrong(`no key stands in front of '= ${shown(value.text)}'`);
  if (/[ \t\v\f]/.test(key.text))
    return wrong(`'${shown(key.text)}' has a blank in it, as no key has`, write);
  if (/^\/?proc\/sys\//.test(key.text))
    return wrong(`'${shown(key.text)}' is looked for below /proc/sys and is not there`, write);
  if (!/[./]/.test(key.text))
    return wrong(`'${shown(key.text)}' names no directory of keys, so it is no key`, { severity: 'warning' });
  const root = path.slice(0, path.indexOf('/'));
  if (!ROOTS.has(root) && ROOTS.has(root.toLowerCase()))
    return wrong(`'${shown(key.text)}' is no key: upper and lower case differ`, {
      remedy: `Write '${root.toLowerCase()}' in small letters.`,
    });
  return undefined;
}

/** Neither program takes quotes away, so the kernel gets them (and refuses them in a number). */
function quoted(key: Span, value: Span): Doubt | undefined {
  const { text } = value;
  if (!QUOTES.has(text[0] ?? '')) return undefined;
  const closed = text.length > 1 && QUOTES.has(text[text.length - 1] ?? '');
  const inner = part(value, 1, text.length - (closed ? 1 : 0));
  const number = NUMBERS.test(inner.text.trim());
  return {
    kind: 'malformed-value',
    message: number
      ? `${shown(key.text)} is handed ${shown(text)} with its quotes, and the kernel refuses it`
      : `the quotes become part of the value of ${shown(key.text)}`,
    remedy: `Write '${shown(`${key.text} = ${inner.text}`)}'.`,
    severity: number ? 'error' : 'warning',
    range: value,
    refused: number,
    key,
    value: number ? inner : value,
  };
}

/** There are no comments behind a value: the text is handed over, and a number's reader stops at the first blank. */
function commented(key: Span, value: Span): Doubt | undefined {
  const at = commentAt(value.text);
  if (at === -1) return undefined;
  const head = part(value, 0, value.text.slice(0, at).trimEnd().length);
  const tail = part(value, at, value.text.length);
  const number = NUMBERS.test(head.text);
  const glued = number && head.end === tail.start;
  const refused = glued || head.text === '';
  const common = {
    kind: 'foreign-comment',
    remedy: 'Put the comment on a line of its own.',
    range: tail,
    refused,
    key,
    value: number ? head : value,
  } as const;
  if (head.text === '')
    return {
      ...common,
      message: `${shown(key.text)} has no value: '${shown(tail.text)}' is taken for it`,
      severity: 'error',
    };
  if (glued)
    return {
      ...common,
      message: `the kernel refuses '${shown(value.text)}': the comment is part of the value`,
      severity: 'error',
    };
  if (number)
    return {
      ...common,
      message: `'${shown(tail.text)}' is part of the value; the kernel happens to stop reading at the blank behind ${shown(head.text)}`,
      severity: 'info',
    };
  if (!ROOTS.has(sysctlPath(key.text).split('/', 1)[0] ?? '')) return undefined;
  return {
    ...common,
    message: `'${shown(tail.text)}' becomes part of the value of ${shown(key.text)}`,
    severity: 'warning',
  };
}

function continued(key: Span, value: Span): Doubt | undefined {
  if (!value.text.endsWith('\\')) return undefined;
  const end = value.text.length - 1;
  return {
    kind: 'malformed-value',
    message: `the backslash is part of the value of ${shown(key.text)}: a line ends where it ends`,
    remedy: 'Write the whole value on one line.',
    severity: 'error',
    range: part(value, end, end + 1),
    refused: true,
    key,
    value: part(value, 0, value.text.slice(0, end).trimEnd().length),
  };
}

/** Where a comment begins that was meant as one: at the start, behind a blank, or `#` right behind a number. */
function commentAt(value: string): number {
  if (/^(?:[#;]|\/\/)(?:[ \t]|$)/.test(value)) return 0;
  const glued = /^\d+#/.exec(value);
  if (glued) return glued[0].length - 1;
  const found = value.search(/[ \t](?:#|\/\/|;)/);
  return found === -1 ? -1 : found + 1;
}

function hiddenAt(text: string): number {
  for (let i = 0; i < text.length; i++) if (isHidden(text.charCodeAt(i))) return i;
  return -1;
}

function plain(text: string): string {
  let out = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    if (!isHidden(text.charCodeAt(i))) continue;
    out += text.slice(from, i);
    from = i + 1;
  }
  return (out + text.slice(from)).trim();
}

/** Characters that nobody sees and that neither program takes for a blank. */
function isHidden(code: number): boolean {
  if (code < 0x20) return code !== 0x09 && code !== 0x0b && code !== 0x0c;
  if (code < 0x7f) return false;
  return (
    code <= 0xa0 ||
    code === 0xad ||
    (code >= 0x2000 && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202f) ||
    (code >= 0x205f && code <= 0x2064) ||
    code === 0x3000 ||
    code === 0xfeff ||
    code === 0xfffd
  );
}

/** What a person would call a hidden character, with its number. */
export function nameOf(code: number): string {
  const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  if (code === 0xfffd) return 'a byte that is not UTF-8';
  if (code === 0xfeff) return `a byte-order mark (${number})`;
  if (code === 0xa0) return `a no-break space (${number})`;
  if (code === 0) return 'a NUL byte';
  if (code === 0x0d) return 'a lone carriage return';
  return `an invisible character (${number})`;
}
