import { normalize } from 'node:path';
import { type Disk, isTrouble } from './files.ts';

/**
 * A file of a folder that anybody may have sent: links that lead out of it are not followed, pipes and devices not
 * opened. Undefined where there is none, or it is longer than `most` bytes.
 */
export function readInside(root: string, path: string, most: number, disk: Disk): Uint8Array | undefined {
  const entry = disk.look(path);
  if (isTrouble(entry) || entry.kind !== 'file' || entry.size > most) return undefined;
  if (!disk.real(path).startsWith(`${normalize(disk.real(root)).replace(/\/$/, '')}/`)) return undefined;
  const bytes = disk.read(path, Number.POSITIVE_INFINITY);
  return isTrouble(bytes) ? undefined : bytes;
}
