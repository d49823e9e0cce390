import { dirname, isAbsolute, join } from 'node:path';
import type { Inclusion, Origin, Source } from '../evidence/source.ts';
import { decode } from './decode.ts';
import { type Disk, isTrouble } from './files.ts';

/** Circles end in keepalived when it runs out of open files; no honest configuration comes near these. */
const MAX_DEPTH = 32;
const MAX_INCLUDED = 200_000;
const MAX_ALTERNATIVES = 1000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Lines that matter here: an include (also behind `@id`) with its path, or a definition with its value. */
const LINES =
  /^[ \t]*(?:@\^?[^\s{}#!"]+[ \t]+)?(?:include[rmwba]?[ \t]+(\S[^\n]*)|\$([A-Za-z_]\w*)=([^\n]*))$/gm;

type Text = Omit<Source, 'includes'>;

/** A source with all that it includes, and how many files that is when each is read as often as it is included. */
interface Whole {
  readonly source: Source;
  readonly size: number;
}

/** Where a pattern is looked for on this disk. */
interface Search {
  readonly folder: string;
  readonly pattern: string;
}

/** Follows the include lines of one keepalived.conf and of what it includes. */
export class IncludeReader {
  /** The real paths of everything included so far: these are not main files. */
  readonly included = new Set<string>();
  private readonly disk: Disk;
  private readonly definitions = new Map<string, string>();
  private readonly known = new Map<string, Whole>();
  private readonly open: string[] = [];

  constructor(disk: Disk) {
    this.disk = disk;
  }

  /** The text with what each include pattern led to, by pattern as the grammar asks: definitions put in. */
  async follow(text: Text, path: string): Promise<Source> {
    return (await this.whole(text, path)).source;
  }

  private async whole(text: Text, path: string): Promise<Whole> {
    const includes = new Map<string, Inclusion>();
    let size = 1;
    if (text.text.includes('include')) {
      this.open.push(this.disk.real(path));
      for (const [, include, name, value] of text.text.matchAll(LINES)) {
        this.definitions.set('_PWD', text.name.replace(/\/[^/]*$/, ''));
        if (name !== undefined) this.definitions.set(name, withoutComment(value ?? ''));
        if (include === undefined) continue;
        const written = withoutComment(include);
        const pattern = this.substitute(written);
        const inclusion = includes.get(pattern) ?? (await this.resolve(pattern, written, text, path));
        for (const source of inclusion.sources) size += this.known.get(source.origin.path)?.size ?? 1;
        includes.set(pattern, size > MAX_INCLUDED ? { sources: [], why: TOO_MANY } : inclusion);
        size = Math.min(size, MAX_INCLUDED);
      }
      this.open.pop();
    }
    return { source: { ...text, includes }, size };
  }

  private async resolve(pattern: string, written: string, from: Text, path: string): Promise<Inclusion> {
    if (pattern.includes('"')) return { sources: [], why: 'the quotes are taken as part of the name' };
    if (this.open.length > MAX_DEPTH) return { sources: [], why: TOO_MANY };
    const wanted = this.substitute(written.replace(/^\$(?:\{_PWD\}|_PWD\b)\/?/, ''));
    const search = isAbsolute(wanted)
      ? this.onThisDisk(wanted, path)
      : { folder: dirname(path), pattern: wanted };
    if (search === undefined)
      return { sources: [], why: `nothing here stands for ${wanted}`, elsewhere: true };
    const sources: Source[] = [];
    const problems: { readonly file: string; readonly why: string }[] = [];
    let isSeen = true;
    for (const alternative of alternatives(search.pattern)) {
      const wild = /[*?[]/.test(alternative);
      if (this.disk.sees?.(alternative, search.folder) === false) {
        isSeen = false;
        if (wild) problems.push({ file: alternative, why: 'nobody looked' });
      }
      const files = wild
        ? await this.disk.match(alternative, search.folder)
        : [join(search.folder, alternative)];
      if (files.length === 0) problems.push({ file: alternative, why: 'no file matches' });
      for (const file of files) {
        const answer = await this.read(file, from, path);
        if (typeof answer !== 'string') sources.push(answer);
        else problems.push({ file: this.nameOf(file, from, path), why: answer });
      }
    }
    if (problems.length === 0) return { sources };
    if (!isSeen) return { sources, why: `nobody looked for ${wanted} on the host`, elsewhere: true };
    const only = sources.length === 0 && problems.length === 1 ? problems[0]?.why : undefined;
    return { sources, why: only ?? problems.map(({ file, why }) => `${file}: ${why}`).join(', ') };
  }

  private async read(file: string, from: Text, path: string): Promise<Source | string> {
    const real = this.disk.real(file);
    if (this.open.includes(real)) return 'files include each other in a circle';
    const known = this.known.get(file);
    if (known !== undefined) return known.source;
    const entry = this.disk.look(file);
    if (isTrouble(entry)) return entry.why;
    if (entry.kind === 'folder') return 'it is a folder, and keepalived skips folders';
    if (entry.kind !== 'file') return `it is a ${entry.kind}, not a file`;
    this.included.add(real);
    if (entry.executable) return 'it is executable, and keepalived skips executable files';
    if (entry.size > MAX_BYTES) return 'it is larger than 64 MB';
    const bytes = this.disk.read(file, Number.POSITIVE_INFINITY);
    if (isTrouble(bytes)) return bytes.why;
    const decoded = decode(bytes);
    if ('why' in decoded) return decoded.why;
    const name = this.nameOf(file, from, path);
    // What a rendering includes is a file like any other.
    const { rendering, ...includer } = from;
    const origin: Origin = { kind: rendering === undefined ? from.origin.kind : 'file', path: file };
    const text: Text = { ...includer, name, text: decoded.text, origin };
    const whole = await this.whole(text, file);
    this.known.set(file, whole);
    return whole.source;
  }

  /** Of a host's own disk every file is named the same way. */
  private nameOf(file: string, from: Text, path: string): string {
    return this.disk.sees === undefined ? nameBeside(from.name, path, file) : `${from.host}${file}`;
  }

  /**
   * Where an absolute path of the host is found here: below the folder that holds the host's `etc/keepalived`, else
   * beside the file that stands for `/etc/keepalived/keepalived.conf`. Undefined: nobody knows what the host has there.
   */
  private onThisDisk(pattern: string, path: string): Search | undefined {
    if (this.disk.sees !== undefined) return { folder: '/', pattern: pattern.replace(/^\/+/, '') };
    const etc = path.lastIndexOf('/etc/keepalived/');
    if (etc !== -1) {
      const search = { folder: path.slice(0, etc) || '/', pattern: pattern.replace(/^\/+/, '') };
      return etc === 0 || this.isThere(search) ? search : undefined;
    }
    if (!pattern.startsWith('/etc/keepalived/')) return undefined;
    const search = { folder: dirname(path), pattern: pattern.slice('/etc/keepalived/'.length) };
    return this.isThere(search) ? search : undefined;
  }

  /** True where the folder of a pattern, as far as it has no wildcards, exists, and so does a file without wildcards. */
  private isThere({ folder, pattern }: Search): boolean {
    const fixed = /[*?[{]/.test(pattern) ? pattern.replace(/\/?[^/]*[*?[{].*$/s, '') : pattern;
    return fixed === '' || !isTrouble(this.disk.look(join(folder, fixed)));
  }

  private substitute(text: string): string {
    return text.replace(
      /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g,
      (whole, braced?: string, bare?: string) => this.definitions.get(braced ?? bare ?? '') ?? whole,
    );
  }
}

const TOO_MANY = 'too many files include each other';

/** `a/{b,c}.conf` → `a/b.conf`, `a/c.conf`; braces may nest, and absurd lists are cut short. */
export function alternatives(pattern: string): string[] {
  const done: string[] = [];
  const open = [pattern];
  while (open.length > 0 && done.length + open.length <= MAX_ALTERNATIVES) {
    const next = open.shift() ?? '';
    const list = /\{([^{}]*)\}/.exec(next);
    if (list === null) done.push(next);
    else
      for (const choice of (list[1] ?? '').split(','))
        open.push(next.slice(0, list.index) + choice + next.slice(list.index + list[0].length));
  }
  return [...new Set([...done, ...open])].slice(0, MAX_ALTERNATIVES);
}

/** The name of a file as its includer's name would write it. */
function nameBeside(name: string, path: string, file: string): string {
  const here = `${dirname(path)}/`;
  if (!file.startsWith(here)) return file;
  const folder = dirname(name);
  return folder === '.' ? file.slice(here.length) : join(folder, file.slice(here.length));
}

/** The text before the first `#` or `!`: quotes do not protect in a path. */
function withoutComment(text: string): string {
  return text.replace(/[#!].*$/s, '').trim();
}
