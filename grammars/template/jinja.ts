import { endOfTag, type Piece, Unfollowable } from './tag.ts';

const OPENING = /\{[{%#]/g;

/** The pieces of a Jinja2 template (jinja.palletsprojects.com, Template Designer Documentation), as Ansible and Salt use it. */
export function jinjaPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const search = new RegExp(OPENING);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const start = match.index;
    if (start > from) pieces.push({ kind: 'text', start: from, end: start, words: '' });
    const end = endOf(text, start);
    const inner = text.slice(start + 2, end - 2);
    const tag = { start, end, ...trims(inner) };
    const words = inner.replace(/^[-+]|[-+]$/g, '').trim();
    if (match[0] === '{{') pieces.push({ ...tag, kind: 'value', words });
    else if (match[0] === '{#') pieces.push({ ...tag, kind: 'nothing', words: '' });
    else pieces.push({ ...tag, ...statementOf(words) });
    from = end;
    if (match[0] === '{%' && /^(?:raw|verbatim)\b/.test(words)) {
      const close = /\{%[-+]?\s*end(?:raw|verbatim)\s*[-+]?%\}/.exec(text.slice(end));
      if (close === null) throw new Unfollowable("'{% raw %}' has no '{% endraw %}'");
      const closeStart = end + close.index;
      pieces.push({ kind: 'text', start: end, end: closeStart, words: 'raw' });
      from = closeStart + close[0].length;
      pieces.push({ kind: 'nothing', start: closeStart, end: from, words: '' });
    }
    search.lastIndex = from;
  }
  if (from < text.length) pieces.push({ kind: 'text', start: from, end: text.length, words: '' });
  return pieces;
}

function endOf(text: string, start: number): number {
  if (text[start + 1] === '{') return endOfTag(text, start + 2, '}}');
  const close = text[start + 1] === '#' ? '#}' : '%}';
  if (close === '%}') return endOfTag(text, start + 2, close);
  const end = text.indexOf(close, start + 2);
  if (end === -1) throw new Unfollowable("a comment '{#' has no '#}'");
  return end + close.length;
}

function trims(inner: string): Pick<Piece, 'before' | 'after'> {
  return {
    ...(inner.startsWith('-') && { before: 'all' }),
    ...(inner.endsWith('-') && { after: 'all' }),
  };
}

const SILENT = /^(?:raw|verbatim|import|from|do|debug|continue|break)$/;

function statementOf(words: string): Pick<Piece, 'kind' | 'words' | 'names'> {
  const [, keyword = '', rest = ''] = /^(\w*)\s*([\s\S]*)$/.exec(words) ?? [];
  switch (keyword) {
    case 'if':
      return { kind: 'if', words: rest };
    case 'elif':
      return { kind: 'else', words: rest };
    case 'else':
      return { kind: 'else', words: '' };
    case 'for': {
      const [, names = '', of = rest] = /^([\s\S]*?)\s+in\s+([\s\S]*)$/.exec(rest) ?? [];
      return { kind: 'loop', words: of, names: [...(names.match(/\w+/g) ?? []), 'loop'] };
    }
    case 'set': {
      const name = /^[\w., ]+/.exec(rest)?.[0] ?? '';
      return {
        kind: rest.includes('=') ? 'nothing' : 'capture',
        words: rest,
        names: name.match(/\w+/g) ?? [],
      };
    }
    case 'macro':
      return { kind: 'macro', words: /^\w+/.exec(rest)?.[0] ?? '' };
    case 'block':
    case 'with':
    case 'filter':
    case 'autoescape':
      return { kind: 'group', words: rest };
    case 'include':
      return { kind: 'call', words: '' };
    default:
      if (SILENT.test(keyword)) return { kind: 'nothing', words: rest };
      if (keyword.startsWith('end')) return { kind: 'end', words: '' };
      throw new Unfollowable(`'{% ${keyword} %}' may put in anything`);
  }
}
