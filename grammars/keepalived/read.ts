import { type Edit, reviewedFix } from '../../src/evidence/fix.ts';
import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf, type Tree } from '../tree.ts';
import { StatementBuilder } from './builder.ts';
import { checkVocabulary } from './check.ts';
import { commentBackslashes } from './comment-backslash.ts';
import { conditionIds, expand } from './expand.ts';
import { parseTokens } from './parser.ts';
import type { KeepalivedStatement } from './statement.ts';

export { KeepalivedBlock, KeepalivedStatement } from './statement.ts';
export {
  readBoolean,
  readInteger,
  readMethod,
  readProtocol,
  readScheduler,
  readSeconds,
} from './values.ts';

/** A keepalived.conf with everything it includes. */
export interface KeepalivedTree extends Tree {
  readonly statements: readonly KeepalivedStatement[];
  /** Why something is missing: an include that could not be followed. */
  readonly partial?: string;
}

/** Who reads a file: `@id` lines depend on the config id, the vocabulary on the release. */
export interface Reader {
  /** Without one: a node that no `@id` line names. */
  readonly configId?: string;
  /** keepalived's release, `2.2.8`; without one: any. */
  readonly release?: string;
}

/** Reads a keepalived.conf as a node of the cluster would, and says what it would not understand. */
export function readKeepalived(source: Source, reader: Reader = {}): KeepalivedTree {
  const tree = parseKeepalived(source, reader.configId);
  const faults = [...tree.faults, ...commentBackslashes(source, reader.release)];
  checkVocabulary(tree.statements, (fault) => faults.push(fault), reader);
  const known = faults.filter((fault) => !lacksDefinition(fault));
  if (known.length === faults.length || !mayBePart(source)) return { ...tree, faults };
  return { ...tree, faults: known, partial: tree.partial ?? PART };
}

const PART = 'it uses names that it does not define, so it is part of a file that was not given';

/** True for a text that another file may include: not by its name a main file, it defines nothing and has no globals. */
function mayBePart({ name, text }: Source): boolean {
  return !/keepalived[^/]*$/i.test(name) && !/^[ \t]*(?:@\S+[ \t]+)?(?:\$\w+=|global_defs\b)/m.test(text);
}

/** A fault of a name that nothing defines, but not of a template such as `{{ name }}`. */
function lacksDefinition({ kind, at: { source, range } }: Fault): boolean {
  return kind === 'undefined-variable' && source.text.slice(range.start, range.end).includes('$');
}

/** Cuts a keepalived.conf into statements, whatever its words are. */
export function parseKeepalived(source: Source, configId?: string) {
  const { batches, faults, partial } = expand(source, configId);
  const builder = new StatementBuilder(source);
  for (const tokens of batches) parseTokens(tokens, builder);
  return {
    source,
    statements: builder.finish(),
    faults: [...withIncluded(source).flatMap(hiddenCharacters), ...faults, ...builder.faults],
    ...(partial !== undefined && { partial }),
  };
}

/** The config ids that a file tells apart; empty for a file that is the same on every node. */
export function configIdsOf(source: Source): string[] {
  return [...new Set(withIncluded(source).flatMap(({ text }) => conditionIds(text)))];
}

/** True for a file with `@^id` lines: they are for every node but one, named or not. */
export function exceptsNodes(source: Source): boolean {
  return withIncluded(source).some(({ text }) => /^[ \t]*@\^[^\s{}#!"]/m.test(text));
}

/** A file and all that it includes, each once. */
function withIncluded(source: Source): readonly Source[] {
  const found = new Set([source]);
  for (const each of found)
    for (const { sources } of each.includes?.values() ?? [])
      for (const included of sources) found.add(included);
  return [...found];
}

const HIDDEN: ReadonlyMap<string, string> = new Map([
  ['\ufeff', 'a byte-order mark'],
  ['\u00a0', 'a no-break space'],
  ['\u0000', 'a NUL byte'],
  ['\ufffd', 'a byte that is not UTF-8'],
  ['\u2018', 'a typographic quote'],
  ['\u2019', 'a typographic quote'],
  ['\u201c', 'a typographic quote'],
  ['\u201d', 'a typographic quote'],
  ['\u200b', 'a zero-width space'],
  ['\u200e', 'a direction mark'],
  ['\u200f', 'a direction mark'],
]);

const HIDDEN_SIGN = new RegExp(`[${[...HIDDEN.keys()].join('')}]`, 'g');

/** What was meant by such a sign, where that is sure: a NUL byte or a byte of another encoding may be anything. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ['\ufeff', ''],
  ['\u00a0', ' '],
  ['\u201c', '"'],
  ['\u201d', '"'],
  ['\u200b', ''],
  ['\u200e', ''],
  ['\u200f', ''],
]);

/** Signs that nobody sees and that keepalived takes as part of a word; one fault for each kind, at the first. */
function hiddenCharacters(source: Source): Fault[] {
  const { text } = source;
  const faults = new Map<string, Fault>();
  const edits = new Map<string, Edit[]>();
  const search = new RegExp(HIDDEN_SIGN);
  for (let match = search.exec(text); match !== null; match = search.exec(text)) {
    const sign = match[0];
    const commentEnd = endOfComment(text, match.index);
    if (commentEnd !== undefined) {
      search.lastIndex = commentEnd;
      continue;
    }
    const range = { start: match.index, end: match.index + 1 };
    const edit = { source, range, text: MEANT.get(sign) ?? sign };
    edits.set(sign, [...(edits.get(sign) ?? []), edit]);
    if (faults.has(sign)) continue;
    faults.set(sign, {
      kind: 'hidden-character',
      message: `${HIDDEN.get(sign)} (U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}) is part of a word here`,
      at: placeOf(source, match.index, match.index + 1),
      severity: 'error',
      silent: true,
      remedy: 'Replace it by its plain ASCII counterpart, or delete it.',
    });
  }
  return [...faults].map(([sign, fault]) => {
    if (!MEANT.has(sign)) return fault;
    const meant = MEANT.get(sign) === '' ? 'delete each' : 'write the plain sign for each';
    return { ...fault, fix: reviewedFix(meant, ...(edits.get(sign) ?? [])) };
  });
}

/** Where the comment ends that holds an offset; undefined outside of comments. */
function endOfComment(text: string, offset: number): number | undefined {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  if (!/[#!]/.test(line.replaceAll(/"[^"]*"/g, ''))) return undefined;
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}
