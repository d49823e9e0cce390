import type { Tree } from '../../grammars/tree.ts';

/** Directories of settings, the strongest first (sysctl(8) "SYSTEM FILE PRECEDENCE", sysctl.d(5)). */
const DIRECTORIES = ['etc', 'run', 'usr/local/lib', 'usr/lib', 'lib'];
const PLACE = /(?:^|\/)(?:(usr\/local\/lib|usr\/lib|etc|run|lib)\/)?sysctl\.d\/([^/]+)$/;

/** The name under which distributions link sysctl.conf into sysctl.d; a link is one file with what it points at. */
const LINKED = '99-sysctl.conf';

/** The files of one host in the order in which they are applied, and those that nothing ever reads. */
export interface SysctlOrder<T extends Tree> {
  /** By `sysctl --system`. */
  readonly applied: readonly T[];
  /** By `sysctl --system` where 99-sysctl.conf is a link to sysctl.conf: it is read there, and again at the end. */
  readonly linked: readonly T[];
  /** By systemd-sysctl at boot. */
  readonly atBoot: readonly T[];
  readonly unread: readonly T[];
}

/**
 * Puts files in the order of `sysctl --system`: of files with one name the strongest directory's counts, then by name
 * whatever the directory, and sysctl.conf last. systemd-sysctl orders sysctl.d the same way, passes over hidden files
 * and reads sysctl.conf only through the link: a sysctl.conf that somebody hands over is meant to count, so it does.
 */
export function sysctlOrder<T extends Tree>(trees: readonly T[]): SysctlOrder<T> {
  const files = trees.map((tree) => ({ tree, ...fileOf(tree.source.name) }));
  const strongest = new Map<string, number>();
  for (const { name, rank, last } of files) {
    if (!last) strongest.set(name, Math.min(rank, strongest.get(name) ?? rank));
  }
  const read = files.filter((file) => file.last || (!file.unread && strongest.get(file.name) === file.rank));
  read.sort((a, b) => Number(a.last) - Number(b.last) || compare(a.name, b.name));
  const main = read.filter(({ last }) => last);
  const links = read.some(({ name }) => name === LINKED)
    ? []
    : main.map((file) => ({ ...file, name: LINKED }));
  const folder = read.filter(({ last }) => !last);
  const linked = [...folder, ...links].sort((a, b) => compare(a.name, b.name));
  return {
    applied: read.map((file) => file.tree),
    linked: [...linked, ...main].map((file) => file.tree),
    atBoot: linked.filter(({ name }) => !name.startsWith('.')).map((file) => file.tree),
    unread: files.filter((file) => file.unread).map((file) => file.tree),
  };
}

interface PlacedFile {
  readonly name: string;
  readonly rank: number;
  readonly last: boolean;
  readonly unread: boolean;
}

/** A file outside the known directories is taken for one of /etc/sysctl.d, where it would be put. */
function fileOf(path: string): PlacedFile {
  const plain = path.replaceAll('\\', '/');
  const [, directory = 'etc', name] = PLACE.exec(plain) ?? [];
  if (name !== undefined) {
    const rank = DIRECTORIES.indexOf(directory);
    return { name, rank, last: false, unread: !name.endsWith('.conf') };
  }
  const base = plain.slice(plain.lastIndexOf('/') + 1);
  return { name: base, rank: 0, last: base === 'sysctl.conf', unread: false };
}

/** By code unit, as strcmp(3) would: upper case before lower case, whatever the locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
