/**
 * What a terminal might obey, hide or reorder: control characters, escape sequences, direction overrides, zero-width
 * and invisible characters, spaces that only look like one (Unicode UAX #9, UTR #36). Selectors stay behind an emoji.
 */
const unsafe = [
  String.raw`[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]`,
  String.raw`[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]`,
  String.raw`[\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0\u{E0100}-\u{E01EF}]`,
  String.raw`(?<![\p{Extended_Pictographic}0-9#*])[\uFE00-\uFE0F]`,
].join('|');

/** Compiled when the first text needs it: most are plain ASCII. */
let compiled: RegExp | undefined;

const harmless = /^[\x20-\x7E]*$/;

/** Makes foreign text safe to print, with every character that was taken out visible: `␛`, `<U+202E>`. */
export function sanitize(text: string): string {
  return harmless.test(text) ? text : replaceUnsafe(text, visible);
}

/** The same text as JSON, with everything that a terminal might obey written as `\uXXXX`. Loses nothing. */
export function safeJson(value: unknown): string {
  const written = JSON.stringify(value, undefined, 2);
  return replaceUnsafe(written, (character) => (character === '\n' ? character : escapeUnits(character)));
}

/**
 * The same for XML 1.0, as character references. What XML cannot hold even so (section 2.2: control characters, halves of
 * surrogate pairs, U+FFFE and U+FFFF) becomes the replacement character.
 */
export function safeXml(text: string): string {
  if (harmless.test(text)) return text;
  const legal = text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\ufffd');
  return replaceUnsafe(legal, (character) =>
    /[\t\n\r]/.test(character) ? character : `&#${character.codePointAt(0)};`,
  );
}

function replaceUnsafe(text: string, replacement: (character: string) => string): string {
  compiled ??= new RegExp(unsafe, 'gu');
  return text.replace(compiled, (character) => replacement(character));
}

/** An overlong text, cut in the middle. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.ceil((most - 1) * 0.7);
  return `${text.slice(0, head)}…${text.slice(text.length - (most - 1 - head))}`;
}

/** The control pictures block has a sign for each ASCII control character. */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

function escapeUnits(character: string): string {
  let escaped = '';
  for (let at = 0; at < character.length; at += 1) {
    escaped += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
