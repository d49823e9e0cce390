import { addressFlaw } from './address-flaws.ts';
import { addressProblem } from './address-text.ts';
import {
  type Flaw,
  isDecidedLater,
  malformed,
  shown,
  silently,
  undefinedVariable,
  unresolvedName,
} from './flaw.ts';
import type { ListName } from './keywords.ts';
import { routeFlaws, ruleFlaws } from './route-flaws.ts';
import { numberFlaw } from './value-flaws.ts';
import { addressFamily, readInteger } from './values.ts';
import { vipFlaws } from './vip-flaws.ts';

/** The flaws of one line of a list: an address, a route, a tracked thing, a name. */
export function itemFlaws(list: ListName, words: readonly string[]): readonly Flaw[] {
  if (words.some(isDecidedLater)) return NONE;
  for (let at = 0; at < words.length; at++) {
    const name = unresolvedName(words[at] ?? '');
    if (name === undefined) continue;
    const flaw = undefinedVariable(at, name);
    // As the name of an interface it is as good as any other text; in braces it opens a block.
    const isTold =
      words[at]?.includes('${') === true || READERS[list](words).some(({ silent }) => silent !== true);
    return [isTold ? flaw : silently(flaw)];
  }
  return READERS[list](words);
}

const READERS: Readonly<Record<ListName, (words: readonly string[]) => readonly Flaw[]>> = {
  addresses: (words) => vipFlaws(words, false),
  'static-addresses': (words) => vipFlaws(words, true),
  routes: (words) => routeFlaws(words, false),
  'static-routes': (words) => routeFlaws(words, true),
  rules: (words) => ruleFlaws(words, false),
  'static-rules': (words) => ruleFlaws(words, true),
  peers: peerFlaws,
  'track-interface': (words) => trackFlaws(words, { most: 253, pulledIn: 254, reverses: ['reverse'] }),
  'track-script': (words) => trackFlaws(words, { most: 253, pulledIn: 254, reverses: REVERSES }),
  'track-file': (words) => trackFlaws(words, { most: 254, pulledIn: 254, reverses: REVERSES }),
  'track-process': (words) => trackFlaws(words, { most: 254, pulledIn: 254, reverses: REVERSES }),
  'track-bfd': (words) => trackFlaws(words, { most: 253, pulledIn: 253, reverses: REVERSES }),
  'group-entries': entryFlaws,
  names: nameFlaws,
  interfaces: nameFlaws,
  emails: emailFlaws,
  linkbeat: linkbeatFlaws,
  delays: delayFlaws,
};

const REVERSES = ['reverse', 'noreverse'];
const NONE: readonly Flaw[] = [];

interface TrackForm {
  readonly most: number;
  /** Up to here a weight is pulled in to `most` rather than ignored. */
  readonly pulledIn: number;
  readonly reverses: readonly string[];
}

/** `NAME [weight N [reverse|noreverse]]` (vrrp_track.c) */
function trackFlaws(words: readonly string[], { most, pulledIn, reverses }: TrackForm): readonly Flaw[] {
  const [name = '', option, weight, reverse] = words;
  if (name.includes(',')) return commaFlaw(0, name);
  if (option === undefined) return NONE;
  if (option !== 'weight') {
    if (readInteger(option, -1e9, 1e9) !== undefined)
      return [
        malformed(
          1,
          `'${option}' is no option of ${name}, so its weight stays as it was`,
          `Write ${name} weight ${option}.`,
        ),
      ];
    return [
      malformed(
        1,
        `${shown(option)} is no option of ${name}, and a line tracks one name, so keepalived ignores it`,
        'Put each name on a line of its own.',
        'error',
      ),
    ];
  }
  if (weight === undefined)
    return [malformed(1, `the weight of ${name} has no number behind it, so keepalived ignores it`)];
  const value = readInteger(weight, -pulledIn, pulledIn);
  if (value !== undefined && Math.abs(value) > most)
    return [
      malformed(
        2,
        `weight ${weight} is outside -${most} to ${most}, so keepalived takes ${Math.sign(value) * most}`,
      ),
    ];
  if (value === undefined) {
    const bounds = { kind: 'int', min: -most, max: most, raised: false, lowered: false };
    const flaw = numberFlaw(bounds, weight, 2, 'weight', 'keepalived ignores it');
    if (flaw !== undefined) return [flaw];
  }
  if (reverse !== undefined && !reverses.includes(reverse))
    return [malformed(3, `${shown(reverse)} is no option of a weight, so keepalived ignores it`)];
  return NONE;
}

/** `ADDRESS [min_ttl N] [max_ttl N]` (vrrp_parser.c, vrrp_unicast_peer_handler) */
function peerFlaws(words: readonly string[]): readonly Flaw[] {
  const [address = ''] = words;
  const flaw = addressFlaw(address, 0, 'keepalived skips this peer');
  const own: Flaw[] =
    flaw === undefined ? [] : [{ ...flaw, severity: flaw.severity === 'info' ? 'info' : 'error' }];
  return flaw === undefined || flaw.silent === true ? [...own, ...peerOptionFlaws(words)] : own;
}

function peerOptionFlaws(words: readonly string[]): readonly Flaw[] {
  for (let at = 1; at < words.length; at += 2) {
    const word = words[at] ?? '';
    if (addressFamily(word) !== undefined)
      return [
        {
          kind: 'several-keywords-on-one-line',
          word: at,
          message: `keepalived reads one peer a line, so adverts never go to ${word}`,
          remedy: 'Put each address on a line of its own.',
          severity: 'error',
        },
      ];
    if (word !== 'min_ttl' && word !== 'max_ttl')
      return [malformed(at, `${shown(word)} is no option of a peer: only min_ttl and max_ttl are`)];
    const value = words[at + 1];
    if (value === undefined) return [malformed(at, `${word} has no number behind it`)];
    const bounds = { kind: 'int', min: 0, max: 255, raised: false, lowered: false };
    const bad = numberFlaw(bounds, value, at + 1, word, 'keepalived ignores it');
    if (bad !== undefined) return [bad];
  }
  return NONE;
}

/** `ADDRESS[-END|/LEN] [PORT]` or `fwmark N [inet|inet6]` (check_data.c, alloc_vsg_entry) */
function entryFlaws(words: readonly string[]): readonly Flaw[] {
  const [first = '', second, third] = words;
  const effect = 'keepalived leaves this entry out';
  const asError = (flaw: Flaw | undefined) =>
    flaw === undefined ? NONE : [{ ...flaw, severity: 'error' as const }];
  if (first === 'fwmark') {
    if (second === undefined)
      return [
        malformed(
          0,
          'fwmark has no number: keepalived stops reading here and does not start',
          undefined,
          'error',
        ),
      ];
    const bounds = { kind: 'int', min: 0, max: 4_294_967_295, raised: false, lowered: false };
    const flaw = numberFlaw(bounds, second, 1, 'fwmark', effect);
    if (flaw !== undefined) return asError(flaw);
    return third === undefined || third === 'inet' || third === 'inet6'
      ? NONE
      : asError(malformed(2, `${shown(third)} is neither inet nor inet6, so ${effect}`));
  }
  const cut = first.search(/[/-]/);
  const start = cut === -1 ? first : first.slice(0, cut);
  const found = addressProblem(start);
  if (found !== undefined)
    return asError(malformed(0, `${shown(first)} ${found.problem}, so ${effect}`, found.remedy));
  const problem = cut === -1 ? undefined : rangeProblem(start, first[cut] === '/', first.slice(cut + 1));
  if (problem !== undefined) return asError(malformed(0, `${shown(first)} ${problem}, so ${effect}`));
  if (second === undefined) return NONE;
  const bounds = { kind: 'int', min: 0, max: 65_535, raised: false, lowered: false };
  return asError(numberFlaw(bounds, second, 1, 'port', effect));
}

function rangeProblem(start: string, mask: boolean, end: string): string | undefined {
  const family = addressFamily(start);
  if (mask)
    return readInteger(end, 0, family === 6 ? 128 : 32) === undefined ? 'has no valid mask' : undefined;
  if (addressFamily(end) !== undefined)
    return addressFamily(end) === family ? undefined : 'ends in an address of the other family';
  const last = family === 6 ? hexNumber(end, 0xffff) : readInteger(end, 0, 255);
  if (last === undefined)
    return family === 6 ? 'does not end in a number up to ffff' : 'does not end in a number up to 255';
  const from =
    family === 6
      ? hexNumber(start.slice(start.lastIndexOf(':') + 1) || '0', 0xffff)
      : Number(start.slice(start.lastIndexOf('.') + 1));
  return from !== undefined && last <= from ? 'does not end above its start' : undefined;
}

function hexNumber(text: string, most: number): number | undefined {
  const value = /^[\da-f]{1,8}$/i.test(text) ? Number.parseInt(text, 16) : Number.NaN;
  return value <= most ? value : undefined;
}

function nameFlaws(words: readonly string[]): readonly Flaw[] {
  const at = words.findIndex((word) => word.includes(','));
  return at === -1 ? NONE : commaFlaw(at, words[at] ?? '');
}

function commaFlaw(word: number, text: string): readonly Flaw[] {
  return [
    malformed(
      word,
      `keepalived takes the comma for a part of the name ${shown(text)}`,
      'Put blanks or new lines between names, no commas.',
      'error',
    ),
  ];
}

/** keepalived takes any text; these are what pages print to hide an address, or lists that only a mail client splits. */
function emailFlaws(words: readonly string[]): readonly Flaw[] {
  const at = words.findIndex(
    (word) => word.includes('email protected') || word.startsWith('[email') || word.endsWith('@redacted'),
  );
  if (at !== -1)
    return [
      malformed(
        at,
        `${shown(words.slice(at).join(' '))} is what a web page shows in place of an address, so no mail arrives`,
        'Write the real address.',
      ),
    ];
  const joined = words.findIndex((word) => word.includes(','));
  return joined === -1
    ? NONE
    : [
        malformed(
          joined,
          `keepalived takes ${shown(words[joined] ?? '')} for one address, comma and all`,
          'Put blanks or new lines between addresses.',
        ),
      ];
}

function linkbeatFlaws([, how]: readonly string[]): readonly Flaw[] {
  return how === undefined || how === 'MII' || how === 'ETHTOOL' || how === 'IOCTL'
    ? NONE
    : [malformed(1, `${shown(how)} is not MII, ETHTOOL or IOCTL, so keepalived ignores it`)];
}

/** `INTERFACE DOWN [UP]`, in seconds */
function delayFlaws([, ...delays]: readonly string[]): readonly Flaw[] {
  const bounds = { kind: 'sec', min: 0, max: 255, raised: false, lowered: false };
  for (const [index, delay] of delays.slice(0, 2).entries()) {
    const flaw = numberFlaw(bounds, delay, index + 1, 'the delay', 'keepalived ignores it');
    if (flaw !== undefined) return [flaw];
  }
  return NONE;
}
