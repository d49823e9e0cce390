import type { Fault } from '../tree.ts';
import { checkClaims, checkOwnInterface } from './claims.ts';
import { checkChecks, checkCombinations, checkStaticRoutes } from './combinations.ts';
import { isCrowded, Lines, lineName, lostBlock, splitLine, surplusWord } from './crowded-line.ts';
import { faultOf } from './fault-of-flaw.ts';
import { type Flaw, malformed } from './flaw.ts';
import { itemFlaws } from './item-flaws.ts';
import { type BlockName, type Keyword, type ListName, type Vocabulary, vocabularyOf } from './keywords.ts';
import { lineFlaws } from './line-flaws.ts';
import { KeepalivedBlock, type KeepalivedStatement, type Shape } from './statement.ts';
import {
  emptyList,
  foreignFlaw,
  isStrayed,
  missingBrace,
  missingSetting,
  needlessBraces,
  repeatedSetting,
  secondBlock,
  strayedLine,
} from './statement-faults.ts';
import { unknownWord } from './unknown-words.ts';

export interface CheckOptions {
  /** The release of the keepalived that will read the file, `2.2.8`: keywords that came later are reported. */
  readonly release?: string;
}

/** What a line's text says, whoever wrote it where: lines of equal text in blocks of one kind share it. */
interface Verdict {
  /** Undefined where the block does not know the word, or what stands behind it is for another program. */
  readonly keyword: Keyword | undefined;
  readonly flaws: readonly Flaw[];
  /** Where to note the keyword's use in a block; undefined where it may stand several times. */
  readonly slot: Slot | undefined;
}

/** A setting that was seen: in which block, and the line that counts so far. */
interface Slot {
  block: number;
  counts: KeepalivedStatement | undefined;
}

/** All that is remembered of one kind of block during a check. */
interface Scope {
  readonly vocabulary: Vocabulary;
  readonly verdicts: Map<Shape, Verdict>;
  /** Verdicts without a flaw, by keyword. */
  readonly clean: Map<string, Verdict>;
  readonly slots: Map<string, Slot>;
  /** Blocks of this kind without a fault, which others may repeat. */
  readonly sound: Set<KeepalivedBlock>;
  /** Keywords that a block is nothing without. */
  readonly required: readonly Keyword[];
}

/** Blocks with words that they are nothing without, but for what rules judge. */
const REQUIRING: ReadonlySet<BlockName> = new Set(['track_file', 'vrrp_track_process', 'bfd_instance']);

/** Lists that keepalived warns of when nothing is in them (keepalived 2.2.7, run). */
const NEVER_EMPTY: ReadonlySet<ListName> = new Set(['names', 'interfaces', 'emails', 'group-entries']);
const NO_FLAWS: readonly Flaw[] = [];

/**
 * Checks lines, values and words against what keepalived knows, and reports each mistake once. It never goes
 * deeper than the vocabulary does, and its cost is one look-up for a line whose text was seen before. Lines that hold
 * several statements are split, so that what follows from them is not reported as well.
 */
export function checkVocabulary(
  statements: KeepalivedStatement[],
  report: (fault: Fault) => void,
  options: CheckOptions = {},
): void {
  const check: Check = {
    report: (fault) => {
      check.faults++;
      report(fault);
    },
    faults: 0,
    options,
    scopes: new Map(),
    lists: new Map(),
    names: new Map(),
    crowdedLine: undefined,
    blocks: 0,
    strangers: 0,
    comparesChecks: false,
  };
  checkBlock(check, statements, 'root', undefined);
}

interface Check {
  readonly report: (fault: Fault) => void;
  faults: number;
  readonly options: CheckOptions;
  readonly scopes: Map<BlockName, Scope>;
  readonly lists: Map<ListName, Map<Shape, readonly Flaw[]>>;
  /** Named blocks by kind and name. */
  readonly names: Map<string, KeepalivedStatement>;
  /** The line of the latest fault about several keywords on one line. */
  crowdedLine: string | undefined;
  blocks: number;
  /** Words that no block knows: more than a few, and the file is of another program. */
  strangers: number;
  comparesChecks: boolean;
}

/** So many unknown words are compared with the known ones; the rest of the file is not worth the time. */
const MOST_STRANGERS = 300;

function checkBlock(
  check: Check,
  statements: KeepalivedStatement[],
  block: BlockName,
  header: KeepalivedStatement | undefined,
): void {
  const scope = scopeOf(check, block);
  const serial = ++check.blocks;
  // The keyword whose opening brace is missing: the lines behind it were meant for its block.
  let orphaned: Keyword | undefined;
  const lines = new Lines(statements);
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    let statement = line;
    const verdict = verdictOf(check, scope, line);
    const { keyword, flaws, slot } = verdict;
    if (keyword === undefined) {
      if (orphaned === undefined) reportAll(check, statement, flaws);
      continue;
    }
    const leaf = keyword.opens === undefined && keyword.lists === undefined;
    const surplus = surplusWord(flaws, statement);
    if (surplus !== undefined) {
      const [first, second] = splitLine(statement, surplus, !leaf);
      lines.split(first, second);
      statement = first;
    }
    // A value that is missing because braces stand in its place: the braces are the mistake.
    const braced = leaf && statement.hasBlock;
    if (flaws.length > 0 && !(braced && statement.shape.words.length === 1))
      reportAll(check, line, leaf && line.hasBlock ? flaws.map(lostBlock) : flaws);
    if (slot !== undefined) {
      const before = slot.block === serial ? slot.counts : undefined;
      const repeated = before && repeatedSetting(keyword, before, statement);
      if (repeated !== undefined) check.report(repeated.fault);
      slot.block = serial;
      slot.counts = repeated?.counts ?? statement;
    }
    if (leaf) {
      if (braced) check.report(needlessBraces(statement));
      continue;
    }
    orphaned = !statement.hasBlock ? keyword : undefined;
    if (!statement.hasBlock) check.report(missingBrace(statement, keyword));
    else {
      if (keyword.args[0]?.kind === 'name') checkName(check, statement, keyword);
      if (keyword.lists !== undefined) checkList(check, statement, keyword.lists, scope.vocabulary);
      if (keyword.lists === 'static-routes')
        checkStaticRoutes(statement, check.report, check.options.release);
      if (keyword.opens === undefined) continue;
      checkInside(check, statement, keyword.opens);
      checkCombinations(keyword.opens, statement, check.report, check.options.release);
      if (keyword.opens === 'garp_group') checkClaims(check.names, statement, check.report);
      if (keyword.opens === 'vrrp_instance') checkOwnInterface(check.names, statement, check.report);
      if (check.comparesChecks && keyword.opens === 'real_server') checkChecks(statement, check.report);
    }
  }
  lines.finish();
  for (const keyword of scope.required)
    if (header !== undefined && slotOf(scope, keyword)?.block !== serial)
      check.report(missingSetting(header, keyword));
}

/** Checks what stands between braces; a block that repeats a sound one of its kind is sound. */
function checkInside(check: Check, header: KeepalivedStatement, name: BlockName): void {
  if (!(header instanceof KeepalivedBlock)) return;
  const { sound } = scopeOf(check, name);
  if (header.twin !== undefined && sound.has(header.twin)) return;
  const before = check.faults;
  checkBlock(check, header.twin === undefined ? header.block : header.own(), name, header);
  if (check.faults === before && header.shape.words.length === 1) sound.add(header);
}

function scopeOf(check: Check, block: BlockName): Scope {
  let scope = check.scopes.get(block);
  if (scope === undefined) {
    const vocabulary = vocabularyOf(block);
    // Only small blocks have such words; to look through the large ones would read their whole vocabulary.
    const required = REQUIRING.has(block)
      ? vocabulary.names
          .map((name) => vocabulary.keyword(name))
          .filter((keyword) => keyword?.required === true)
      : [];
    scope = {
      vocabulary,
      verdicts: new Map(),
      clean: new Map(),
      slots: new Map(),
      sound: new Set(),
      required: required as Keyword[],
    };
    check.scopes.set(block, scope);
  }
  return scope;
}

function verdictOf(check: Check, scope: Scope, statement: KeepalivedStatement): Verdict {
  const known = scope.verdicts.get(statement.shape);
  if (known !== undefined) return known;
  const verdict = judge(check, scope, statement);
  // Headers with an address or a name are nearly all different: to remember them costs more than to judge them.
  if (verdict.keyword?.opens === undefined) scope.verdicts.set(statement.shape, verdict);
  return verdict;
}

function judge(check: Check, scope: Scope, { shape, hasBlock }: KeepalivedStatement): Verdict {
  const word = shape.words[0];
  // A lone brace: the parser reports it and gives its lines to the block around.
  if (word === undefined) return { keyword: undefined, flaws: NO_FLAWS, slot: undefined };
  let clean = scope.clean.get(word);
  if (clean === undefined) {
    const keyword = scope.vocabulary.keyword(word);
    if (keyword === undefined)
      return { keyword, flaws: unknownFlaws(check, scope, shape, hasBlock), slot: undefined };
    clean = { keyword, flaws: NO_FLAWS, slot: slotOf(scope, keyword) };
    scope.clean.set(word, clean);
  }
  const { keyword, slot } = clean;
  if (keyword === undefined) return clean;
  if (word === 'bindto' || word === 'BFD_CHECK') check.comparesChecks = true;
  const flaws = lineFlaws(keyword, shape, scope.vocabulary, check.options.release);
  const foreigner = foreignFlaw(keyword, check.options.release);
  if (foreigner !== undefined) return { keyword: undefined, flaws: [foreigner], slot: undefined };
  if (flaws.length === 0) return clean;
  const foreign = keyword.form === 'service' && shape.words[1] === 'match';
  return { keyword: foreign ? undefined : keyword, flaws, slot };
}

function slotOf(scope: Scope, keyword: Keyword): Slot | undefined {
  if (keyword.counts === 'all') return undefined;
  let slot = scope.slots.get(keyword.slot);
  if (slot === undefined) {
    slot = { block: 0, counts: undefined };
    scope.slots.set(keyword.slot, slot);
  }
  return slot;
}

function unknownFlaws(check: Check, scope: Scope, { words }: Shape, opens: boolean): readonly Flaw[] {
  if (/^include[rmwba]?$/.test(words[0] ?? '')) {
    if (words.length > 1) return NO_FLAWS;
    return [malformed(1, 'include names no file', 'Write the path behind it, without quotes.', 'error')];
  }
  return [unknownWord(scope.vocabulary, words, opens, ++check.strangers <= MOST_STRANGERS)];
}

function checkList(check: Check, header: KeepalivedStatement, list: ListName, around: Vocabulary): void {
  let known = check.lists.get(list);
  if (known === undefined) {
    known = new Map();
    check.lists.set(list, known);
  }
  if (NEVER_EMPTY.has(list) && header.block?.length === 0) check.report(emptyList(header));
  for (const statement of header.block ?? []) {
    const { shape } = statement;
    if (shape.words.length === 0) continue;
    if (isStrayed(statement, list, around)) {
      check.report(strayedLine(header, statement));
      return;
    }
    let flaws = known.get(shape);
    if (flaws === undefined) {
      flaws = /^include[rmwba]?$/.test(shape.words[0] ?? '') ? NO_FLAWS : itemFlaws(list, shape.words);
      known.set(shape, flaws);
    }
    if (flaws.length > 0) reportAll(check, statement, flaws);
    else if (statement.hasBlock) check.report(needlessBraces(statement));
  }
}

function checkName(check: Check, statement: KeepalivedStatement, keyword: Keyword): void {
  const name = statement.argument(1);
  if (name === undefined) return;
  const key = `${keyword.slot} ${name}`;
  const first = check.names.get(key);
  if (first === undefined) check.names.set(key, statement);
  else check.report(secondBlock(keyword.name, first, statement));
}

function reportAll(check: Check, statement: KeepalivedStatement, flaws: readonly Flaw[]): void {
  for (const flaw of flaws) {
    // A crowded line is reported once, however many statements it holds.
    const line = isCrowded(flaw) ? lineName(statement) : undefined;
    if (line !== undefined && check.crowdedLine === line) continue;
    check.crowdedLine = line ?? check.crowdedLine;
    check.report(faultOf(flaw, statement));
  }
}
