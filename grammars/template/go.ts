import { endOfTag, type Piece, Unfollowable } from './tag.ts';

/** The pieces of a template of Go's text/template (pkg.go.dev/text/template), as confd, consul-template and gomplate use it. */
export function goPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let start = text.indexOf('{{'); start !== -1; start = text.indexOf('{{', from)) {
    if (start > from) pieces.push({ kind: 'text', start: from, end: start, words: '' });
    const comment = /^\{\{-?\s*\/\*/.test(text.slice(start, start + 40));
    const end = comment ? endOfComment(text, start) : endOfTag(text, start + 2, '}}');
    const inner = text.slice(start + 2, end - 2);
    const words = inner.replace(/^-(?=\s)|(?<=\s)-$/g, '').trim();
    pieces.push({
      start,
      end,
      ...(/^-\s/.test(inner) && { before: 'all' }),
      ...(/\s-$/.test(inner) && { after: 'all' }),
      ...(comment ? { kind: 'nothing', words: '' } : actionOf(words)),
    });
    from = end;
  }
  if (from < text.length) pieces.push({ kind: 'text', start: from, end: text.length, words: '' });
  return pieces;
}

function endOfComment(text: string, start: number): number {
  const close = /\*\/\s*-?\}\}/g;
  close.lastIndex = start;
  const found = close.exec(text);
  if (found === null) throw new Unfollowable("a comment '{{/*' has no '*/}}'");
  return found.index + found[0].length;
}

function actionOf(words: string): Pick<Piece, 'kind' | 'words' | 'names'> {
  const [, keyword = '', rest = ''] = /^(\w*)\s*([\s\S]*)$/.exec(words) ?? [];
  const declared = /^((?:\$\w+\s*,?\s*)+):?=/.exec(rest)?.[1]?.match(/\$\w+/g) ?? [];
  switch (keyword) {
    case 'if':
      return { kind: 'if', words: rest };
    case 'with':
      return { kind: 'if', words: rest, names: declared };
    case 'range':
      // The dot is another one in each round.
      return { kind: 'loop', words: rest.replace(/^.*?:=\s*/, ''), names: [...declared, '.'] };
    case 'else':
      return { kind: 'else', words: rest.replace(/^(?:if|with)\s+/, '') };
    case 'end':
      return { kind: 'end', words: '' };
    case 'block':
      return { kind: 'group', words: rest };
    case 'define':
      return { kind: 'macro', words: nameIn(rest) };
    case 'template':
    case 'include':
    case 'executeTemplate':
      return { kind: 'call', words: nameIn(rest) };
    case 'break':
    case 'continue':
      return { kind: 'nothing', words: '' };
    case 'scratch':
      return { kind: /^\.(?:Map)?Set/.test(rest) ? 'nothing' : 'value', words };
    default: {
      const [assigned] = /^\$\w+(?=\s*:?=)/.exec(words) ?? [];
      return assigned === undefined
        ? { kind: 'value', words }
        : { kind: 'nothing', words, names: [assigned] };
    }
  }
}

function nameIn(rest: string): string {
  return /^["`]([^"`]*)["`]/.exec(rest)?.[1] ?? '';
}
