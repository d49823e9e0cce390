import { GLOBAL_BLOCKS } from './keywords-global.ts';
import { LVS_BLOCKS } from './keywords-lvs.ts';
import { VRRP_BLOCKS } from './keywords-vrrp.ts';

/*
 * The vocabulary is kept as text and read a keyword at a time, when a file uses it: a start-up pays for a few short
 * lines instead of 500 objects. A line is a keyword, its arguments in order, then marks:
 *
 *   int:1..255  sec:0.01..255  ms:1..99   numbers and their bounds; `1<..` is pulled up to 1, `..<99` down to 99
 *   u32 n32 i32 timer wait                bounds that come up often
 *   one:A|B  any:A|B                      one of these words; `any` without regard to case
 *   word:15                               a word, cut to 15 characters
 *   cmd  cmd1                             a command; behind `cmd1` further words are lost
 *   (lb_kind)                             arguments with a form of their own, see forms.ts
 *   ?  *                                  behind an argument: may be left out; may repeat
 *   {}  {x}  [x]                          braces follow: keywords of the block of that name; lines of that list
 *   *  ^                                  may stand several times; the first one counts, not the last
 *   !                                     a bad value takes something out of service
 *   &                                     its block is nothing without it
 *   $                                     a word too many, and the whole line is refused; others drop the word
 *   ~                                     without its argument it is reported; others then stop the whole program
 *   =100                                  what counts where it is left out
 *   /other                                the same setting by another name
 *   >other:2.1.0  >.:2.0.14               deprecated since that release for the other; for its lines in the block around
 *   @2.0.0  -1.2.20                       since that release; gone with that one
 *   +bfd  fraction:2.3.2           with that build option; fractions since that release
 *   #                                     the model reads it; others are only known here
 */
const BLOCKS = { ...GLOBAL_BLOCKS, ...VRRP_BLOCKS, ...LVS_BLOCKS };

/** The kinds of blocks that hold keywords: `root` is the file itself. */
export type BlockName = Exclude<keyof typeof BLOCKS, `&${string}`>;

/** Blocks whose lines are items of a list, not keywords. */
export type ListName =
  | 'addresses'
  | 'static-addresses'
  | 'routes'
  | 'static-routes'
  | 'rules'
  | 'static-rules'
  | 'peers'
  | 'track-interface'
  | 'track-script'
  | 'track-file'
  | 'track-process'
  | 'track-bfd'
  | 'group-entries'
  | 'names'
  | 'interfaces'
  | 'emails'
  | 'linkbeat'
  | 'delays';

/** One argument of a keyword, in the order in which keepalived takes them. */
export interface Argument {
  /** `int`, `sec`, `ip`, `one` …: the notation's word, see above. */
  readonly kind: string;
  readonly min: number;
  readonly max: number;
  /** Values below the minimum, above the maximum are pulled in rather than refused. */
  readonly raised: boolean;
  readonly lowered: boolean;
  /** The words of an enumeration; the release of a `flag`. */
  readonly words: readonly string[];
  readonly optional: boolean;
  readonly repeats: boolean;
}

/** What keepalived knows of one keyword at one place. */
export interface Keyword {
  readonly name: string;
  /** Equal for two names of one setting, and for settings that undo each other. */
  readonly slot: string;
  readonly args: readonly Argument[];
  /** Arguments that only a reader of their own can judge, with its parameter. */
  readonly form: string | undefined;
  readonly formParameter: number;
  readonly opens: BlockName | undefined;
  readonly lists: ListName | undefined;
  readonly counts: 'last' | 'first' | 'all';
  readonly grave: boolean;
  readonly required: boolean;
  readonly refusesMore: boolean;
  readonly missingIsReported: boolean;
  readonly standard: string | undefined;
  readonly replacement: string | undefined;
  /** The release that made it outdated. */
  readonly deprecated: string | undefined;
  /** The release that does not know it any more. */
  readonly until: string | undefined;
  readonly since: string | undefined;
  readonly fractionSince: string | undefined;
  readonly feature: string | undefined;
  /** `read`: the model lifts it; `known`: it is checked here and passed on as text. */
  readonly support: 'read' | 'known';
}

/** The keywords of one kind of block. */
export interface Vocabulary {
  readonly block: BlockName;
  /** The words to write: not those that releases lost. */
  readonly names: readonly string[];
  has(name: string): boolean;
  keyword(name: string): Keyword | undefined;
}

/** A line of a word that a release lost. */
const GONE = / -\d/;

const vocabularies = new Map<BlockName, Vocabulary>();

/** The vocabulary of a kind of block; built at the first question. */
export function vocabularyOf(block: BlockName): Vocabulary {
  let vocabulary = vocabularies.get(block);
  if (vocabulary === undefined) {
    const lines = new Map<string, string | Keyword>();
    addLines(BLOCKS[block], lines);
    vocabulary = {
      block,
      names: [...lines.keys()].filter((name) => !GONE.test(lines.get(name) as string)),
      has: (name) => lines.has(name),
      keyword(name) {
        const known = lines.get(name);
        if (typeof known !== 'string') return known;
        const keyword = parseKeyword(known);
        lines.set(name, keyword);
        return keyword;
      },
    };
    vocabularies.set(block, vocabulary);
  }
  return vocabulary;
}

/** Every kind of block, the file itself first. */
export function blockNames(): readonly BlockName[] {
  return (Object.keys(BLOCKS) as (keyof typeof BLOCKS)[]).filter(
    (name): name is BlockName => !name.startsWith('&'),
  );
}

function addLines(text: string, lines: Map<string, string | Keyword>): void {
  for (let at = 0; at < text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found === -1 ? text.length : found;
    const line = text.slice(at, end);
    at = end + 1;
    if (line === '') continue;
    const blank = line.indexOf(' ');
    if (!line.startsWith('&')) lines.set(blank === -1 ? line : line.slice(0, blank), line);
    else addLines(line === '&url' ? BLOCKS.url : BLOCKS[line as '&connection' | '&pace'], lines);
  }
}

const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['u32', 'int:0..4294967295'],
  ['n32', 'int:1..4294967295'],
  ['i32', 'int:-2147483648..2147483647'],
  ['timer', 'sec:0.000001..18446744073709.551614'],
  ['wait', 'sec:0..18446744073709.551614'],
  ['port', 'port:1..65535'],
  ['port0', 'port:0..65535'],
]);

function parseKeyword(line: string): Keyword {
  const [name = '', ...parts] = line.split(' ');
  const args: Argument[] = [];
  const keyword: { -readonly [K in keyof Keyword]: Keyword[K] } = {
    name,
    slot: name,
    args,
    form: undefined,
    formParameter: 0,
    opens: undefined,
    lists: undefined,
    counts: 'last',
    grave: false,
    required: false,
    refusesMore: false,
    missingIsReported: false,
    standard: undefined,
    replacement: undefined,
    deprecated: undefined,
    until: undefined,
    since: undefined,
    fractionSince: undefined,
    feature: undefined,
    support: 'known',
  };
  for (const part of parts) {
    const rest = part.slice(1);
    switch (part[0]) {
      case '{':
        keyword.opens = (rest === '}' ? name : rest.slice(0, -1)) as BlockName;
        break;
      case '[':
        keyword.lists = rest.slice(0, -1) as ListName;
        break;
      case '(':
        keyword.form = rest.slice(0, rest.indexOf(')'));
        keyword.formParameter = Number(rest.split('):')[1] ?? 0);
        break;
      case '*':
        keyword.counts = 'all';
        break;
      case '^':
        keyword.counts = 'first';
        break;
      case '!':
        keyword.grave = true;
        break;
      case '&':
        keyword.required = true;
        break;
      case '$':
        keyword.refusesMore = true;
        break;
      case '~':
        keyword.missingIsReported = true;
        break;
      case '=':
        keyword.standard = rest;
        break;
      case '/':
        keyword.slot = rest;
        break;
      case '>':
        [keyword.replacement, keyword.deprecated] = rest.split(':');
        break;
      case '@':
        keyword.since = rest;
        break;
      case '-':
        keyword.until = rest;
        break;
      case '+':
        keyword.feature = rest;
        break;
      case '#':
        keyword.support = 'read';
        break;
      default:
        if (part.startsWith('fraction:')) keyword.fractionSince = part.slice(9);
        else args.push(parseArgument(part));
    }
  }
  return keyword;
}

function parseArgument(part: string): Argument {
  const repeats = part.endsWith('*');
  const bare = repeats ? part.slice(0, -1) : part;
  const optional = bare.endsWith('?');
  const text = optional ? bare.slice(0, -1) : bare;
  const spelled = NUMBERS.get(text) ?? text;
  const colon = spelled.indexOf(':');
  const kind = colon === -1 ? spelled : spelled.slice(0, colon);
  const detail = colon === -1 ? '' : spelled.slice(colon + 1);
  const [low = '', high = ''] = detail.includes('..') ? detail.split('..') : ['', detail];
  return {
    kind,
    min: Number(low.replace('<', '')) || 0,
    max: Number(high.replace('<', '')) || 0,
    raised: low.endsWith('<'),
    lowered: high.startsWith('<'),
    words: detail.includes('..') ? [] : detail.split('|'),
    optional: optional || kind === 'bool' || kind === 'switch' || kind === 'flag',
    repeats,
  };
}
