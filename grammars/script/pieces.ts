import { constructEnd, dollarQuoteEnd } from './quoting.ts';

/** What a word is made of, before anything is put in for its variables. */
export type Piece = TextPiece | ParameterPiece | ArithmeticPiece | OpaquePiece;

export interface TextPiece {
  readonly kind: 'text';
  readonly text: string;
  readonly quoted: boolean;
}

/** `$NAME`, `${NAME[@]##*.}` */
export interface ParameterPiece {
  readonly kind: 'parameter';
  readonly raw: string;
  readonly quoted: boolean;
  readonly name: string;
  /** `${#NAME}` */
  readonly length: boolean;
  /** `@`, `*` or an index. */
  readonly index: string | undefined;
  /** `:-`, `##`, `/` … with what follows it; '' without one. */
  readonly operator: string;
  readonly argument: string;
}

/** `$(( … ))` */
export interface ArithmeticPiece {
  readonly kind: 'arithmetic';
  readonly raw: string;
  readonly quoted: boolean;
  readonly expression: string;
}

/** `$( … )`, backquotes: what a command prints. */
export interface OpaquePiece {
  readonly kind: 'opaque';
  readonly raw: string;
  readonly quoted: boolean;
  /** The command. */
  readonly inner: string;
}

/** `word`: quotes count. `heredoc`: only `$`, backquotes and backslashes do. */
export type Manner = 'word' | 'heredoc';

/** Takes a raw word apart. Any text can be: what makes no sense stays text. */
export function piecesOf(raw: string, manner: Manner = 'word'): Piece[] {
  const pieces: Piece[] = [];
  const heredoc = manner === 'heredoc';
  let inDouble = heredoc;
  let text = '';
  // One bracket that is never closed: the ones behind it are not looked for, each would cost the whole rest.
  let broken = false;
  const flush = (quoted: boolean) => {
    if (text !== '') pieces.push({ kind: 'text', text, quoted });
    text = '';
  };
  for (let at = 0; at < raw.length; at++) {
    const sign = raw[at] as string;
    if (sign === '\\') {
      const next = raw[++at];
      if (next === '\n') continue;
      if (next === undefined) text += sign;
      else if (inDouble && !`$\`\\${heredoc ? '' : '"'}`.includes(next)) text += sign + next;
      else if (inDouble) text += next;
      else {
        flush(false);
        pieces.push({ kind: 'text', text: next, quoted: true });
      }
    } else if (sign === '"' && !heredoc) {
      // An empty piece, so that `""` is a word of its own.
      flush(inDouble);
      if (!inDouble) pieces.push({ kind: 'text', text: '', quoted: true });
      inDouble = !inDouble;
    } else if (sign === "'" && !inDouble) {
      flush(false);
      const end = constructEnd(raw, at, raw.length);
      pieces.push({
        kind: 'text',
        text: raw.slice(at + 1, raw[end - 1] === "'" ? end - 1 : end),
        quoted: true,
      });
      at = end - 1;
    } else if (sign === '$' || sign === '`') {
      const end = broken
        ? at
        : sign === '`'
          ? constructEnd(raw, at, raw.length)
          : dollarEnd(raw, at, inDouble);
      if (end === at + 1 && /[({]/.test(raw[at + 1] ?? '')) broken = true;
      if (end <= at + 1) text += sign;
      else {
        flush(inDouble);
        pieces.push(dollarPiece(raw.slice(at, end), inDouble));
        at = end - 1;
      }
    } else text += sign;
  }
  flush(inDouble);
  return pieces;
}

/** Where a `$…` ends; the `$` itself where it is only a sign. */
function dollarEnd(raw: string, at: number, inDouble: boolean): number {
  const next = raw[at + 1] ?? '';
  if (next === '(' || next === '{') {
    const end = constructEnd(raw, at, raw.length);
    return raw[end - 1] === (next === '(' ? ')' : '}') ? end : at + 1;
  }
  if (next === "'" && !inDouble) return dollarQuoteEnd(raw, at);
  if (/[A-Za-z_]/.test(next)) {
    let end = at + 2;
    while (/\w/.test(raw[end] ?? '')) end++;
    return end;
  }
  return /[\d@*#?$!-]/.test(next) ? at + 2 : at + 1;
}

function dollarPiece(raw: string, quoted: boolean): Piece {
  if (raw.startsWith("$'"))
    return { kind: 'text', text: unescaped(raw.slice(2, raw.endsWith("'") ? -1 : undefined)), quoted: true };
  if (raw.startsWith('$((') && raw.endsWith('))'))
    return { kind: 'arithmetic', raw, quoted, expression: raw.slice(3, -2) };
  if (raw.startsWith('`')) return { kind: 'opaque', raw, quoted, inner: raw.slice(1, -1) };
  if (raw.startsWith('$(')) return { kind: 'opaque', raw, quoted, inner: raw.slice(2, -1) };
  const body = raw.startsWith('${') ? raw.slice(2, -1) : raw.slice(1);
  const found = /^(#(?=.))?(\w+|[@*#?$!-])(?:\[([^\]]*)\])?(:[-=+?]|##?|%%?|\/\/?|[-=+?:])?/.exec(body);
  const [whole, hash, name, index, operator = ''] = found ?? [];
  if (whole === undefined || name === undefined || (operator === '' && whole.length < body.length))
    return { kind: 'opaque', raw, quoted, inner: '' };
  const argument = body.slice(whole.length);
  return { kind: 'parameter', raw, quoted, name, length: hash !== undefined, index, operator, argument };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** `\n` and `\t` as `$'…'`, `echo -e` and `printf` take them. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\([ntr'"\\])/g, (_, sign: string) => ESCAPES[sign] ?? sign);
}
