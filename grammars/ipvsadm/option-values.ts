import type { Word } from '../tree.ts';
import { readAddressPort, readIpv4, readPartly } from './address.ts';
import type { Draft, Given, ServiceTarget } from './command.ts';
import { type OptionUse, partOf } from './popt.ts';

/** Why ipvsadm refuses a value, and what to write instead. */
export interface Refusal {
  readonly reason: string;
  readonly remedy?: string;
}

const MAX_INT = 2_147_483_647;
const MAX_MARK = 4_294_967_295;
/** 31 days (ipvsadm.c, MAX_TIMEOUT). */
const MAX_TIMEOUT = 2_678_400;
/** What `-p` without a number means; the manual page says 300. */
const DEFAULT_PERSISTENCE = 360;

const PROTOCOLS = { 'tcp-service': 'TCP', 'udp-service': 'UDP', 'sctp-service': 'SCTP' } as const;
const METHODS = { gatewaying: 'DR', ipip: 'TUN', masquerading: 'NAT', fullnat: 'FULLNAT' } as const;
const FLAGS = new Set('flag-1 flag-2 flag-3 sh-fallback sh-port mh-fallback mh-port'.split(' '));
const TUNNELS = ['ipip', 'gue', 'gre'] as const;

/** Takes one option into the command. Options that tell nothing about a cluster are only checked. */
export function takeOption(draft: Draft, use: OptionUse): Refusal | undefined {
  const name = use.option?.name ?? '';
  const value = use.value ?? use.word;
  switch (name) {
    case 'tcp-service':
    case 'udp-service':
    case 'sctp-service':
      return takeService(draft, value, PROTOCOLS[name]);
    case 'fwmark-service':
      return takeMark(draft, value);
    case 'ipv6':
      return takeFamily(draft);
    case 'real-server':
      return takeServer(draft, value);
    case 'scheduler':
      draft.scheduler = text(value);
      return undefined;
    case 'persistent':
      if (use.value === undefined) {
        draft.persistence = { value: DEFAULT_PERSISTENCE, at: use.word, assumed: true };
        return undefined;
      }
      return takeNumber(draft, 'persistence', value, 1, MAX_TIMEOUT, 'a timeout from 1 to 2678400 seconds');
    case 'netmask':
      return takeNetmask(draft, value);
    case 'pe':
      draft.persistenceEngine = text(value);
      return undefined;
    case 'ops':
      draft.onePacket = { value: true, at: use.word };
      return undefined;
    case 'sched-flags':
      return takeFlags(draft, value);
    case 'gatewaying':
    case 'ipip':
    case 'masquerading':
    case 'fullnat':
      draft.method = { value: METHODS[name], at: use.word };
      return undefined;
    case 'weight':
      return takeNumber(draft, 'weight', value, 0, MAX_INT, 'a weight from 0 to 2147483647');
    case 'u-threshold':
      return takeNumber(draft, 'upperThreshold', value, 0, MAX_INT, 'a threshold from 0 to 2147483647');
    case 'l-threshold':
      return takeNumber(draft, 'lowerThreshold', value, 0, MAX_INT, 'a threshold from 0 to 2147483647');
    case 'tun-type': {
      const type = TUNNELS.find((each) => each === value.text);
      draft.tunnelType = { value: type, at: value };
      return type === undefined && !value.unknown
        ? { reason: 'not a tunnel type, which is ipip, gue or gre' }
        : undefined;
    }
    case 'tun-port':
      return takeNumber(draft, 'tunnelPort', value, 1, 65_535, 'a port from 1 to 65535');
    case 'tun-nocsum':
    case 'tun-csum':
    case 'tun-remcsum':
      draft.tunnelChecksum = { value: name, at: use.word };
      return undefined;
    case 'start-daemon':
    case 'stop-daemon':
      draft.daemonState = text(value);
      return value.unknown || /^(?:master|backup)$/.test(value.text)
        ? undefined
        : { reason: 'not a state, which is master or backup' };
    case 'mcast-interface':
      draft.daemonInterface = text(value);
      return undefined;
    case 'syncid':
      return takeNumber(draft, 'syncId', value, 0, 255, 'a sync id from 0 to 255');
    case 'sync-maxlen':
      return checkNumber(value, 1, 65_507, 'a length from 1 to 65507');
    case 'mcast-port':
      return checkNumber(value, 1, 65_535, 'a port from 1 to 65535');
    case 'mcast-group':
      return value.unknown || /^ff[\da-f]*:/i.test(value.text) || isMulticast(value.text)
        ? undefined
        : { reason: 'not a multicast address' };
    case 'mcast-ttl':
      return checkNumber(value, 1, 255, 'a TTL from 1 to 255');
    default:
      return undefined;
  }
}

/** One of the three numbers of `--set`. */
export function readTimeout(value: Word): { readonly given: Given<number>; readonly refusal?: Refusal } {
  const number = integer(value, 0, MAX_TIMEOUT);
  const refusal = checkNumber(value, 0, MAX_TIMEOUT, 'a timeout from 0 to 2678400 seconds');
  return { given: { value: number, at: value }, ...(refusal && { refusal }) };
}

function isMulticast(written: string): boolean {
  const first = Number.parseInt(readIpv4(written) ?? '', 10);
  return first >= 224 && first <= 239;
}

function text(value: Word): Given<string> {
  return { value: value.unknown ? undefined : value.text, at: value };
}

/** strtol(3) over the whole word: a sign and leading zeros are allowed, `0x` is not. */
function integer(value: Word, min: number, max: number): number | undefined {
  if (value.unknown || !/^\s*[+-]?\d+$/.test(value.text)) return undefined;
  const number = Number(value.text);
  return number >= min && number <= max ? number + 0 : undefined;
}

function checkNumber(value: Word, min: number, max: number, wanted: string): Refusal | undefined {
  const isFine = value.unknown || integer(value, min, max) !== undefined;
  return isFine ? undefined : { reason: `not ${wanted}` };
}

type NumberField = 'persistence' | 'weight' | 'upperThreshold' | 'lowerThreshold' | 'tunnelPort' | 'syncId';

function takeNumber(
  draft: Draft,
  field: NumberField,
  value: Word,
  min: number,
  max: number,
  wanted: string,
): Refusal | undefined {
  const refusal = checkNumber(value, min, max, wanted);
  if (refusal === undefined) draft[field] = { value: integer(value, min, max), at: value };
  return refusal;
}

function takeService(draft: Draft, value: Word, protocol: 'TCP' | 'UDP' | 'SCTP'): Refusal | undefined {
  const target = value.unknown ? readPartly(value.text) : readAddressPort(value.text);
  if (target === undefined) return whyNoTarget(value.text);
  const { family, address } = target;
  // A mask that stands before an IPv6 service is overwritten (ipvsadm.c, parse_service).
  if (family === 6) draft.netmask = undefined;
  const port = value.unknown || target.hasPort ? target.port : 0;
  draft.service = {
    protocol,
    family,
    text: value.text,
    at: value,
    address: { value: address, at: value },
    port: { value: port, at: value },
  };
  return undefined;
}

function takeServer(draft: Draft, value: Word): Refusal | undefined {
  const target = value.unknown ? readPartly(value.text) : readAddressPort(value.text);
  if (target === undefined) return whyNoTarget(value.text);
  const { family, address, port, hasPort } = target;
  draft.server = {
    family,
    text: value.text,
    at: value,
    address: { value: address, at: value },
    ...(hasPort && { port: { value: port, at: value } }),
  };
  return undefined;
}

function whyNoTarget(written: string): Refusal {
  if (/^\d*$/.test(written)) return { reason: 'the address is missing' };
  const shown = written.slice(0, 60);
  if (/^\[.*\]$/.test(written))
    return {
      reason: 'brackets need a port',
      remedy: `Write ${shown}:PORT, or the address without brackets.`,
    };
  const colon = written.lastIndexOf(':');
  const host = colon === -1 ? written : written.slice(0, colon);
  const isHost = host !== '' && readAddressPort(host.startsWith('[') ? `${host}:0` : host) !== undefined;
  const part = isHost ? shown.slice(colon + 1) : host.slice(0, 60);
  return {
    reason: part === '' ? 'a part of it is empty' : `${part} is not ${isHost ? 'a port' : 'an address'}`,
  };
}

function takeMark(draft: Draft, value: Word): Refusal | undefined {
  const given = integer(value, -MAX_MARK, MAX_MARK);
  const isSigned = given !== undefined && given < 0 && given >= -MAX_INT - 1;
  const mark = isSigned ? given + MAX_MARK + 1 : given;
  if (value.unknown || (mark !== undefined && mark > 0)) draft.service = markTarget(value, mark);
  if (value.unknown || (given !== undefined && given > 0)) return undefined;
  return isSigned
    ? { reason: 'a mark above 2147483647 as ipvsadm-save prints it', remedy: `Write -f ${mark}.` }
    : { reason: 'not a mark, which is a decimal number from 1 to 4294967295' };
}

function markTarget(value: Word, mark: number | undefined): ServiceTarget {
  return { protocol: undefined, family: 4, text: value.text, at: value, mark: { value: mark, at: value } };
}

function takeFamily(draft: Draft): Refusal | undefined {
  if (draft.service?.mark === undefined)
    return { reason: 'it belongs behind -f MARK', remedy: 'Write -f MARK -6.' };
  draft.service = { ...draft.service, family: 6 };
  draft.netmask = undefined;
  return undefined;
}

function takeNetmask(draft: Draft, value: Word): Refusal | undefined {
  if (value.unknown) {
    draft.netmask = { value: undefined, at: value };
    return undefined;
  }
  if (draft.service?.family === 6) {
    const prefix = Number(/^\s*\+?(\d+)/.exec(value.text)?.[1] ?? 0);
    if (prefix < 1 || prefix > 128) return { reason: 'not an IPv6 prefix length from 1 to 128' };
    draft.netmask = { value: String(prefix), at: value };
    return undefined;
  }
  const mask = readIpv4(value.text);
  if (mask === undefined) return { reason: 'not an IPv4 mask such as 255.255.255.0' };
  draft.netmask = { value: mask, at: value };
  return undefined;
}

function takeFlags(draft: Draft, value: Word): Refusal | undefined {
  if (value.unknown) return undefined;
  const flags: Given<string>[] = [];
  let refusal: Refusal | undefined;
  let start = 0;
  for (const name of value.text.split(',')) {
    if (FLAGS.has(name)) flags.push({ value: name, at: partOf(value, start, start + name.length) });
    else if (name !== '') refusal ??= { reason: `${name.slice(0, 40)} is no scheduler flag` };
    start += name.length + 1;
  }
  draft.schedulerFlags = flags;
  return refusal;
}
