import { addressProblem } from './address-text.ts';
import { type Flaw, malformed, misspelt, shown } from './flaw.ts';
import { nearest } from './suggest.ts';
import { addressFamily, readInteger } from './values.ts';

/** Options of an address line and how many words each takes (keepalived.conf(5); vrrp_ipaddress.c). */
const OPTIONS: Readonly<Record<string, number>> = {
  dev: 1,
  scope: 1,
  brd: 1,
  broadcast: 1,
  label: 1,
  peer: 1,
  preferred_lft: 1,
  track_group: 1,
  use_vmac: 0,
  home: 0,
  '-nodad': 0,
  mngtmpaddr: 0,
  noprefixroute: 0,
  autojoin: 0,
  no_track: 0,
};

const SCOPES = ['site', 'link', 'host', 'nowhere', 'global'];
const NONE: readonly Flaw[] = [];

/** `ADDRESS[/LEN] [dev IF] [brd ADDRESS] [label L] …`, one address a line. */
export function vipFlaws(words: readonly string[], fixed: boolean): readonly Flaw[] {
  const [first = ''] = words;
  const slash = first.indexOf('/');
  const address = slash === -1 ? first : first.slice(0, slash);
  const family = addressFamily(address);
  if (family === undefined) {
    const found = addressProblem(address);
    return [
      malformed(
        0,
        `${shown(first)} ${found?.problem ?? 'is no IP address'}, so keepalived skips it`,
        found?.remedy,
        'error',
      ),
    ];
  }
  const full = family === 6 ? 128 : 32;
  if (slash !== -1 && slash + 1 < first.length) {
    const length = first.slice(slash + 1);
    if (readInteger(length, 0, full) === undefined)
      return [
        malformed(
          0,
          `/${length} is no prefix length, so keepalived takes /${full}`,
          prefixRemedy(address, length),
        ),
      ];
  }
  return optionFlaws(words, family, slash !== -1, fixed);
}

/** `/255.255.255.0` as the prefix that was meant. */
function prefixRemedy(address: string, mask: string): string | undefined {
  if (addressFamily(mask) === 4) {
    const bits = mask
      .split('.')
      .map((octet) => Number(octet).toString(2).padStart(8, '0'))
      .join('');
    const length = bits.indexOf('0') === -1 ? 32 : bits.indexOf('0');
    return bits.includes('1', length) ? undefined : `Write ${address}/${length}.`;
  }
  const digits = /^\d{1,3}/.exec(mask)?.[0];
  return digits !== undefined && digits !== mask && Number(digits) <= 128
    ? `Write ${address}/${Number(digits)}.`
    : undefined;
}

function optionFlaws(
  words: readonly string[],
  family: 4 | 6,
  prefixed: boolean,
  fixed: boolean,
): readonly Flaw[] {
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    const takes = word === (fixed ? 'use_vmac' : 'track_group') ? undefined : OPTIONS[word];
    if (takes === undefined || !Object.hasOwn(OPTIONS, word)) return [strangerFlaw(word, at, words[0] ?? '')];
    if (takes === 0) continue;
    const value = words[++at];
    if (value === undefined)
      return [malformed(at - 1, `'${word}' has nothing behind it, so keepalived ignores it`)];
    const flaw = optionFlaw(word, value, at, family, prefixed);
    if (flaw !== undefined) return [flaw];
  }
  return NONE;
}

function strangerFlaw(word: string, at: number, address: string): Flaw {
  const slash = word.indexOf('/');
  if (addressFamily(slash === -1 ? word : word.slice(0, slash)) !== undefined)
    return {
      kind: 'several-keywords-on-one-line',
      word: at,
      message: `keepalived reads one address a line and takes ${word} for an option of ${address}, so it is never set`,
      remedy: 'Put each address on a line of its own.',
      severity: 'error',
    };
  const lower = word.toLowerCase();
  if (lower !== word && Object.hasOwn(OPTIONS, lower))
    return {
      ...misspelt(at, `keepalived knows ${lower}, not ${word}, and ignores it`, lower),
      kind: 'case-sensitive-value',
    };
  const meant = nearest(word, Object.keys(OPTIONS));
  return malformed(
    at,
    `${shown(word)} is no option of an address, so keepalived ignores it`,
    meant === undefined ? undefined : `Write ${meant}.`,
  );
}

function optionFlaw(
  option: string,
  value: string,
  at: number,
  family: 4 | 6,
  prefixed: boolean,
): Flaw | undefined {
  if (option === 'label') {
    if (family === 6)
      return malformed(at, 'IPv6 addresses have no label, so keepalived drops it', undefined, 'info');
    return value.length > 15
      ? malformed(
          at,
          `the label ${shown(value)} is longer than 15 characters, so keepalived drops the address`,
          undefined,
          'error',
        )
      : undefined;
  }
  if (option === 'scope') {
    if (family === 6)
      return malformed(at, 'IPv6 addresses have no scope to set, so keepalived drops it', undefined, 'info');
    return SCOPES.includes(value) || readInteger(value, 0, 255) !== undefined
      ? undefined
      : malformed(
          at,
          `${shown(value)} is no scope, so keepalived ignores it`,
          `Write one of ${SCOPES.join(', ')}.`,
        );
  }
  if (option === 'brd' || option === 'broadcast') {
    if (family === 6)
      return malformed(
        at,
        'IPv6 has no broadcast, so keepalived skips the address',
        'Delete the brd option.',
        'error',
      );
    return value === '+' || value === '-' || addressFamily(value) === 4
      ? undefined
      : malformed(
          at,
          `${shown(value)} is no broadcast address, so keepalived skips the whole line`,
          undefined,
          'error',
        );
  }
  if (option === 'peer') {
    if (prefixed)
      return malformed(
        at,
        'an address with a peer takes no prefix of its own, so keepalived ignores the prefix',
      );
    return addressFamily(value) === undefined
      ? malformed(
          at,
          `${shown(value)} is no bare address, so keepalived skips the whole line`,
          undefined,
          'error',
        )
      : undefined;
  }
  if (option === 'preferred_lft' && value !== 'forever' && readInteger(value, 0, 4_294_967_295) === undefined)
    return malformed(at, `${shown(value)} is neither seconds nor 'forever', so keepalived ignores it`);
  return undefined;
}
