import type { Source } from '../../src/evidence/source.ts';
import { portNamed } from '../ipvsadm/service-ports.ts';
import type { Line } from './parser.ts';
import { type Amount, type Cell, cell, type ListedAddress, type ListedTunnel, Span } from './row.ts';

/** The columns of a line, split at blanks: a long address pushes those behind it to the right. */
export function spansOf(source: Source, { start, text }: Line): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < text.length; ) {
    const from = at;
    while (at < text.length && !isBlank(text.charCodeAt(at))) at++;
    if (at > from) spans.push(new Span(source, start + from, start + at));
    while (at < text.length && isBlank(text.charCodeAt(at))) at++;
  }
  return spans;
}

/** A line without the blanks that the program pads it with. */
export function wholeOf(source: Source, { start, text }: Line): Span {
  let from = 0;
  let to = text.length;
  while (to > 0 && isBlank(text.charCodeAt(to - 1))) to--;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  return new Span(source, start + from, start + to);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13;
}

const STEPS: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** ipvsadm.c, print_largenum: above 99999999 digits are cut off, never rounded, unless --exact asks for all. */
export function readAmount(span: Span): Amount | undefined {
  const [, digits, letter = ''] = /^(\d{1,20})([KMGT]?)$/.exec(span.text) ?? [];
  const step = STEPS[letter];
  return digits === undefined || step === undefined ? undefined : cell(span, Number(digits) * step, { step });
}

export function readNumber(span: Span, most = Number.MAX_SAFE_INTEGER): Cell<number> | undefined {
  const value = /^\d{1,16}$/.test(span.text) ? Number(span.text) : undefined;
  return value === undefined || value > most ? undefined : cell(span, value);
}

/** `MM:SS`; the minutes may have more digits. */
export function readExpiry(span: Span): Cell<number> | undefined {
  const [, minutes, seconds] = /^(\d{1,12}):([0-5]\d)$/.exec(span.text) ?? [];
  return minutes === undefined ? undefined : cell(span, Number(minutes) * 60 + Number(seconds));
}

/** The mark of a service: `%d` makes those above 2147483647 negative. */
export function readMark(span: Span): Cell<number> | undefined {
  const value = /^-?\d{1,10}$/.test(span.text) ? Number(span.text) : undefined;
  if (value === undefined || value < -(2 ** 31) || value >= 2 ** 32) return undefined;
  return cell(span, value < 0 ? value + 2 ** 32 : value);
}

const KEPT = 28;

/** Undefined where there is no port although nothing is cut off. */
export function readAddress(span: Span): ListedAddress | undefined {
  const { text } = span;
  const isIpv6 = text.startsWith('[');
  const colon = text.lastIndexOf(':');
  const hostEnd = isIpv6 ? text.lastIndexOf(']') : colon;
  const cut = !isIpv6 && text.length >= KEPT;
  if (!cut && (colon < 1 || (isIpv6 && hostEnd !== colon - 1))) return undefined;
  const host = colon === -1 ? undefined : text.slice(isIpv6 ? 1 : 0, hostEnd);
  const port = cut ? undefined : readPort(text.slice(colon + 1));
  if (host === '' || port === null) return undefined;
  return Object.assign(new Span(span.source, span.range.start, span.range.end), {
    family: isIpv6 ? (6 as const) : (4 as const),
    host,
    port,
    cut,
  });
}

/** Null for what is neither a port nor the name of one. */
function readPort(text: string): number | undefined | null {
  if (/^\d+$/.test(text)) return text.length <= 5 && Number(text) <= 65_535 ? Number(text) : null;
  return /^[a-z][\w.+*/-]*$/i.test(text) ? portNamed(text) : null;
}

const CHECKSUMS = { '-c': 'tun-nocsum', '+c': 'tun-csum', 'r+c': 'tun-remcsum' } as const;

/** `ipip`, `gre:-c`, `gue:6080:+c`; undefined for anything else, also for `n/a`. */
export function readTunnel(span: Span): ListedTunnel | undefined {
  const [, name, port, checksum] = /^(ipip|gre|gue)(?::(\d{1,5}))?(?::(-c|\+c|r\+c))?$/.exec(span.text) ?? [];
  if (name !== 'ipip' && name !== 'gre' && name !== 'gue') return undefined;
  return cell(span, name, {
    ...(port !== undefined && { port: Number(port) }),
    ...(checksum !== undefined && { checksum: CHECKSUMS[checksum as keyof typeof CHECKSUMS] }),
  });
}
