import { type Flaw, malformed, shown } from './flaw.ts';
import { type Form, listed, missingValue, whole } from './form.ts';
import { addressFamily, readInteger } from './values.ts';

export function readTimeouts({ words }: Form): Flaw[] {
  if (words.length < 3) return [malformed(1, 'lvs_timeouts needs tcp, tcpfin or udp with seconds behind it')];
  for (let at = 1; at < words.length; at += 2) {
    const word = words[at] ?? '';
    const value = words[at + 1];
    if (word !== 'tcp' && word !== 'tcpfin' && word !== 'udp')
      return [malformed(at, `${shown(word)} is none of tcp, tcpfin and udp, so keepalived ignores it`)];
    if (value === undefined)
      return [malformed(at, `${word} has no seconds behind it, so keepalived ignores it`)];
    const flaws = whole(0, 2_678_400, value, at + 1, word, 'keepalived ignores it');
    if (flaws.length > 0) return flaws;
  }
  return [];
}

const SYNC_NUMBERS: Readonly<Record<string, readonly [number, number]>> = {
  id: [0, 255],
  maxlen: [1, 65_507],
  port: [1, 65_535],
  ttl: [1, 255],
};

/** `lvs_sync_daemon IF [[inst] INSTANCE] [id N] [maxlen N] [port N] [ttl N] [group ADDRESS]` (global_parser.c). */
export function readSyncDaemon({ words }: Form): Flaw[] {
  const [, device] = words;
  if (device === undefined)
    return [malformed(1, 'lvs_sync_daemon names no interface, so no connections are synchronised')];
  if (device.length > 15)
    return [
      malformed(
        1,
        `${shown(device)} is longer than the 15 characters of an interface name`,
        undefined,
        'error',
      ),
    ];
  const isOption = (word: string | undefined) =>
    word !== undefined && (Object.hasOwn(SYNC_NUMBERS, word) || word === 'group');
  let at = 2;
  if (words[at] === 'inst') {
    if (words[at + 1] === undefined)
      return [
        malformed(at, "'inst' has no name behind it: keepalived stops reading here", undefined, 'error'),
      ];
    at += 2;
  } else if (at < words.length && !isOption(words[at])) at++;
  if (at < words.length && !isOption(words[at])) {
    const word = words[at] ?? '';
    if (at === 3 && words[2] !== 'inst')
      return [
        malformed(
          at,
          `${shown(word)} has no 'id' in front of it, a form that keepalived reports as outdated`,
          `Write id ${word}.`,
        ),
      ];
  }
  for (; at < words.length; at += 2) {
    const word = words[at] ?? '';
    const value = words[at + 1];
    if (!isOption(word)) return [malformed(at, `${shown(word)} is no option of lvs_sync_daemon`)];
    if (value === undefined)
      return [malformed(at, `'${word}' has no value behind it, so keepalived ignores it`)];
    const bounds = SYNC_NUMBERS[word];
    const flaws =
      bounds === undefined
        ? listed(multicastGroup(value, at + 1))
        : whole(bounds[0], bounds[1], value, at + 1, word, 'keepalived ignores it');
    if (flaws.length > 0) return flaws;
  }
  return [];
}

function multicastGroup(text: string, at: number): Flaw | undefined {
  const multicast =
    addressFamily(text) === 4
      ? readInteger(text.split('.', 1)[0] ?? '', 224, 239) !== undefined
      : /^ff/i.test(text);
  return multicast
    ? undefined
    : malformed(at, `${shown(text)} is no multicast address, so keepalived ignores it`);
}

/** `garp_extra_if [all] SECONDS` */
export function readExtraInterface({ keyword, words }: Form): Flaw[] {
  const numbers = words.slice(1).filter((word) => word !== 'all');
  if (numbers.length === 0)
    return [malformed(1, `${keyword.name} has no seconds, so keepalived ignores the line`)];
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    const flaws =
      word === 'all'
        ? []
        : whole(keyword.formParameter, 86_400, word, at, keyword.name, 'keepalived ignores the line');
    if (flaws.length > 0) return flaws;
  }
  return [];
}

export function readBufferPolicy({ words }: Form): Flaw[] {
  const [, policy] = words;
  if (policy === undefined)
    return [malformed(1, 'vrrp_rx_bufs_policy has no value, so keepalived ignores the line')];
  if (/^(?:mtu|advert)$/i.test(policy)) return [];
  return whole(0, 4_294_967_295, policy, 1, 'vrrp_rx_bufs_policy', 'keepalived ignores the line');
}

const PERMISSION = /^I[RWX](?:USR|GRP|OTH)$/;

/** An octal number, or permission bits joined by `|`. */
export function readUmask({ keyword, words, effect }: Form): Flaw[] {
  const [, first] = words;
  if (first === undefined) return [missingValue(keyword, effect)];
  if (/^\d/.test(first)) {
    const value =
      first.length > 12
        ? Number.NaN
        : first.startsWith('0x')
          ? Number(first)
          : first.startsWith('0')
            ? Number.parseInt(first, 8)
            : Number(first);
    if (!/^(?:0[0-7]*|0x[\da-f]+|[1-9]\d*)$/i.test(first.slice(0, 20)) || !(value <= 0o777))
      return [malformed(1, `umask ${shown(first)} is no octal number up to 0777, so ${effect}`)];
    return words.length > 2 ? [malformed(2, `umask takes one number, so ${effect}`)] : [];
  }
  const bad = words
    .slice(1)
    .join('')
    .split('|')
    .find((bit) => !PERMISSION.test(bit));
  return bad === undefined
    ? []
    : [malformed(1, `${shown(bad)} is no permission bit such as IWGRP, so ${effect}`)];
}

const INCLUDE_CHECKS = ['read', 'match', 'wildcard_match', 'brace_match'];

/** The first word may stand without a sign; the manual page's `readable` is unknown to every release. */
export function readIncludeCheck({ words }: Form): Flaw[] {
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    const signed = word.startsWith('+') || word.startsWith('-');
    const name = signed ? word.slice(1) : word;
    if (!INCLUDE_CHECKS.includes(name))
      return [
        malformed(
          at,
          `${shown(name)} is no include check, so keepalived ignores it`,
          name === 'readable'
            ? 'Write read; the manual page has it wrong.'
            : `Write ${INCLUDE_CHECKS.join(', ')}.`,
        ),
      ];
    if (!signed && at > 1)
      return [
        malformed(
          at,
          `only the first include check stands without a sign, so keepalived ignores ${name}`,
          `Write +${name} or -${name}.`,
        ),
      ];
  }
  return [];
}
