import { endOfTag, type Piece, Unfollowable } from './tag.ts';

const SIGN = /\$\$\{|%%\{|\$\{|%\{|\$[A-Za-z]\w*/g;

/**
 * The pieces of a template of Terraform's templatefile (developer.hashicorp.com, Strings and Templates) or of envsubst
 * (gettext). A name that the text itself defines, and one that begins with `_`, is keepalived's own.
 */
export function dollarPieces(text: string): Piece[] {
  const own = new Set([...text.matchAll(/^[ \t]*\$(\w+)=/gm)].map(([, name = '']) => name));
  const pieces: Piece[] = [];
  let from = 0;
  const search = new RegExp(SIGN);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const start = match.index;
    const [sign] = match;
    const piece = pieceAt(text, start, sign, own);
    if (piece === undefined) continue;
    if (start > from) pieces.push({ kind: 'text', start: from, end: start, words: '' });
    pieces.push(piece);
    from = piece.end;
    search.lastIndex = from;
  }
  if (from < text.length) pieces.push({ kind: 'text', start: from, end: text.length, words: '' });
  return pieces;
}

function pieceAt(text: string, start: number, sign: string, own: ReadonlySet<string>): Piece | undefined {
  // `$${` and `%%{` are escapes: the first sign goes, the rest stays.
  if (sign.length === 3 && sign.endsWith('{')) return { kind: 'nothing', start, end: start + 1, words: '' };
  if (text[start - 1] === sign[0] && sign.endsWith('{')) return undefined;
  if (!sign.endsWith('{')) {
    const name = sign.slice(1);
    return own.has(name) ? undefined : { kind: 'value', start, end: start + sign.length, words: name };
  }
  const end = endOfTag(text, start + 2, '}');
  const inner = text.slice(start + 2, end - 1);
  const words = inner.replace(/^~|~$/g, '').trim();
  if (sign === '${' && (own.has(words) || words.startsWith('_'))) return undefined;
  const tag = {
    start,
    end,
    ...(inner.startsWith('~') && { before: 'all' as const }),
    ...(inner.endsWith('~') && { after: 'all' as const }),
  };
  return sign === '${' ? { ...tag, kind: 'value', words } : { ...tag, ...directiveOf(words) };
}

function directiveOf(words: string): Pick<Piece, 'kind' | 'words' | 'names'> {
  const [, keyword = '', rest = ''] = /^(\w*)\s*([\s\S]*)$/.exec(words) ?? [];
  if (keyword === 'if') return { kind: 'if', words: rest };
  if (keyword === 'else') return { kind: 'else', words: '' };
  if (keyword === 'for') {
    const [, names = '', of = rest] = /^([\s\S]*?)\s+in\s+([\s\S]*)$/.exec(rest) ?? [];
    return { kind: 'loop', words: of, names: names.match(/\w+/g) ?? [] };
  }
  if (keyword === 'endif' || keyword === 'endfor') return { kind: 'end', words: '' };
  throw new Unfollowable(`'%{ ${keyword} }' is no directive`);
}
