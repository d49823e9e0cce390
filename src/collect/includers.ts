import { dirname, join } from 'node:path';
import { decode } from './decode.ts';
import { type Disk, isTrouble } from './files.ts';
import { formatOfName } from './format.ts';
import { IncludeReader } from './includes.ts';
import type { Candidate } from './walk.ts';

/** So many main files are looked at in one folder: a folder of hundreds is a store, not a configuration. */
const MAX_MAINS = 32;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Puts the file that includes a part in the place of the part: a commit hook names only what has changed, and a part
 * alone lacks its definitions. It is looked for beside the part and one folder above.
 */
export async function withIncluders(
  candidates: readonly Candidate[],
  disk: Disk,
): Promise<readonly Candidate[]> {
  const mainsByFolder = new Map<string, Promise<readonly Main[]>>();
  const mainsIn = (folder: string) => {
    const known = mainsByFolder.get(folder) ?? readMains(folder, disk);
    mainsByFolder.set(folder, known);
    return known;
  };
  const read: Candidate[] = [];
  for (const candidate of candidates) {
    const { path, name } = candidate;
    const whole = path === '-' || formatOfName(path) !== undefined;
    const around = whole ? [] : [dirname(path), dirname(dirname(path))];
    const found: Candidate[] = [];
    for (const [above, folder] of around.entries())
      for (const main of await mainsIn(folder))
        if (main.included.has(disk.real(path)))
          found.push({
            ...candidate,
            path: join(folder, main.file),
            name: join(dirname(name), ...Array<string>(above).fill('..'), main.file),
          });
    read.push(...(found.length === 0 ? [candidate] : found));
  }
  return read;
}

/** A keepalived.conf by its name, with the real paths of all that it includes. */
interface Main {
  readonly file: string;
  readonly included: ReadonlySet<string>;
}

async function readMains(folder: string, disk: Disk): Promise<readonly Main[]> {
  const files = disk.list(folder);
  if (isTrouble(files)) return [];
  const mains: Main[] = [];
  for (const file of files.filter((each) => formatOfName(each) === 'keepalived.conf').slice(0, MAX_MAINS)) {
    const path = join(folder, file);
    const entry = disk.look(path);
    if (isTrouble(entry) || entry.kind !== 'file' || entry.size > MAX_BYTES) continue;
    const bytes = disk.read(path, Number.POSITIVE_INFINITY);
    const decoded = isTrouble(bytes) ? bytes : decode(bytes);
    if ('why' in decoded) continue;
    const reader = new IncludeReader(disk);
    const origin = { kind: 'file', path } as const;
    const { text } = decoded;
    await reader.follow(
      { name: path, host: '', format: 'keepalived.conf', basis: 'written', text, origin },
      path,
    );
    mains.push({ file, included: reader.included });
  }
  return mains;
}
