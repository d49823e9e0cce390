import { IS_DROPPED } from './crowded-line.ts';
import {
  effectOf,
  type Flaw,
  isDecidedLater,
  malformed,
  shown,
  silently,
  undefinedVariable,
  unresolvedName,
} from './flaw.ts';
import { missingValue } from './form.ts';
import { formFlaws } from './form-flaws.ts';
import type { Keyword, Vocabulary } from './keywords.ts';
import { isBefore } from './releases.ts';
import type { Shape } from './statement.ts';
import { placesOf } from './unknown-words.ts';
import { isFreeText, isPlain, valueFlaw } from './value-flaws.ts';
import { readBoolean } from './values.ts';

const NONE: readonly Flaw[] = [];

/** The flaws of a line whose keyword its block knows. */
export function lineFlaws(
  keyword: Keyword,
  shape: Shape,
  vocabulary: Vocabulary,
  release?: string,
): readonly Flaw[] {
  const { words } = shape;
  if (isPlainLine(keyword, words)) return NONE;
  if (words.some(isDecidedLater)) return NONE;
  const isKeyword = (at: number) => vocabulary.has(words[at] ?? '') && !shape.isQuoted(at);
  const flaws: Flaw[] = isOutdated(keyword, release) ? [outdated(keyword, vocabulary)] : [];
  if (keyword.form !== undefined) {
    const surplus = words.findIndex((_, at) => at > 1 && isKeyword(at));
    const own = surplus === -1 ? words : words.slice(0, surplus);
    flaws.push(...formFlaws(keyword, vocabulary.block, own));
    if (surplus !== -1) flaws.push(crowded(words, surplus, isKeyword));
    return flaws;
  }
  if (keyword.lists !== undefined && keyword.args.length === 0) {
    if (words.length > 1)
      flaws.push(malformed(1, `keepalived drops what stands between ${keyword.name} and its brace`));
    return flaws;
  }
  const next = argumentFlaws(keyword, shape, vocabulary, isKeyword, flaws);
  const { fractionSince } = keyword;
  if (fractionSince !== undefined && flaws.length === 0 && words[1]?.includes('.') === true)
    if (release === undefined || isBefore(release, fractionSince))
      flaws.push(fractionFlaw(keyword, words[1]));
  if (next < words.length) {
    const flaw = surplusFlaw(keyword, words, next, isKeyword);
    if (flaw !== undefined) flaws.push(flaw);
  }
  return flaws.length === 0 ? NONE : flaws;
}

/** A line with exactly its arguments, each plainly sound: large files consist of them. */
function isPlainLine({ args, form, replacement }: Keyword, words: readonly string[]): boolean {
  if (words.length !== args.length + 1 || form !== undefined || replacement !== undefined) return false;
  for (let at = 0; at < args.length; at++) {
    const argument = args[at];
    if (argument === undefined || !isPlain(argument, words[at + 1] ?? '')) return false;
  }
  return true;
}

/** Judges the arguments in order and says where the words behind them begin. */
function argumentFlaws(
  keyword: Keyword,
  shape: Shape,
  vocabulary: Vocabulary,
  isKeyword: (at: number) => boolean,
  flaws: Flaw[],
): number {
  const { words } = shape;
  let at = 1;
  for (const argument of keyword.args) {
    do {
      const text = words[at];
      if (text === undefined) {
        if (!argument.optional && at > 0 && (at === 1 || !argument.repeats))
          flaws.push(missingValue(keyword, effectOf(keyword, vocabulary.block)));
        return at;
      }
      const found = valueFlaw(argument, text, at, keyword, vocabulary.block);
      // In quotes the braces of an unknown name open no block, and any text is a word.
      const harmless = found?.kind === 'undefined-variable' && isFreeText(argument) && shape.isQuoted(at);
      const flaw = found !== undefined && harmless ? silently(found) : found;
      if (
        argument.optional &&
        isKeyword(at) &&
        argument.kind !== 'word' &&
        (flaw !== undefined || argument.kind !== 'bool')
      )
        return at;
      if (flaw !== undefined) flaws.push(flaw);
      else if (argument.kind === 'user' && at === 2 && !isUserName(text)) {
        flaws.push(lostArgumentFlaw(words));
        return words.length;
      }
      at++;
      if (flaw !== undefined) break;
    } while (argument.repeats);
  }
  return at;
}

/** Whether a second word may well be the account that a command runs as. */
function isUserName(text: string): boolean {
  return (
    /^(?:[a-z_][a-z0-9_.-]{0,31}\$?|\d{1,10})$/i.test(text) &&
    !/^(?:master|backup|fault|stop|start|up|down|add|del)$/i.test(text)
  );
}

/** `notify_master /etc/notify.sh MASTER`: the second word is taken for a user (core/main.c, notify_script_init). */
function lostArgumentFlaw(words: readonly string[]): Flaw {
  // Whether there is such a user is known on the machine alone.
  return silently(
    malformed(
      2,
      `keepalived takes ${shown(words[2] ?? '')} for the user that ${shown(words[1] ?? '')} runs as, and drops the script where there is none`,
      'Put the command and its arguments in one pair of double quotes.',
      'error',
    ),
  );
}

/** Words behind the last argument: most are dropped without a word, which matters where they mean something. */
function surplusFlaw(
  keyword: Keyword,
  words: readonly string[],
  from: number,
  isKeyword: (at: number) => boolean,
): Flaw | undefined {
  const surplus = words.findIndex((_, at) => at >= from && isKeyword(at));
  if (surplus !== -1) {
    // Where a value might stand, keepalived reads the keyword as one, and refuses it.
    const { silent, ...told } = crowded(words, surplus, isKeyword);
    const isRefused = surplus === from && REFUSING.has(keyword.args[from - 1]?.kind ?? '');
    return isRefused ? told : { ...told, ...(silent && { silent }) };
  }
  const word = words[from] ?? '';
  // Its braces open a block, wherever they stand.
  const braced = words.findIndex(
    (text, at) => at >= from && text.includes('${') && unresolvedName(text) !== undefined,
  );
  if (braced !== -1) return undefinedVariable(braced, unresolvedName(words[braced] ?? '') ?? '');
  if (keyword.refusesMore)
    return malformed(
      from,
      `${keyword.name} takes one word, so with ${shown(word)} behind it keepalived ignores the line`,
    );
  const kind = keyword.args[0]?.kind;
  if (keyword.args.length === 0 && keyword.opens === undefined)
    return readBoolean(word.toLowerCase()) === false || word === '0'
      ? silently(
          malformed(
            from,
            `keepalived reads '${keyword.name} ${word}' as on: the word behind it is not read`,
            'Delete the line.',
          ),
        )
      : undefined;
  if (kind === 'cmd1' && !word.startsWith('//') && !word.startsWith(';'))
    return silently(
      malformed(
        from,
        `keepalived runs ${shown(words[1] ?? '')} without ${shown(words.slice(from).join(' '))}`,
        'Put the command and its arguments in one pair of double quotes.',
        'error',
      ),
    );
  if (kind === 'name') {
    const isStrict = STRICT_NAMES.has(keyword.name);
    const flaw = malformed(
      from,
      `${keyword.name} takes one word for a name, so ${shown(word)} does not fit`,
      'Put a name with blanks in double quotes.',
      isStrict ? 'error' : 'warning',
    );
    return isStrict ? flaw : silently(flaw);
  }
  return undefined;
}

const REFUSING: ReadonlySet<string> = new Set(['one', 'bool', 'switch', 'int']);

/** Blocks that keepalived leaves out when a second word follows the name. */
const STRICT_NAMES = new Set(['vrrp_instance', 'vrrp_sync_group', 'track_group', 'virtual_server_group']);

/** A second statement on a line: keepalived takes the words it wants and drops the rest (lib/parser.c). */
function crowded(words: readonly string[], first: number, isKeyword: (at: number) => boolean): Flaw {
  const lost = words.filter((_, at) => at >= first && isKeyword(at));
  const others = lost.length > 1 ? ` and ${lost.length - 1} more` : '';
  return {
    kind: 'several-keywords-on-one-line',
    silent: true,
    word: first,
    message: `'${words[first]}'${others} stands on the line of '${words[0]}', where ${IS_DROPPED}`,
    remedy: 'Put each keyword on a line of its own.',
    severity: 'error',
  };
}

/** The outdated words that keepalived 2.2.7 itself calls deprecated. */
const TOLD_OUTDATED: ReadonlySet<string> = new Set([
  'nb_get_retry',
  'vmac_garp_intvl',
  'vrrp_vmac_garp_intvl',
  'lvs_sync_daemon_interface',
  'linkbeat_use_polling',
  'global_tracking',
]);

function isOutdated({ deprecated }: Keyword, release: string | undefined): boolean {
  return deprecated !== undefined && (release === undefined || !isBefore(release, deprecated));
}

function outdated(keyword: Keyword, vocabulary: Vocabulary): Flaw {
  const { name, deprecated, replacement = '' } = keyword;
  const place = vocabulary.has(replacement) ? '' : ` ${placesOf(replacement)}`;
  return {
    kind: 'unknown-keyword',
    word: 0,
    ...(!TOLD_OUTDATED.has(name) && { silent: true }),
    message: `'${name}' is outdated since ${deprecated}`,
    remedy:
      replacement === '.'
        ? `Put its lines into ${vocabulary.block} itself.`
        : `Write ${replacement}${place}.`,
    severity: 'info',
    ...(isSame(keyword, vocabulary.keyword(replacement)) && { instead: replacement, alike: true as const }),
  };
}

/** True for a line that takes the same values under its new name. */
function isSame(old: Keyword, today: Keyword | undefined): boolean {
  if (old.opens !== undefined || old.lists !== undefined || today?.lists !== undefined) return false;
  return today !== undefined && JSON.stringify(old.args) === JSON.stringify(today.args);
}

function fractionFlaw({ name, fractionSince }: Keyword, text: string): Flaw {
  return malformed(
    1,
    `before keepalived ${fractionSince}, ${name} takes whole seconds only and ignores ${text}`,
  );
}
