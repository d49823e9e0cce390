import { type Word, wordAt } from '../tree.ts';
import { type IpvsadmOption, longOption, shortOption } from './options.ts';

/** One option of a command line as popt(3) hands it on. */
export interface OptionUse {
  readonly word: Word;
  /** `-w`, `--weight`: what a message calls it. */
  readonly spelling: string;
  readonly option: IpvsadmOption | undefined;
  readonly value: Word | undefined;
  readonly problem?: 'unknown' | 'lacks-argument' | 'takes-no-argument';
}

export interface CutLine {
  readonly uses: readonly OptionUse[];
  /** Words that belong to no option, unknown ones among them. */
  readonly operands: readonly Word[];
  /** A word that could be an option, or several, or none: nothing may be said about what is missing. */
  readonly uncertain: boolean;
}

/**
 * Cuts a line the way popt does: letters after one dash stand for several options (`-At10.0.0.1:80`), `=` may stand
 * before a value, long names are never shortened, `--` ends the options, and a value that is needed is the next
 * word whatever it looks like.
 */
export function cutOptions(words: readonly Word[]): CutLine {
  const uses: OptionUse[] = [];
  const operands: Word[] = [];
  let uncertain = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const { text } = word;
    if (text === '--' && !word.unknown) {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (!text.startsWith('-') || text === '-') {
      if (word.unknown) uncertain = true;
      operands.push(word);
      continue;
    }
    const cut = text.startsWith('--') ? [longUse(word)] : shortUses(word);
    for (const written of cut) {
      if (written === undefined) {
        uncertain = true;
        continue;
      }
      const use = asInForks(written, uses[0]);
      const { option } = use;
      const next = words[at + 1];
      const isOpen = option !== undefined && option.argument !== 'none' && use.value === undefined;
      if (isOpen && option.argument === 'optional' && next?.text.startsWith('-') !== false) uses.push(use);
      else if (isOpen && next === undefined) uses.push({ ...use, problem: 'lacks-argument' });
      else if (isOpen) {
        uses.push({ ...use, value: next });
        at++;
      } else uses.push(use);
    }
  }
  return { uses, operands, uncertain };
}

/** `-b` sets scheduler flags on a service; on a server only forks have it, for FULLNAT. */
function asInForks(use: OptionUse, first: OptionUse | undefined): OptionUse {
  const action = first?.option?.action;
  const isServer = action === 'add-server' || action === 'edit-server';
  return isServer && use.spelling === '-b'
    ? { ...use, option: longOption('fullnat'), value: undefined }
    : use;
}

function longUse(word: Word): OptionUse | undefined {
  const equals = word.text.indexOf('=');
  const spelling = equals === -1 ? word.text : word.text.slice(0, equals);
  const option = longOption(spelling.slice(2));
  if (option === undefined && word.unknown) return undefined;
  return withValue(word, spelling, option, equals === -1 ? undefined : equals + 1);
}

/** `-srr`, `-gw3`, `-Ln`: letters up to the first that takes an argument. */
function shortUses(word: Word): (OptionUse | undefined)[] {
  const { text } = word;
  const uses: (OptionUse | undefined)[] = [];
  for (let at = 1; at < text.length; at++) {
    const letter = String.fromCodePoint(text.codePointAt(at) ?? 0);
    const option = shortOption(letter);
    if (option === undefined && word.unknown) return [...uses, undefined];
    const hasValue = option !== undefined && option.argument !== 'none' && at + 1 < text.length;
    const isClosed = option?.argument === 'none' && text[at + 1] === '=';
    if (hasValue || isClosed || option === undefined)
      return [
        ...uses,
        withValue(
          word,
          `-${letter}`,
          option,
          hasValue || isClosed ? at + (text[at + 1] === '=' ? 2 : 1) : undefined,
        ),
      ];
    uses.push({ word, spelling: `-${letter}`, option, value: undefined });
  }
  return uses;
}

function withValue(
  word: Word,
  spelling: string,
  option: IpvsadmOption | undefined,
  valueStart: number | undefined,
): OptionUse {
  const use = {
    word,
    spelling,
    option,
    value: valueStart === undefined ? undefined : partOf(word, valueStart),
  };
  if (option === undefined) return { ...use, problem: 'unknown' };
  return valueStart !== undefined && option.argument === 'none'
    ? { ...use, problem: 'takes-no-argument' }
    : use;
}

/** The rest of a word, placed on its own where the text stands in the file as it is. */
export function partOf(word: Word, from: number, to = word.text.length): Word {
  const { range, text } = word;
  const { source } = word.place;
  const isAsWritten = range.end - range.start === text.length;
  const start = isAsWritten ? range.start + from : range.start;
  const end = isAsWritten ? range.start + to : range.end;
  return wordAt(source, text.slice(from, to), start, end, word.unknown);
}
