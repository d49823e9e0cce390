import type { Located } from '../evidence/fact.ts';
import type { Family, Host } from './cluster.ts';
import { addressKey, inPrefix } from './endpoint.ts';
import {
  type Condition,
  type FilterChain,
  type FilterRule,
  type PacketFilter,
  packetFilterOf,
} from './packet-filter.ts';

/** A packet on its way through a chain; what is left out is not known. */
export interface Packet {
  /** `tcp`, `udp`, `112`. */
  readonly protocol: string;
  readonly family: Family;
  readonly destination?: string | undefined;
  readonly source?: string | undefined;
  readonly input?: string | undefined;
  readonly output?: string | undefined;
  readonly sport?: number | undefined;
  readonly dport?: number | undefined;
  /** What connection tracking says of it. */
  readonly state: 'NEW' | 'ESTABLISHED' | 'INVALID';
}

/** What becomes of a packet for certain, and which line decides. */
export interface PacketVerdict {
  readonly verdict: 'accept' | 'drop';
  readonly by: Located;
  /** A rule decides, not the policy of the chain. */
  readonly rule?: FilterRule;
  /** Nothing that the scripts do not show can come before it. */
  readonly isCertain: boolean;
}

/** What a chain of a host does with a packet; undefined where its scripts do not tell. */
export function verdictOn(host: Host, chain: string, packet: Packet): PacketVerdict | undefined {
  const filter = packetFilterOf(host, packet.family);
  const start = filter?.get(chain);
  if (filter === undefined || start === undefined) return undefined;
  const rule = decide(filter, start, packet, 0);
  if (rule === 'unclear') return undefined;
  if (rule !== undefined)
    return {
      verdict: rule.target === 'ACCEPT' ? 'accept' : 'drop',
      by: rule,
      rule,
      isCertain: start.isWhole,
    };
  if (start.policy === undefined) return undefined;
  const verdict = start.policy.target === 'ACCEPT' ? 'accept' : 'drop';
  return { verdict, by: start.policy, isCertain: start.isWhole };
}

export type Likeness = 'yes' | 'no' | 'maybe';

/** Chains of chains are followed so far. */
const DEEPEST = 8;
const ENDS = new Set(['ACCEPT', 'DROP', 'REJECT']);
const GOES_ON = /^(?:LOG|NFLOG|ULOG|MARK|CONNMARK|TRACE|AUDIT|SET|TCPMSS|CT|NOTRACK)$/;

/** The rule that decides; undefined where none does. What may drop is passed over: the packet fares no better. */
function decide(
  filter: PacketFilter,
  chain: FilterChain,
  packet: Packet,
  depth: number,
): FilterRule | 'unclear' | undefined {
  for (const rule of chain.rules) {
    const likeness = likenessOf(rule, packet);
    const { target } = rule;
    if (likeness === 'no' || target === undefined || GOES_ON.test(target)) continue;
    if (target === 'DROP' || target === 'REJECT') {
      if (likeness === 'yes') return rule;
      continue;
    }
    if (ENDS.has(target)) return likeness === 'yes' ? rule : 'unclear';
    if (target === 'RETURN') return likeness === 'yes' ? undefined : 'unclear';
    const next = filter.get(target);
    if (next === undefined || depth >= DEEPEST || !next.isWhole) return 'unclear';
    const inner = decide(filter, next, packet, depth + 1);
    if (inner === 'unclear' || (inner !== undefined && likeness === 'maybe' && inner.target === 'ACCEPT'))
      return 'unclear';
    if (inner !== undefined && likeness === 'yes') return inner;
  }
  return undefined;
}

/** Whether a rule takes a packet. */
export function likenessOf(rule: FilterRule, packet: Packet): Likeness {
  let all: Likeness = rule.conditional ? 'maybe' : 'yes';
  for (const condition of rule.conditions) {
    const one = matches(condition, packet);
    if (one === 'no') return 'no';
    if (one === 'maybe') all = 'maybe';
  }
  return all;
}

/** Whether a packet meets one condition of a rule. */
export function matches({ option, value, negated }: Condition, packet: Packet): Likeness {
  if (option === 'other' || value === undefined || value.unknown) return 'maybe';
  const plain = MATCHES[option](value.text, packet);
  if (plain === undefined) return 'maybe';
  return plain !== negated ? 'yes' : 'no';
}

/** Whether a packet meets a condition; undefined where that is not known. */
const MATCHES: Readonly<
  Record<Exclude<Condition['option'], 'other'>, (text: string, packet: Packet) => boolean | undefined>
> = {
  protocol: (text, { protocol }) => protocolMatches(text, protocol),
  source: (text, { source }) => addressMatches(text, source),
  destination: (text, { destination }) => addressMatches(text, destination),
  input: (text, { input }) => deviceMatches(text, input),
  output: (text, { output }) => deviceMatches(text, output),
  sport: (text, { sport }) => portMatches(text, sport),
  dport: (text, { dport }) => portMatches(text, dport),
  state: (text, { state }) => text.toUpperCase().split(',').includes(state),
};

/** /etc/protocols, as far as clusters use them. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  icmp: '1',
  igmp: '2',
  ipip: '4',
  ipv4: '4',
  ipencap: '4',
  tcp: '6',
  udp: '17',
  gre: '47',
  esp: '50',
  ah: '51',
  icmpv6: '58',
  'ipv6-icmp': '58',
  vrrp: '112',
  carp: '112',
  sctp: '132',
  all: '0',
};

function protocolMatches(text: string, protocol: string): boolean | undefined {
  const number = (name: string) => PROTOCOLS[name.toLowerCase()] ?? name;
  const wanted = number(text);
  if (!/^\d+$/.test(wanted)) return undefined;
  return wanted === '0' || wanted === number(protocol);
}

function addressMatches(text: string, address: string | undefined): boolean | undefined {
  if (address === undefined) return /^[\d.:]+\/0(?:\.0\.0\.0)?$/.test(text) ? true : undefined;
  const verdicts = text.split(',').map((part) => {
    const [network = '', length] = part.split('/', 2);
    const key = addressKey(network);
    const whole = address.includes(':') ? 128 : 32;
    const prefix = length === undefined ? whole : prefixOf(length);
    if (key === undefined || prefix === undefined) return undefined;
    return inPrefix(address, key, prefix);
  });
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

/** `24` or `255.255.255.0`. */
function prefixOf(length: string): number | undefined {
  if (/^\d{1,3}$/.test(length)) return Number(length);
  const bits = addressKey(length)
    ?.split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return bits !== undefined && /^1*0*$/.test(bits) ? bits.replace(/0+$/, '').length : undefined;
}

function deviceMatches(text: string, device: string | undefined): boolean | undefined {
  if (text === '+') return true;
  if (device === undefined) return text === 'lo' ? false : undefined;
  return text.endsWith('+') ? device.startsWith(text.slice(0, -1)) : text === device;
}

function portMatches(text: string, port: number | undefined): boolean | undefined {
  if (port === undefined) return undefined;
  const verdicts = text.split(',').map((part) => {
    const [low = '', high = low] = part.split(/[:-]/, 2);
    if (!/^\d*$/.test(low) || !/^\d*$/.test(high)) return undefined;
    return Number(low || 0) <= port && port <= Number(high || 65_535);
  });
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}
