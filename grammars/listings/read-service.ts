import type { Source } from '../../src/evidence/source.ts';
import { readAddress, readMark, readNumber } from './cells.ts';
import { type Cell, cell, type ListedService, Span } from './row.ts';

type Balancing = Pick<
  ListedService,
  'scheduler' | 'schedulerFlags' | 'persistence' | 'netmask' | 'persistenceEngine' | 'onePacket'
>;
type Identity = Pick<ListedService, 'protocol' | 'family' | 'address' | 'mark'>;

/** Says of one column that it cannot be read. */
export type Complain = (span: Span, what: string) => undefined;

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const;

/** `TCP ADDRESS:PORT` or `FWM MARK [IPv6]`; gives the columns behind it too. */
export function readIdentity(
  spans: readonly Span[],
  complain: Complain,
): { readonly identity: Identity; readonly rest: readonly Span[] } | undefined {
  const [first, second, third] = spans;
  if (first === undefined) return undefined;
  if (second === undefined) return complain(first, 'it names no service');
  const protocol = PROTOCOLS.find((name) => name === first.text);
  if (protocol !== undefined) {
    const address = readAddress(second) ?? complain(second, 'it is no ADDRESS:PORT');
    if (address === undefined) return undefined;
    return { identity: { protocol, family: address.family, address }, rest: spans.slice(2) };
  }
  const mark = readMark(second) ?? complain(second, 'it is no firewall mark');
  if (mark === undefined) return undefined;
  const isIpv6 = third?.text === 'IPv6';
  return { identity: { protocol, family: isIpv6 ? 6 : 4, mark }, rest: spans.slice(isIpv6 ? 3 : 2) };
}

/** `SCHEDULER [(FLAG,…)] [persistent SECONDS [mask MASK]] [pe NAME] [ops]` (ipvsadm.c, print_service_entry). */
export function readBalancing(spans: readonly Span[], complain: Complain): Balancing {
  const [scheduler, ...words] = spans;
  const found: { -readonly [K in keyof Balancing]: Balancing[K] } = { schedulerFlags: [] };
  if (scheduler !== undefined) found.scheduler = cell(scheduler, scheduler.text);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Span;
    const next = words[at + 1];
    if (/^\(.*\)$/.test(word.text)) found.schedulerFlags = readFlags(word);
    else if (word.text === 'ops') found.onePacket = cell(word, true);
    else if (next !== undefined && readPair(found, word.text, next, complain)) at++;
    else complain(word, 'ipvsadm 1.31 prints no such word behind a scheduler');
  }
  return found;
}

function readPair(
  found: { -readonly [K in keyof Balancing]: Balancing[K] },
  name: string,
  value: Span,
  complain: Complain,
): boolean {
  if (name === 'persistent') {
    const seconds = readNumber(value, 2 ** 32) ?? complain(value, 'it is no number of seconds');
    if (seconds !== undefined) found.persistence = seconds;
  } else if (name === 'mask') found.netmask = cell(value, value.text);
  else if (name === 'pe') found.persistenceEngine = cell(value, value.text);
  else return false;
  return true;
}

/** `()` where a flag is set that has no name. */
function readFlags({ source, range, text }: Span): readonly Cell<string>[] {
  let start = range.start + 1;
  return text
    .slice(1, -1)
    .split(',')
    .flatMap((flag) => {
      const span = new Span(source, start, start + flag.length);
      start += flag.length + 1;
      return flag === '' ? [] : [cell(span, flag)];
    });
}

/** Between the parentheses of a sync daemon: `NAME=VALUE, …`, cut as they stand in the text. */
export function readPairs(source: Source, start: number, text: string): ReadonlyMap<string, Cell<string>> {
  const pairs = new Map<string, Cell<string>>();
  for (const match of text.matchAll(/([a-z]{1,20})=([^,]*)/g)) {
    const [whole, name = '', value = ''] = match;
    const end = start + match.index + whole.length;
    pairs.set(name, cell(new Span(source, end - value.length, end), value));
  }
  return pairs;
}
