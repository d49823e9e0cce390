import {
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';

/** What stands at a path, links followed. Everything but a regular file or a folder is only named, never opened. */
export interface Entry {
  readonly kind: 'file' | 'folder' | 'pipe' | 'device' | 'socket';
  readonly size: number;
  /** keepalived does not read an included file that has an execute bit. */
  readonly executable: boolean;
}

/** Why a path cannot be had. `missing` is a fact about the path, the others are about this machine or this user. */
export interface Trouble {
  readonly trouble: 'missing' | 'denied' | 'loop' | 'other';
  readonly why: string;
}

/** The only door to a file system; tests hand in their own. No call throws. */
export interface Disk {
  look(path: string): Entry | Trouble;
  /** The same for every name of one file or folder. */
  real(path: string): string;
  list(folder: string): readonly string[] | Trouble;
  /** At most `limit` bytes from the start. */
  read(path: string, limit: number): Uint8Array | Trouble;
  /** The files that a pattern with wildcards matches, in the order of their names. */
  match(pattern: string, folder: string): Promise<readonly string[]>;
  /**
   * Only a disk that stands for a host's own has it, where absolute paths are those of the host: whether the disk holds
   * all that the pattern matches there. Of any other pattern nothing is known that does not show.
   */
  sees?(pattern: string, folder: string): boolean;
}

/** This machine's file system. */
export const localDisk: Disk = {
  look: (path) =>
    attempt(path, () => {
      const stat = statSync(path);
      const kind = stat.isFile()
        ? 'file'
        : stat.isDirectory()
          ? 'folder'
          : stat.isFIFO()
            ? 'pipe'
            : stat.isSocket()
              ? 'socket'
              : 'device';
      return { kind, size: stat.size, executable: (stat.mode & 0o111) !== 0 };
    }),
  real: realPathOf,
  list: (folder) => attempt(folder, () => readdirSync(folder).sort()),
  read: (path, limit) =>
    attempt(path, () => {
      return limit === Number.POSITIVE_INFINITY ? readFileSync(path) : readStart(path, limit);
    }),
  async match(pattern, folder) {
    const { globSync } = await import('tinyglobby');
    const found = globSync(pattern, {
      cwd: folder,
      absolute: true,
      expandDirectories: false,
      extglob: false,
    });
    return found.sort();
  },
};

export function isTrouble(answer: object): answer is Trouble {
  return 'trouble' in answer;
}

function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

function readStart(path: string, limit: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafe(limit);
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

function attempt<T>(path: string, action: () => T): T | Trouble {
  try {
    return action();
  } catch (error) {
    return troubleOf(path, error instanceof Error ? error : new Error(String(error)));
  }
}

function troubleOf(path: string, error: NodeJS.ErrnoException): Trouble {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return {
        trouble: 'missing',
        why: isLink(path) ? 'the link points at nothing' : 'no such file or folder',
      };
    case 'EACCES':
    case 'EPERM':
      return { trouble: 'denied', why: 'this user may not read it' };
    case 'ELOOP':
      return { trouble: 'loop', why: 'its links lead round in a circle' };
    case 'EISDIR':
      return { trouble: 'other', why: 'it is a folder' };
    default:
      return { trouble: 'other', why: `it cannot be read (${error.code ?? error.message})` };
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
