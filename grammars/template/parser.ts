import { type Piece, Unfollowable } from './tag.ts';

/** What a template is made of, tags resolved into what they enclose. */
export type Node =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | { readonly kind: 'value'; readonly start: number; readonly end: number; readonly words: string }
  | Choice
  | Loop
  | { readonly kind: 'call'; readonly start: number; readonly end: number; readonly name: string };

/** Of these branches one is put in; none, where nothing says that one has to be. */
export interface Choice {
  readonly kind: 'choice';
  /** What is asked first: choices that ask the same thing are made alike. */
  readonly words: string;
  readonly branches: readonly (readonly Node[])[];
  readonly isComplete: boolean;
}

/** Put in any number of times. */
export interface Loop {
  readonly kind: 'loop';
  readonly words: string;
  /** What is another value in each round. */
  readonly names: ReadonlySet<string>;
  readonly body: readonly Node[];
}

export interface Parsed {
  readonly nodes: readonly Node[];
  readonly macros: ReadonlyMap<string, readonly Node[]>;
}

/** A tag that waits for its end. */
interface Open {
  readonly piece: Piece;
  readonly names: Set<string>;
  readonly branches: Node[][];
  isComplete: boolean;
}

/** Puts the pieces of a template into each other. */
export function parsePieces(text: string, pieces: readonly Piece[]): Parsed {
  const root: Node[] = [];
  const macros = new Map<string, readonly Node[]>();
  const open: Open[] = [];
  const here = () => open.at(-1)?.branches.at(-1) ?? root;
  pieces.forEach((piece, index) => {
    const { kind, start, end, words } = piece;
    switch (kind) {
      case 'text': {
        const kept = trimmed(text, piece, pieces[index - 1], pieces[index + 1]);
        if (kept.end > kept.start) here().push({ kind, ...kept });
        return;
      }
      case 'value':
        here().push(literals(text, piece) ?? { kind, start, end, words: plain(words) });
        return;
      case 'call':
        here().push({ kind, start, end, name: words });
        return;
      case 'nothing':
        for (const {
          piece: { kind: around },
          names,
        } of open)
          if (around === 'loop') for (const name of piece.names ?? []) names.add(name);
        return;
      case 'else': {
        const chosen = open.at(-1);
        if (chosen === undefined)
          throw new Unfollowable(`in line ${lineOf(text, start)} 'else' belongs to nothing`);
        if (words === '') chosen.isComplete = true;
        chosen.branches.push([]);
        return;
      }
      case 'end': {
        const closed = open.pop();
        if (closed === undefined)
          throw new Unfollowable(`the tag in line ${lineOf(text, start)} ends nothing`);
        const node = nodeOf(closed);
        if (closed.piece.kind === 'macro') macros.set(closed.piece.words, closed.branches[0] ?? []);
        else if (node !== undefined) here().push(node);
        return;
      }
      default:
        open.push({ piece, names: new Set(piece.names), branches: [[]], isComplete: false });
    }
  });
  const [unclosed] = open;
  if (unclosed !== undefined)
    throw new Unfollowable(`what begins in line ${lineOf(text, unclosed.piece.start)} never ends`);
  return { nodes: root, macros };
}

function nodeOf({ piece, names, branches, isComplete }: Open): Node | undefined {
  const words = plain(piece.words);
  switch (piece.kind) {
    case 'loop':
      return { kind: 'loop', words, names, body: branches[0] ?? [] };
    case 'case':
      return { kind: 'choice', words, branches: branches.slice(1), isComplete };
    case 'group':
      return { kind: 'choice', words, branches: branches.slice(0, 1), isComplete: true };
    case 'if':
      return { kind: 'choice', words, branches, isComplete };
    default:
      return undefined;
  }
}

/** `'nopreempt' if x else ''`: a choice between words that are there to be read. */
function literals(text: string, { start, end, words }: Piece): Node | undefined {
  const inline = /^(['"])([^'"]*)\1\s+if\s+([\s\S]+?)(?:\s+else\s+(['"])([^'"]*)\4)?$/.exec(words);
  const ternary = inline ?? /^([\s\S]+?)\s*\?\s*(['"])([^'"]*)\2\s*:\s*(['"])([^'"]*)\4$/.exec(words);
  if (ternary === null || ternary === undefined) return undefined;
  const asked = inline === null ? (ternary[1] ?? '') : (inline[3] ?? '');
  const one = inline === null ? (ternary[3] ?? '') : (inline[2] ?? '');
  const other = ternary[5];
  const branch = (word: string): Node[] => {
    const at = word === '' ? -1 : text.slice(start, end).indexOf(word);
    return at === -1 ? [] : [{ kind: 'text', start: start + at, end: start + at + word.length }];
  };
  return {
    kind: 'choice',
    words: plain(asked),
    branches: other === undefined ? [branch(one)] : [branch(one), branch(other)],
    isComplete: other !== undefined,
  };
}

function trimmed(text: string, { start, end }: Piece, before: Piece | undefined, after: Piece | undefined) {
  const inside = text.slice(start, end);
  let from = 0;
  let to = inside.length;
  if (before?.after === 'all') from = inside.length - inside.trimStart().length;
  if (before?.after === 'newline') from = /^\r?\n/.exec(inside)?.[0].length ?? 0;
  if (after?.before === 'all') to = inside.trimEnd().length;
  if (after?.before === 'indent' && (start === 0 || inside.includes('\n')))
    to = inside.length - (/(?<=^|\n)[ \t]*$/.exec(inside)?.[0].length ?? 0);
  return { start: start + from, end: start + Math.max(from, to) };
}

function plain(words: string): string {
  return words.replaceAll(/\s+/g, ' ').trim();
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
