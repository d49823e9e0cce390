import { safeFix } from '../../src/evidence/fix.ts';
import { lineRemoved } from '../../src/evidence/line-edit.ts';
import type { Fault } from '../tree.ts';
import type { Flaw } from './flaw.ts';
import type { Keyword, ListName, Vocabulary } from './keywords.ts';
import { isBefore } from './releases.ts';
import type { KeepalivedStatement } from './statement.ts';
import { placeName } from './unknown-words.ts';

/** A keyword that the release in use does not know yet, or not any more; without a release the newest is meant. */
export function foreignFlaw(keyword: Keyword, release: string | undefined): Flaw | undefined {
  const { name, since, until, replacement } = keyword;
  const subject = release === undefined ? 'keepalived' : `keepalived ${release}`;
  const flaw = { kind: 'unknown-keyword', word: 0, severity: 'warning' } as const;
  if (release !== undefined && since !== undefined && isBefore(release, since))
    return {
      ...flaw,
      message: `${subject} does not know '${name}', which came with ${since}`,
      remedy: 'Install that release, or delete the line.',
    };
  if (until === undefined || (release !== undefined && isBefore(release, until))) return undefined;
  return {
    ...flaw,
    message: `${subject} does not know '${name}', which went with ${until}`,
    remedy: replacement === undefined ? 'Delete the line.' : `Write ${replacement}.`,
  };
}

/** A second block of one name. keepalived leaves out a second instance, group or BFD instance. */
export function secondBlock(keyword: string, first: KeepalivedStatement, second: KeepalivedStatement): Fault {
  const name = second.argument(1) ?? '';
  const leftOut = LEFT_OUT.has(keyword);
  return {
    kind: 'repeated-keyword',
    message: leftOut
      ? `a second ${keyword} ${name}: keepalived leaves this one out`
      : `a second ${keyword} ${name}: whoever names it gets one of the two`,
    at: second.placeAt(1),
    remedy: 'Give each a name of its own, or delete one.',
    severity: leftOut ? 'error' : 'warning',
    ...(!leftOut && { silent: true }),
    related: [{ at: first.placeAt(1), message: 'the first one stands here' }],
  };
}

const LEFT_OUT: ReadonlySet<string> = new Set([
  'vrrp_instance',
  'vrrp_sync_group',
  'bfd_instance',
  'track_group',
]);

/** A setting that stands twice in a block, perhaps by another name, and the line that counts of the two. */
export function repeatedSetting(
  keyword: Keyword,
  first: KeepalivedStatement,
  second: KeepalivedStatement,
): { readonly fault: Fault; readonly counts: KeepalivedStatement } {
  const same = first.shape.words.slice(1).join(' ') === second.shape.words.slice(1).join(' ');
  // `preempt` behind `nopreempt` undoes it; `mcast_src_ip` behind `unicast_src_ip` with the same address does not.
  const opposite = first.keyword !== second.keyword && first.shape.words.length === 1;
  const whichCounts =
    keyword.name === 'state' ? 'MASTER' : keyword.counts === 'first' ? 'the first' : 'the last';
  const isFirstIdle =
    keyword.name === 'state'
      ? first.argument(1) !== 'MASTER'
      : keyword.counts !== 'first' && (!same || opposite);
  const [idle, counts] = isFirstIdle ? [first, second] : [second, first];
  const subject =
    first.keyword === second.keyword
      ? `'${keyword.name}' stands twice in this block`
      : `'${second.keyword}' and '${first.keyword}' set the same thing`;
  const fault: Fault = {
    kind: 'repeated-keyword',
    ...(isSilent(keyword, first, same) && { silent: true }),
    message: `${subject}${same && !opposite ? '' : `; ${whichCounts} counts`}`,
    at: second.place,
    remedy: 'Delete the line that is not meant.',
    severity: same && !opposite ? 'info' : 'warning',
    related: [{ at: first.place, message: 'it stands here first' }],
    ...(!opposite && { fix: safeFix('delete the one that does not count', lineRemoved(idle)) }),
  };
  return { fault, counts };
}

/** Of scripts and the like keepalived keeps the first and says so; of states it says that MASTER stood there before. */
function isSilent({ name, counts }: Keyword, first: KeepalivedStatement, same: boolean): boolean {
  return name === 'state' ? same || first.argument(1) !== 'MASTER' : counts !== 'first';
}

/** A block without the line that it is nothing without. */
export function missingSetting(header: KeepalivedStatement, keyword: Keyword): Fault {
  return {
    kind: 'malformed-value',
    message: `${header.shape.words.join(' ')} has no '${keyword.name}', so keepalived leaves it out`,
    at: header.place,
    remedy: `Add a line '${keyword.name} …'.`,
    severity: 'error',
  };
}

/** Braces behind a keyword that takes none: a slip, or a template such as `{{ name }}`. */
export function needlessBraces(statement: KeepalivedStatement): Fault {
  const { end } = statement.range;
  const template = /^[ \t]*\{\{/.test(statement.source.text.slice(end, end + 40));
  return {
    kind: template ? 'undefined-variable' : 'unbalanced-braces',
    message: template
      ? `the value of ${statement.keyword} is a template that nobody filled in`
      : `${statement.keyword} takes no braces`,
    at: statement.place,
    remedy: template ? 'Fill the template in before keepalived reads it.' : 'Delete both braces.',
    severity: 'error',
  };
}

/** A block keyword without a block. */
export function missingBrace(statement: KeepalivedStatement, keyword: Keyword): Fault {
  const what = keyword.opens === undefined ? 'its lines' : `the lines of ${placeName(keyword.opens)}`;
  return {
    kind: 'unbalanced-braces',
    message: `no '{' follows ${keyword.name}, so keepalived reads ${what} as something else`,
    at: statement.place,
    remedy: "Put '{' behind it and '}' behind its last line.",
    severity: 'error',
  };
}

/** A line of a list that is a keyword of the block around it: the list's closing brace is missing. */
export function isStrayed(statement: KeepalivedStatement, list: ListName, around: Vocabulary): boolean {
  const keyword = around.keyword(statement.keyword);
  if (keyword === undefined) return false;
  if (statement.hasBlock) return true;
  // `priority 100 from …` is how a rule may begin.
  return keyword.args.length > 0 && statement.shape.words.length > 1 && list !== 'rules' && list !== 'routes';
}

/** A line of a list that was meant for the block around it. */
export function strayedLine(header: KeepalivedStatement, statement: KeepalivedStatement): Fault {
  return {
    kind: 'unbalanced-braces',
    message: `'${statement.keyword}' stands between the braces of ${header.keyword}, where it is read as an item`,
    at: statement.placeAt(0),
    remedy: `Close ${header.keyword} before it.`,
    severity: 'error',
    related: [{ at: header.place, message: 'this list is still open' }],
  };
}

/** A list of names without any, which keepalived warns of. */
export function emptyList(header: KeepalivedStatement): Fault {
  return {
    kind: 'malformed-value',
    message: `the list ${header.keyword} is empty`,
    at: header.place,
    severity: 'info',
  };
}
