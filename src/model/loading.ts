import { globMatches, isGlob } from '../../grammars/sysctl/read.ts';
import { confPath } from './conf-keys.ts';
import type { Loading, SettingLine } from './kernel.ts';
import { twinOf } from './kernel-settings.ts';
import { remembered } from './memory.ts';

interface Index {
  /** Keys that a file names, with their spellings: no pattern writes them, whatever the line makes of them (sysctl.d(5)). */
  readonly named: ReadonlyMap<string, readonly string[]>;
  /** Where the last line of a key stands. */
  readonly last: ReadonlyMap<string, number>;
  readonly patterns: readonly number[];
  readonly aboutConf: Map<string, readonly SettingLine[]>;
}

const indexOf = remembered(({ lines }: Loading): Index => {
  const named = new Map<string, string[]>();
  const last = new Map<string, number>();
  const patterns: number[] = [];
  for (const [at, { setting, state, spelling }] of lines.entries()) {
    const { key, by } = setting;
    if (isGlob(key)) patterns.push(at);
    else if (by === 'file') named.set(key, [...new Set(named.get(key)).add(spelling)]);
    if (!isGlob(key) && state !== 'excluded') last.set(key, at);
  }
  return { named, last, patterns, aboutConf: new Map() };
});

/** Whether a line writes a path. A command's pattern takes effect when it runs, a file's leaves named keys alone. */
export function writes(loading: Loading, line: SettingLine, path: string): boolean {
  const { key, by } = line.setting;
  if (line.state === 'excluded') return false;
  if (!isGlob(key)) return key === path;
  return globMatches(key, path) && !(by === 'file' && isNamed(loading, line, path));
}

/** systemd-sysctl compares paths, sysctl what it makes of a spelling: `/net/*` does not see that `net/x` is named. */
function isNamed(loading: Loading, pattern: SettingLine, path: string): boolean {
  const spellings = indexOf(loading).named.get(path);
  if (spellings === undefined || loading.program === 'systemd-sysctl') return spellings !== undefined;
  return spellings.some((spelling) => globMatches(pattern.spelling, spelling));
}

/** The line that writes a plain key last, under either of its names. */
export function lastLine(loading: Loading, path: string): SettingLine | undefined {
  const { last, patterns } = indexOf(loading);
  const twin = twinOf(path);
  const paths = twin === undefined ? [path] : [path, twin];
  const { lines } = loading;
  const pattern = patterns.findLast((at) => paths.some((one) => writesAt(loading, at, one))) ?? -1;
  return lines[Math.max(pattern, ...paths.map((one) => last.get(one) ?? -1))];
}

function writesAt(loading: Loading, at: number, path: string): boolean {
  const line = loading.lines[at];
  return line !== undefined && writes(loading, line, path);
}

/** The lines that take part in a key of net.ipv4.conf, in their order; those of forwarding belong to each of them. */
export function linesAboutConf(loading: Loading, name: string): readonly SettingLine[] {
  const { aboutConf } = indexOf(loading);
  const known = aboutConf.get(name);
  if (known !== undefined) return known;
  const wanted = new Set([name, 'forwarding', 'ip_forward']);
  const found = loading.lines.filter(({ setting: { key } }) => {
    const end = key.slice(key.lastIndexOf('/') + 1);
    return isGlob(end) ? [...wanted].some((one) => globMatches(end, one)) : wanted.has(end);
  });
  aboutConf.set(name, found);
  return found;
}

/** One variable with two names. */
export const FORWARD_ALL = ['net/ipv4/ip_forward', confPath('forwarding', 'all')] as const;
