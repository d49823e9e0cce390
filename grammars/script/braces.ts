import { constructEnd } from './quoting.ts';

/** More words than this do not come from one. */
const MOST = 1000;
const LONGEST = 1000;

/** `a{1,2}b` and `{1..3}`, as bash takes them before anything else; undefined for a word without. */
export function braceWords(raw: string): string[] | undefined {
  const group = raw.length > LONGEST ? undefined : firstGroup(raw);
  if (group === undefined) return undefined;
  const head = raw.slice(0, group.start);
  const rest = raw.slice(group.end);
  const tails = braceWords(rest) ?? [rest];
  if (group.parts.length * tails.length > MOST) return undefined;
  return group.parts.flatMap((part) => tails.map((tail) => head + part + tail));
}

/** The first `{…}` outside of quotes and variables that is a list or a range of plain text. */
function firstGroup(raw: string): { start: number; end: number; parts: string[] } | undefined {
  for (let at = 0; at < raw.length; at++) {
    const sign = raw[at] as string;
    if (sign === '\\') at++;
    else if (/['"`$]/.test(sign)) at = Math.max(at, constructEnd(raw, at, raw.length) - 1);
    else if (sign === '{') {
      const [whole, inner = ''] = /^\{([^'"`\\${}\s]{1,500})\}/.exec(raw.slice(at, at + 502)) ?? [];
      const parts = whole === undefined ? undefined : partsOf(inner);
      if (whole !== undefined && parts !== undefined) return { start: at, end: at + whole.length, parts };
    }
  }
  return undefined;
}

function partsOf(inner: string): string[] | undefined {
  const [, from, to] = /^(\d{1,5})\.\.(\d{1,5})$/.exec(inner) ?? [];
  if (from === undefined || to === undefined) return inner.includes(',') ? inner.split(',') : undefined;
  const length = Number(to) - Number(from) + 1;
  if (length < 1 || length > MOST) return undefined;
  return Array.from({ length }, (_, step) => String(Number(from) + step));
}
