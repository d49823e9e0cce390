import { addressFlaw, hostFlaw, multicastFlaw } from './address-flaws.ts';
import {
  effectOf,
  type Flaw,
  malformed,
  misspelt,
  shown,
  silently,
  undefinedVariable,
  unresolvedName,
} from './flaw.ts';
import type { Argument, BlockName, Keyword } from './keywords.ts';
import { addressFamily, readBoolean, readInteger, readScheduler, readSeconds, SCHEDULERS } from './values.ts';

/** Whether a value is plainly sound: what nearly every value is, asked before anything is made ready for a message. */
export function isPlain({ kind, min, max }: Argument, text: string): boolean {
  switch (kind) {
    case 'ip':
      return addressFamily(text) !== undefined;
    case 'int':
    case 'port':
      return readInteger(text, min, max) !== undefined;
    case 'bool':
      return readBoolean(text) !== undefined;
    case 'scheduler':
      return readScheduler(text) !== undefined;
    default:
      return false;
  }
}

/** The flaw of one value, if it has one; `word` is where it stands in its line. */
export function valueFlaw(
  argument: Argument,
  text: string,
  word: number,
  keyword: Keyword,
  block: BlockName,
): Flaw | undefined {
  if (isPlain(argument, text)) return undefined;
  if (isFreeText(argument)) return freeTextFlaw(argument, text, word, keyword);
  const name = unresolvedName(text);
  if (name !== undefined) {
    const flaw = undefinedVariable(word, name);
    return argument.kind === 'if' && !keyword.grave && !text.includes('${') ? silently(flaw) : flaw;
  }
  const effect = effectOf(keyword, block);
  const flaw = typedFlaw(argument, text, word, keyword, effect);
  return flaw !== undefined && keyword.grave && flaw.severity === 'warning'
    ? { ...flaw, severity: 'error' }
    : flaw;
}

/** Kinds whose text keepalived takes whatever it is. */
const FREE_TEXT: ReadonlySet<string> = new Set(['word', 'secret', 'cmd', 'cmd1', 'user', 'group', 'name']);

/** Whether keepalived takes a value of this kind whatever it is. */
export function isFreeText({ kind }: Argument): boolean {
  return FREE_TEXT.has(kind);
}

function freeTextFlaw(argument: Argument, text: string, word: number, keyword: Keyword): Flaw | undefined {
  const command = argument.kind.startsWith('cmd');
  // A shell that the command starts may well know the name.
  const named = unresolvedName(command ? text.slice(0, `${text} `.indexOf(' ')) : text);
  const whole = named !== undefined && (text === `$${named}` || text.includes(`\${${named}}`));
  if (named !== undefined && (whole || command) && (argument.kind !== 'secret' || named.length > 2))
    return text.includes('${') ? undefinedVariable(word, named) : silently(undefinedVariable(word, named));
  if (argument.kind === 'word' && argument.max > 0 && text.length > argument.max)
    return malformed(
      word,
      `${keyword.name} is cut to ${argument.max} characters: ${text.slice(0, argument.max)}`,
    );
  return undefined;
}

function typedFlaw(
  argument: Argument,
  text: string,
  word: number,
  keyword: Keyword,
  effect: string,
): Flaw | undefined {
  switch (argument.kind) {
    case 'int':
    case 'sec':
    case 'ms':
      return numberFlaw(argument, text, word, keyword.name, effect);
    case 'port':
      return portFlaw(argument.min, text, word, effect);
    case 'bool':
      return switchFlaw(text, word, keyword.name, effect);
    case 'switch':
      return readBoolean(text) === false
        ? silently(
            malformed(
              word,
              `keepalived reads '${keyword.name} ${text}' as on, in every release so far`,
              'Delete the line.',
            ),
          )
        : switchFlaw(text, word, keyword.name, effect);
    case 'flag':
      return readBoolean(text) === true
        ? undefined
        : silently(
            malformed(
              word,
              `up to keepalived 2.2.7 '${keyword.name} ${text}' means on: the word behind it is not read`,
              'Delete the line to leave it off.',
            ),
          );
    case 'one':
    case 'any':
      return wordFlaw(argument, text, word, keyword.name, effect);
    case 'scheduler':
      return schedulerFlaw(text, word, keyword.name, effect);
    case 'if':
      return text.length > 15
        ? malformed(
            word,
            `${shown(text)} is longer than the 15 characters of an interface name, so ${effect}`,
          )
        : undefined;
    case 'ip':
      return addressFlaw(text, word, effect);
    case 'group4':
    case 'group6':
    case 'mcast':
      return multicastFlaw(argument.kind, text, word, effect);
    case 'host':
      return hostFlaw(text, word);
    case 'hex':
    case 'hexX':
      return isHex(text, argument.kind === 'hexX')
        ? undefined
        : malformed(word, `${shown(text)} is not a row of hexadecimal digits, so ${effect}`);
    case 'digest':
      return text.length === 32
        ? undefined
        : malformed(
            word,
            `an MD5 digest has 32 hexadecimal digits, this one has ${text.length}, so ${effect}`,
            'Print the right one with genhash.',
          );
    default:
      return undefined;
  }
}

/** A number outside its bounds, or a text that is none. */
export function numberFlaw(
  { kind, min, max, raised, lowered }: Pick<Argument, 'kind' | 'min' | 'max' | 'raised' | 'lowered'>,
  text: string,
  word: number,
  name: string,
  effect: string,
): Flaw | undefined {
  const whole = kind === 'int';
  const value = whole ? readInteger(text, min, max) : readSeconds(text, min, max);
  if (value !== undefined) {
    const decimals = whole || !text.includes('.') ? 0 : text.length - text.indexOf('.') - 1;
    const finest = kind === 'ms' ? 3 : 6;
    return decimals <= finest
      ? undefined
      : malformed(word, `${name} ${text} has more than ${finest} decimals, which keepalived reports`);
  }
  if (text === '=')
    return malformed(
      word,
      `'=' stands where the value of ${name} belongs, so ${effect}`,
      "Delete the '=': keyword and value have only a blank between them.",
    );
  const number = whole ? readInteger(text, -1e30, 1e30) : readSeconds(text.replace(/^-/, ''), -1e30, 1e30);
  if (number !== undefined) {
    const low = text.startsWith('-') || number < min;
    const pulled = low ? raised && !text.startsWith('-') : lowered;
    if (effect === `keepalived uses ${number}` && !pulled)
      return malformed(
        word,
        `${name} ${text} is outside ${min} to ${max}: keepalived -t complains, and ${number} is what it takes anyway`,
        'Delete the line.',
        'info',
      );
    return malformed(
      word,
      `${name} ${text} is outside ${min} to ${max}, so ${pulled ? `keepalived takes ${low ? min : max}` : effect}`,
      max < 1e6 ? `Write a number from ${min} to ${max}.` : low ? `Write ${min} or more.` : undefined,
    );
  }
  if (whole && readSeconds(text, 0, 1e30) !== undefined)
    return malformed(word, `${name} ${text} is not a whole number, so ${effect}`, 'Write a whole number.');
  if (/^0x[0-9a-f]+$/i.test(text.slice(0, 40)))
    return misspelt(
      word,
      `${name} ${text} is hexadecimal; keepalived reads decimal numbers only, so ${effect}`,
      String(Number(text)),
    );
  const leading = /^\d+/.exec(text.slice(0, 40))?.[0];
  if (leading !== undefined)
    return {
      ...misspelt(
        word,
        `${name} ${shown(text)} has text behind the number: keepalived -t refuses it, the daemon reads ${leading} with a warning`,
        leading,
      ),
      alike: true,
    };
  const flaw = malformed(word, `${name} ${shown(text)} is not a number, so ${effect}`);
  // Nothing between quotes counts as 0 seconds.
  return text === '' && !whole && min === 0 ? silently(flaw) : flaw;
}

/** A port that is no number: keepalived knows no service names. */
export function portFlaw(min: number, text: string, word: number, effect: string): Flaw | undefined {
  const flaw = numberFlaw(
    { kind: 'int', min, max: 65_535, raised: false, lowered: false },
    text,
    word,
    'port',
    effect,
  );
  if (flaw === undefined || !/^[a-z]/i.test(text)) return flaw;
  return malformed(word, `${shown(text)} is no port number, so ${effect}`, 'Write the number of the port.');
}

function switchFlaw(text: string, word: number, name: string, effect: string): Flaw | undefined {
  if (readBoolean(text) !== undefined) return undefined;
  const lower = text.toLowerCase();
  const known = readBoolean(lower) !== undefined;
  const meant = known ? lower : text === '1' ? 'on' : text === '0' ? 'off' : undefined;
  return {
    ...malformed(
      word,
      `${name} ${shown(text)} is neither on nor off, so ${effect}`,
      meant === undefined ? 'Write on or off.' : `Write ${meant}.`,
    ),
    kind: known ? 'case-sensitive-value' : 'malformed-value',
    ...(meant !== undefined && { instead: meant }),
  };
}

/** A word that is none of those allowed, or one of them in another case. */
export function wordFlaw(
  { kind, words }: Pick<Argument, 'kind' | 'words'>,
  text: string,
  word: number,
  name: string,
  effect: string,
): Flaw | undefined {
  if (words.includes(text)) return undefined;
  const upper = text.length < 40 ? text.toUpperCase() : '';
  const meant = words.find((allowed) => allowed.toUpperCase() === upper);
  if (meant !== undefined)
    return kind === 'any'
      ? undefined
      : {
          ...misspelt(word, `${name} ${text} is not ${meant} to keepalived, so ${effect}`, meant),
          kind: 'case-sensitive-value',
        };
  const list = words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return malformed(word, `${name} ${shown(text)} is not ${list}, so ${effect}`, `Write ${list}.`);
}

function schedulerFlaw(text: string, word: number, name: string, effect: string): Flaw | undefined {
  if (readScheduler(text) !== undefined) return undefined;
  const lower = text.toLowerCase();
  if (readScheduler(lower) !== undefined)
    return {
      ...misspelt(word, `${name} ${text} is not ${lower} to keepalived, so ${effect}`, lower),
      kind: 'case-sensitive-value',
    };
  return malformed(
    word,
    `${shown(text)} is no scheduler that keepalived knows, so ${effect}`,
    `Write one of ${SCHEDULERS.join(', ')}.`,
  );
}

function isHex(text: string, wildcards: boolean): boolean {
  return (wildcards ? /^[\da-fx\s]*$/i : /^[\da-f\s]*$/i).test(text);
}
