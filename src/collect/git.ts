import { posix } from 'node:path';
import type { Disk } from './files.ts';
import { type Layer, layered } from './layered-disk.ts';

/** Why a change cannot be told, in words for the user. */
export class GitTrouble extends Error {}

/** Which change is meant: what is staged for the next commit, or all since a revision. */
export type Wanted = { readonly staged: true } | { readonly since: string };

/** One file of a change, by its absolute path. */
export interface GitChange {
  readonly path: string;
  /** Undefined where it is new. */
  before(): Uint8Array | undefined;
}

/** A repository before and after a change. */
export interface GitStates {
  readonly before: Disk;
  readonly after: Disk;
  /** What there is after the change and was not so before. */
  readonly changes: readonly GitChange[];
}

interface Context {
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly disk: Disk;
}

/**
 * Asks git what a change is. A hook's GIT_DIR and GIT_INDEX_FILE hold, so that `git commit FILE` and `git commit -a` show
 * what they are about to commit. Texts are fetched when somebody reads them.
 */
export async function statesOf(wanted: Wanted, { folder, env, disk }: Context): Promise<GitStates> {
  const git = await gitIn(folder, env);
  const root = git.path('rev-parse', '--show-toplevel');
  const base = baseOf(wanted, git);
  const fetch = (oid: string, path: string) => git.bytes('cat-file', '--filters', `--path=${path}`, oid);
  const absolute = (path: string) => posix.join(root, path);
  const entriesOf = (...options: readonly string[]) =>
    rawEntries(git.names('diff', '--raw', '-z', '--no-abbrev', ...SURELY, ...options, '--'));
  const untracked = git.names('ls-files', '--others', '--exclude-standard', '-z', '--full-name', '--', ':/');
  const after: Layer = new Map();
  if ('staged' in wanted) {
    // What differs between index and working tree is taken from the index.
    for (const { old, path } of entriesOf('--no-renames')) put(after, absolute(path), old, path, fetch);
    for (const path of untracked) after.set(absolute(path), undefined);
  }
  const before: Layer = new Map(after);
  const changes: GitChange[] = [];
  const entries = entriesOf('--find-renames', ...('staged' in wanted ? ['--cached'] : []), base);
  for (const { old, now, path, oldPath } of entries) {
    if (oldPath !== path) before.set(absolute(path), undefined);
    put(before, absolute(oldPath), old, oldPath, fetch);
    if (isText(now))
      changes.push({
        path: absolute(path),
        before: () => (isText(old) ? fetch(old.oid, oldPath) : undefined),
      });
  }
  if ('since' in wanted)
    for (const path of untracked) {
      before.set(absolute(path), undefined);
      changes.push({ path: absolute(path), before: () => undefined });
    }
  return { before: layered(disk, before), after: layered(disk, after), changes };
}

/** Settings of the user must not change what these print. */
const SURELY = ['--no-ext-diff', '--no-relative', '--ignore-submodules', '--no-color'];

/** One side of an entry of `git diff --raw`. */
interface Side {
  readonly mode: string;
  readonly oid: string;
}

interface RawEntry {
  readonly old: Side;
  readonly now: Side;
  readonly path: string;
  /** Another one where the file was renamed. */
  readonly oldPath: string;
}

/** `:100644 100644 OID OID R100`, the path, and of a rename the new path. */
function rawEntries(names: readonly string[]): readonly RawEntry[] {
  const entries: RawEntry[] = [];
  for (let at = 0; at < names.length; ) {
    const [oldMode = '', mode = '', oldOid = '', oid = '', status = ''] = (names[at] ?? '')
      .slice(1)
      .split(' ');
    const oldPath = names[at + 1] ?? '';
    const isMoved = /^[RC]/.test(status);
    const path = isMoved ? (names[at + 2] ?? '') : oldPath;
    at += isMoved ? 3 : 2;
    entries.push({ old: { mode: oldMode, oid: oldOid }, now: { mode, oid }, path, oldPath });
  }
  return entries;
}

const SUBMODULE = '160000';
const LINK = '120000';

function isText({ mode }: Side): boolean {
  return mode.startsWith('100');
}

/** Submodules are repositories of their own: they are left as they stand on the disk. */
function put(
  layer: Layer,
  absolute: string,
  { mode, oid }: Side,
  path: string,
  fetch: (oid: string, path: string) => Uint8Array,
): void {
  if (mode === SUBMODULE) return;
  if (/^0*$/.test(mode)) layer.set(absolute, undefined);
  else
    layer.set(absolute, {
      bytes: () => fetch(oid, path),
      isLink: mode === LINK,
      executable: mode === '100755',
    });
}

/** What a change is held against: the last commit, or where the history of a revision and this one part. */
function baseOf(wanted: Wanted, git: Git): string {
  const commit = (name: string) =>
    git.maybe('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
  if ('staged' in wanted) return commit('HEAD') ?? git.path('hash-object', '-t', 'tree', '/dev/null');
  const since = commit(wanted.since);
  if (since === undefined)
    throw new GitTrouble(`git knows no commit ${wanted.since}: a shallow clone may lack it`);
  return git.maybe('merge-base', since, 'HEAD') ?? since;
}

interface Git {
  bytes(...args: readonly string[]): Uint8Array;
  /** What stands between NUL bytes. */
  names(...args: readonly string[]): readonly string[];
  /** One line. */
  path(...args: readonly string[]): string;
  /** The same; undefined where git says no. */
  maybe(...args: readonly string[]): string | undefined;
}

const MOST_BYTES = 1024 * 1024 * 1024;

async function gitIn(cwd: string, env: Context['env']): Promise<Git> {
  // Late, because few runs ask git.
  const { spawnSync } = await import('node:child_process');
  const run = (args: readonly string[]) => {
    const settings = { ...env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_LITERAL_PATHSPECS: '0' };
    const { error, status, stdout, stderr } = spawnSync('git', args, {
      cwd,
      env: settings,
      maxBuffer: MOST_BYTES,
    });
    if (error !== undefined) {
      const { code } = error as NodeJS.ErrnoException;
      throw new GitTrouble(code === 'ENOENT' ? 'git is not installed here' : `git does not run (${code})`);
    }
    return { status, stdout, complaint: String(stderr) };
  };
  const bytes = (...args: readonly string[]) => {
    const { status, stdout, complaint } = run(args);
    if (status !== 0) throw new GitTrouble(plainly(complaint));
    return stdout;
  };
  return {
    bytes,
    names: (...args) =>
      String(bytes(...args))
        .split('\0')
        .slice(0, -1),
    path: (...args) => String(bytes(...args)).replace(/\n$/, ''),
    maybe: (...args) => {
      const { status, stdout } = run(args);
      return status === 0 ? String(stdout).trim() : undefined;
    },
  };
}

/** git's complaint in one line; the usual one in words of ours. */
function plainly(complaint: string): string {
  const [line = ''] = complaint.replace(/^(?:fatal|error): /, '').split('\n', 1);
  if (line.startsWith('not a git repository')) return 'this folder is not in a git repository';
  if (line.includes('must be run in a work tree')) return 'this repository is bare: it has no files to judge';
  return `git says: ${line}`;
}
