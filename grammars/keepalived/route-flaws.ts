import { type Flaw, malformed, shown } from './flaw.ts';
import { addressFamily, readInteger } from './values.ts';

/*
 * Options of routes and rules, as keepalived reads them (vrrp/vrrp_iproute.c, vrrp_iprule.c): what each takes.
 * `lock` may stand in front of a `?lock` value. A word that is no option is taken for the destination.
 */
const ROUTE_OPTIONS = table(`
src ip|as to?ip|via family?ip|gw ip|or ip|from cidr|to cidr|tos byte|dsfield byte|table word|protocol word
scope word|metric u32|priority u32|preference u32|dev word|oif word|vrf word|onlink|encap rest|expires u32
mtu lock?u32|hoplimit byte|advmss lock?u32|rtt lock?time|rttvar lock?time|reordering lock?u32|window lock?u32
cwnd lock?u32|ssthresh lock?u32|realms word|rto_min lock?time|initcwnd lock?u32|initrwnd lock?u32|features word
quickack bit|congctl lock?word|pref word|ttl-propagate word|fastopen_no_cookie bit|add|prepend|append
nexthop rest|no_track|track_group word|inet word|inet6 word`);

const RULE_OPTIONS = table(`
not|from cidr|to cidr|table word|lookup word|preference u32|order u32|priority u32|tos byte|dsfield byte
fwmark mark|realms word|suppress_prefixlength byte|sup_pl byte|suppress_ifgroup word|sup_group word|dev word
iif word|oif word|tunnel-id u32|uidrange range|l3mdev|protocol word|ipproto word|sport range|dport range
type type|goto u32|nop|blackhole|prohibit|unreachable|no_track|track_group word|inet word|inet6 word`);

const ROUTE_TYPES = new Set(
  'unicast local broadcast brd anycast multicast nat throw unreachable prohibit blackhole xresolve'.split(
    ' ',
  ),
);
const ACTIONS = new Set('table lookup goto nop blackhole prohibit unreachable l3mdev type'.split(' '));
const PREFERENCES = ['preference', 'order', 'priority'];
const ANYWHERE = new Set(['default', 'any', 'all', 'default6']);
const NONE: readonly Flaw[] = [];

function table(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .trim()
      .split(/[|\n]/)
      .map((entry) => entry.split(' ') as [string, string?])
      .map(([name, value = '']) => [name, value]),
  );
}

/** The first flaw of a route line; with one, keepalived drops the route. */
export function routeFlaws(words: readonly string[], fixed: boolean): readonly Flaw[] {
  let destination = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (at === 0 && ROUTE_TYPES.has(word)) continue;
    const takes = word === 'track_group' && !fixed ? undefined : ROUTE_OPTIONS.get(word);
    if (takes === undefined) {
      if (!ANYWHERE.has(word) && !isCidr(word))
        return [dropped('route', at, `${shown(word)} is no option of a route and no destination`)];
      if (word === 'default6')
        return [
          malformed(at, "'default6' is outdated", 'Write default, with an IPv6 gateway behind via.', 'info'),
        ];
      destination = true;
      continue;
    }
    if (word === 'to') destination = true;
    if (word === 'gw' || word === 'or')
      return [
        malformed(
          at,
          `'${word}' is outdated for routes`,
          `Write ${word === 'gw' ? 'via' : 'nexthop via'}.`,
          'info',
        ),
      ];
    if (takes === 'rest') return NONE;
    if (takes === '') continue;
    const [prefix, kind = ''] = takes.includes('?') ? takes.split('?') : ['', takes];
    const next = words[at + 1];
    if (prefix !== '' && (next === prefix || (prefix === 'family' && (next === 'inet' || next === 'inet6'))))
      at++;
    const flaw = optionFlaw('route', word, kind, words[++at], at);
    if (flaw !== undefined) return [flaw];
  }
  return destination ? NONE : [dropped('route', 0, 'the route has no destination')];
}

/** The first flaw of a rule line. */
export function ruleFlaws(words: readonly string[], fixed: boolean): readonly Flaw[] {
  let actions = 0;
  let preference = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const takes = word === 'track_group' && !fixed ? undefined : RULE_OPTIONS.get(word);
    if (takes === undefined)
      return [
        dropped(
          'rule',
          at,
          `${shown(word)} is no option of a rule`,
          word === 'pref' ? 'Write preference.' : word === 'ip_proto' ? 'Write ipproto.' : undefined,
        ),
      ];
    if (ACTIONS.has(word)) actions++;
    if (PREFERENCES.includes(word)) preference = true;
    if (takes === '') continue;
    const flaw = optionFlaw('rule', word, takes, words[++at], at);
    if (flaw !== undefined) return [flaw];
  }
  if (actions === 0)
    return [
      dropped('rule', 0, 'the rule says nothing to do: it names no table, goto, blackhole or the like'),
    ];
  if (actions > 1) return [dropped('rule', 0, 'the rule names more than one thing to do')];
  return preference
    ? NONE
    : [malformed(0, 'the rule has no preference, so keepalived numbers it from 16384 up', undefined, 'info')];
}

function dropped(what: 'route' | 'rule', at: number, problem: string, remedy?: string): Flaw {
  return malformed(at, `${problem}, so keepalived drops the ${what}`, remedy, 'error');
}

function optionFlaw(
  what: 'route' | 'rule',
  option: string,
  kind: string,
  value: string | undefined,
  at: number,
): Flaw | undefined {
  if (value === undefined)
    return malformed(
      at - 1,
      `'${option}' has nothing behind it: keepalived stops reading here and does not start`,
      undefined,
      'error',
    );
  if (option === 'protocol' && value !== 'keepalived' && value !== '18')
    return malformed(
      at,
      `keepalived tracks only what carries its own protocol, so it resets '${value}'`,
      'Write no_track, or leave the protocol out.',
    );
  if (fits(kind, value)) return undefined;
  const hint =
    kind === 'range' && readInteger(value, 0, 4_294_967_295) !== undefined
      ? `Write ${value}-${value}.`
      : undefined;
  return dropped(what, at, `${shown(value)} does not fit behind ${option}`, hint);
}

function fits(kind: string, value: string): boolean {
  switch (kind) {
    case 'ip':
      return addressFamily(value) !== undefined;
    case 'cidr':
      return ANYWHERE.has(value) || isCidr(value);
    case 'u32':
      return readInteger(value, 0, 4_294_967_295) !== undefined;
    case 'byte':
      return /^0x[\da-f]{1,2}$/i.test(value) || readInteger(value, 0, 255) !== undefined;
    case 'bit':
      return value === '0' || value === '1';
    case 'time':
      return /^\d+(?:\.\d+)?(?:s|ms)?$/.test(value.slice(0, 40));
    case 'mark':
      return /^(?:0x[\da-f]{1,8}|\d{1,10})(?:\/(?:0x[\da-f]{1,8}|\d{1,10}))?$/i.test(value);
    case 'range':
      return /^\d{1,10}-\d{1,10}$/.test(value);
    case 'type':
      return ROUTE_TYPES.has(value);
    default:
      return true;
  }
}

function isCidr(text: string): boolean {
  const slash = text.indexOf('/');
  const family = addressFamily(slash === -1 ? text : text.slice(0, slash));
  return (
    family !== undefined &&
    (slash === -1 || readInteger(text.slice(slash + 1), 0, family === 6 ? 128 : 32) !== undefined)
  );
}
