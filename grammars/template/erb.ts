import { type Piece, Unfollowable } from './tag.ts';

/**
 * The pieces of an ERB template (docs.ruby-lang.org, class ERB, trim mode '-', which Puppet and Chef switch on) or of
 * Puppet's EPP, whose blocks end with a brace.
 */
export function erbPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let start = text.indexOf('<%'); start !== -1; start = text.indexOf('<%', from)) {
    if (start > from) pieces.push({ kind: 'text', start: from, end: start, words: '' });
    if (text[start + 2] === '%') {
      pieces.push({ kind: 'text', start, end: start + 2, words: '' });
      pieces.push({ kind: 'nothing', start: start + 2, end: start + 3, words: '' });
      from = start + 3;
      continue;
    }
    const close = text.indexOf('%>', start + 2);
    if (close === -1) throw new Unfollowable("a tag '<%' has no '%>'");
    const end = close + 2;
    const inner = text.slice(start + 2, close);
    const words = inner.replace(/^[-=#]+|-$/g, '').trim();
    pieces.push({
      start,
      end,
      ...(inner.startsWith('-') && { before: 'indent' }),
      ...(inner.endsWith('-') && { after: 'newline' }),
      ...(inner.startsWith('#') || inner.startsWith('-#')
        ? { kind: 'nothing', words: '' }
        : inner.startsWith('=')
          ? { kind: 'value', words }
          : codeOf(words)),
    });
    from = end;
  }
  if (from < text.length) pieces.push({ kind: 'text', start: from, end: text.length, words: '' });
  return pieces;
}

const LOOP = /\b(?:do|lambda)\b\s*(?:\|([^|]*)\|)?\s*$|\{\s*\|([^|]*)\|\s*$|\|([^|]*)\|\s*\{\s*$/;

function codeOf(code: string): Pick<Piece, 'kind' | 'words' | 'names'> {
  const words = code.replace(/\s*#[^'"]*$/, '').trim();
  // EPP declares what it is given between bars.
  if (/^\|[\s\S]*\|$/.test(words)) return { kind: 'nothing', words: '' };
  if (/^(?:end\b.*|\})$/.test(words)) return { kind: 'end', words: '' };
  const other = /^\}?\s*(?:elsif|elif|when|in|rescue|ensure|else)\b\s*([\s\S]*?)\s*\{?$/.exec(words);
  if (other !== null) return { kind: 'else', words: other[1] ?? '' };
  // Whole statements in one tag.
  if (/\bend$/.test(words) && /^(?:if|unless|case|begin)\b|\bdo\b/.test(words))
    return { kind: 'nothing', words };
  const [, kind = '', rest = ''] =
    /^(if|unless|case|for|foreach|while|until|begin)\b\s*([\s\S]*)$/.exec(words) ?? [];
  const head = rest.replace(/\s*(?:\{|\bthen|\bdo)$/, '');
  if (kind === 'if' || kind === 'unless') return { kind: 'if', words: kind === 'if' ? head : `not ${head}` };
  if (kind === 'case') return { kind: 'case', words: head };
  if (kind === 'begin') return { kind: 'group', words: '' };
  if (kind !== '')
    return {
      kind: 'loop',
      words: head,
      names: /^(?:my\s+)?(.*?)\s*(?:\bin\b|\()/.exec(head)?.[1]?.match(/\w+/g) ?? [],
    };
  const loop = LOOP.exec(words);
  if (loop !== null) {
    const names = (loop[1] ?? loop[2] ?? loop[3] ?? '').match(/\w+/g) ?? [];
    return { kind: 'loop', words: words.slice(0, loop.index).trim(), names };
  }
  if (/\{\s*$/.test(words)) throw new Unfollowable(`nobody can tell where '${words}' ends`);
  return { kind: 'nothing', words, names: /^[@$]?(\w+)\s*(?:\|\|)?=(?![=~])/.exec(words)?.slice(1, 2) ?? [] };
}
