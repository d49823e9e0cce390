import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import type { ChangedFile } from './working-copy.ts';

/** Why a file is as it was. */
interface Refusal {
  readonly name: string;
  readonly why: string;
}

/** Writes all files, or none where one of them may not be written. Mode, owner and links stay as they are. */
export function replaceFiles(files: readonly ChangedFile[]): {
  readonly refused: readonly Refusal[];
  readonly written: number;
} {
  const obstacles = files.flatMap((file) => obstacleTo(file) ?? []);
  if (obstacles.length > 0) return { refused: obstacles, written: 0 };
  const refused = files.flatMap((file) => {
    try {
      replaceFile(file);
      return [];
    } catch (error) {
      return [{ name: file.name, why: whyNot(error) }];
    }
  });
  return { refused, written: files.length - refused.length };
}

function obstacleTo({ path, name, before }: ChangedFile): Refusal | undefined {
  try {
    accessSync(path, constants.W_OK);
    if (readFileSync(path).equals(Buffer.from(before))) return undefined;
    return { name, why: 'it was changed while it was judged' };
  } catch (error) {
    return { name, why: whyNot(error) };
  }
}

/**
 * Beside the file and then over it, so that no reader ever sees half of it; in place where that would change its owner,
 * or nothing may take its place: a file that is mounted by itself, as containers have it.
 */
function replaceFile({ path, before, after }: ChangedFile): void {
  const stat = statSync(path);
  const draft = stat.nlink > 1 ? undefined : draftBeside(path, stat, after);
  if (draft === undefined || !moved(draft, path)) writeInPlace(path, before, after);
}

function moved(draft: string, path: string): boolean {
  try {
    renameSync(draft, path);
    return true;
  } catch {
    unlinkSync(draft);
    return false;
  }
}

/** A new file with the mode and owner of an old one; undefined where this user may not make one. */
function draftBeside(path: string, { mode, uid, gid }: Stats, text: string): string | undefined {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  let file: number;
  try {
    file = openSync(draft, 'wx', 0o600);
  } catch {
    return undefined;
  }
  try {
    fchownSync(file, uid, gid);
    fchmodSync(file, mode & 0o7777);
    writeAll(file, text);
    fsyncSync(file);
    return draft;
  } catch (error) {
    unlinkSync(draft);
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return undefined;
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Where the disk is full half-way, the old text goes back: it had room before. */
function writeInPlace(path: string, before: string, after: string): void {
  const file = openSync(path, 'r+');
  try {
    try {
      writeAll(file, after);
    } catch (error) {
      writeAll(file, before);
      throw error;
    }
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at, bytes.length - at, at);
  ftruncateSync(file, bytes.length);
}

function whyNot(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return 'this user may not write it';
  if (code === 'EROFS') return 'it stands on a file system that is read-only';
  return `it cannot be written (${code ?? String(error)})`;
}
