const SWAPPED: Readonly<Record<string, string>> = { '.': '/', '/': '.' };

/** The longest path that is matched against a pattern; no name in /proc/sys comes near. */
const LONGEST = 512;

/**
 * The path below /proc/sys that a key means: one spelling for every notation. The first separator decides: behind a
 * dot, dots and slashes change places; behind a slash, the key is a path already (sysctl.d(5), "Configuration format").
 */
export function sysctlPath(key: string): string {
  return sysctlSpelling(key)
    .replace(/\/{2,}/g, '/')
    .replace(/^\//, '')
    .replace(/^proc\/sys\//, '');
}

/** The path as it is spelt, with a slash too many where there is one: sysctl takes it for another name of the file. */
export function sysctlSpelling(key: string): string {
  return /[./]/.exec(key)?.[0] === '.' ? swapped(key) : key;
}

/** A path as `sysctl` prints it: `net/ipv4/conf/eth0.100/rp_filter` is `net.ipv4.conf.eth0/100.rp_filter`. */
export function sysctlName(path: string): string {
  return swapped(path);
}

/** Whether a key is a glob(7) pattern, as both sysctl and systemd-sysctl tell. */
export function isGlob(key: string): boolean {
  return /[*?[]/.test(key);
}

/** Whether a path matches a pattern as glob(7) does: segment by segment, `*` never across a slash. */
export function globMatches(pattern: string, path: string): boolean {
  if (pattern.length > LONGEST || path.length > LONGEST) return false;
  const patterns = pattern.split('/');
  const segments = path.split('/');
  return (
    patterns.length === segments.length &&
    patterns.every((part, index) => segmentMatches(part, segments[index] ?? ''))
  );
}

function swapped(text: string): string {
  return text.replace(/[./]/g, (separator) => SWAPPED[separator] ?? separator);
}

/** Goes back to the last `*` only, so the cost is at most the product of two short lengths. */
function segmentMatches(pattern: string, text: string): boolean {
  if (pattern === text) return true;
  let at = 0;
  let star: { pattern: number; text: number } | undefined;
  let read = 0;
  while (read < text.length) {
    const step = oneMatches(pattern, at, text[read] ?? '');
    if (pattern[at] === '*') {
      star = { pattern: ++at, text: read };
    } else if (step > 0) {
      at += step;
      read++;
    } else if (star !== undefined) {
      at = star.pattern;
      read = ++star.text;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

/** How many characters of the pattern stand for this one; 0 where it does not match. */
function oneMatches(pattern: string, at: number, character: string): number {
  const symbol = pattern[at];
  if (symbol === '?') return 1;
  if (symbol !== '[') return symbol === character ? 1 : 0;
  const close = pattern.indexOf(']', at + 2);
  if (close === -1) return symbol === character ? 1 : 0;
  const negated = pattern[at + 1] === '!' || pattern[at + 1] === '^';
  let found = false;
  for (let i = at + (negated ? 2 : 1); i < close; i++) {
    const low = pattern[i] ?? '';
    const isRange = pattern[i + 1] === '-' && i + 2 < close;
    const high = isRange ? (pattern[i + 2] ?? '') : low;
    if (low <= character && character <= high) found = true;
    if (isRange) i += 2;
  }
  return found === negated ? 0 : close - at + 1;
}
