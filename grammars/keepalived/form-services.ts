import { addressFlaw } from './address-flaws.ts';
import { type Flaw, malformed, misspelt, shown, silently } from './flaw.ts';
import { type Form, listed, missingValue, whole } from './form.ts';
import { portFlaw, wordFlaw } from './value-flaws.ts';
import { addressFamily, readInteger } from './values.ts';

/** `virtual_server ADDRESS [PORT]`, `fwmark N`, `group NAME` (check_parser.c, vs_handler). */
export function readService({ keyword, words, effect }: Form): Flaw[] {
  const [, first, second] = words;
  if (first === undefined) return [missingValue(keyword, effect)];
  if (first === 'match')
    return [
      malformed(
        1,
        `'virtual_server match' belongs to DPVS; keepalived itself does not know it, so ${effect}`,
        'Delete the block, or run the fork that knows it.',
        'error',
      ),
    ];
  if (first === 'group' || first === 'fwmark') {
    if (second === undefined)
      return [
        malformed(
          2,
          `virtual_server ${first} has nothing behind it, which ends keepalived 2.2.7 with a crash`,
          undefined,
          'error',
        ),
      ];
    return first === 'group' ? [] : whole(0, 4_294_967_295, second, 2, 'fwmark', effect);
  }
  const lower = first.length === 5 || first.length === 6 ? first.toLowerCase() : '';
  if (lower === 'group' || lower === 'fwmark')
    return [
      {
        ...misspelt(1, `${first} is not ${lower} to keepalived, so ${effect}`, lower),
        kind: 'case-sensitive-value',
      },
    ];
  const address = addressFlaw(first, 1, effect);
  return [...listed(address), ...(second === undefined ? [] : listed(portFlaw(0, second, 2, effect)))];
}

const TUNNEL_WORDS = new Set(['nocsum', 'csum', 'remcsum']);

/** `lb_kind NAT|DR|TUN [type ipip|gue|gre [port N]] [nocsum|csum|remcsum]` (check_parser.c, svr_forwarding_handler). */
export function readForwarding({ keyword, words, effect }: Form): Flaw[] {
  const [, method] = words;
  if (method === undefined) return [missingValue(keyword, effect)];
  const upper = method.slice(0, 20).toUpperCase();
  if (upper === 'FNAT' || upper === 'FULLNAT')
    return [
      malformed(
        1,
        `${method} belongs to forks such as DPVS; keepalived itself does not know it, so ${effect}`,
        'Write NAT, DR or TUN, or use the fork.',
      ),
    ];
  const flaw = wordFlaw({ kind: 'one', words: ['NAT', 'DR', 'TUN'] }, method, 1, keyword.name, effect);
  if (flaw !== undefined) return [flaw];
  let type = 'ipip';
  let port: string | undefined;
  let checksum: string | undefined;
  for (let at = 2; at < words.length; at++) {
    const word = words[at] ?? '';
    const value = words[at + 1];
    if (word === 'type') {
      if (value === undefined || !['ipip', 'gue', 'gre'].includes(value))
        return [
          malformed(
            at,
            `'type' needs ipip, gue or gre behind it`,
            'Write type ipip, type gue port N or type gre.',
          ),
        ];
      type = value;
      at++;
    } else if (word === 'port') {
      if (value === undefined || readInteger(value, 1, 65_535) === undefined)
        return [malformed(at, `'port' needs a number from 1 to 65535 behind it`)];
      port = value;
      at++;
    } else if (TUNNEL_WORDS.has(word)) checksum = word;
    else
      return [malformed(at, `${shown(word)} is no tunnel option, and ${keyword.name} takes one method only`)];
  }
  if ((type === 'gue') !== (port !== undefined))
    return [malformed(words.length - 1, "a gue tunnel needs 'port N', other tunnels take none")];
  if (checksum !== undefined && checksum !== 'nocsum' && words.includes('type') && type === 'ipip')
    return [malformed(words.length - 1, `an ipip tunnel has no checksum, so '${checksum}' does not fit`)];
  if (checksum === 'remcsum' && type === 'gre')
    return [malformed(words.length - 1, "a gre tunnel has no remote checksum, so 'remcsum' does not fit")];
  return [];
}

export function readGranularity({ keyword, words, effect }: Form): Flaw[] {
  const [, mask] = words;
  if (mask === undefined) return [missingValue(keyword, effect)];
  const bits = readInteger(mask, 0, 4_294_967_295);
  if (bits !== undefined)
    // A number is the prefix of IPv6; for IPv4 keepalived reads 24 as the address 0.0.0.24.
    return bits >= 1 && bits <= 128
      ? []
      : [malformed(1, `persistence_granularity ${mask} is no prefix length from 1 to 128, so ${effect}`)];
  if (addressFamily(mask) !== 4)
    return [
      malformed(
        1,
        `${shown(mask)} is no netmask, so ${effect}`,
        'Write a dotted netmask, such as 255.255.255.0.',
      ),
    ];
  const value = mask.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return Number.isInteger(Math.log2(2 ** 32 - value))
    ? []
    : [malformed(1, `the netmask ${mask} has gaps, so clients are grouped in ways that nobody expects`)];
}

/** `status_code 200 301-302` */
export function readStatusCodes({ words }: Form): Flaw[] {
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    const dash = word.indexOf('-', 1);
    const low = readInteger(dash === -1 ? word : word.slice(0, dash), 100, 599);
    const high = dash === -1 ? low : readInteger(word.slice(dash + 1), 100, 599);
    if (low === undefined || high === undefined || high < low)
      return [
        malformed(
          at,
          `${shown(word)} is no status code from 100 to 599 and no range of them, so keepalived ignores it`,
          word.includes(',') ? 'Put blanks between the codes.' : undefined,
        ),
      ];
  }
  return [];
}

const REGEX_OPTIONS = new Set(
  (
    'allow_empty_class alt_bsux auto_callout caseless dollar_endonly dotall dupnames extended firstline ' +
    'match_unset_backref multiline never_ucp never_utf no_auto_capture no_auto_possess no_dotstar_anchor ' +
    'no_start_optimize ucp ungreedy utf never_backslash_c alt_circumflex alt_verbnames use_offset_limit'
  ).split(' '),
);

export function readRegexOptions({ words }: Form): Flaw[] {
  const at = words.findIndex((word, index) => index > 0 && !REGEX_OPTIONS.has(word));
  return at === -1
    ? []
    : [
        silently(
          malformed(
            at,
            `${shown(words[at] ?? '')} is no regex option, and keepalived drops it without a word`,
          ),
        ),
      ];
}

export function readOffsets({ keyword, words }: Form): Flaw[] {
  for (let at = 1; at < words.length; at++) {
    const flaws = whole(
      0,
      4_294_967_295,
      words[at] ?? '',
      at,
      keyword.name,
      'keepalived drops the line without a word',
    );
    if (flaws.length > 0) return flaws.map(silently);
  }
  return [];
}
