import { basename, dirname, join, relative, resolve } from 'node:path';
import { type Disk, type Entry, isTrouble, type Trouble } from './files.ts';

/** A file as another state of the disk has it. */
export interface LayeredFile {
  bytes(): Uint8Array;
  /** What it holds is the path of another one. */
  readonly isLink: boolean;
  readonly executable: boolean;
}

/** What differs from the disk, by absolute path without links; undefined where there is nothing. */
export type Layer = Map<string, LayeredFile | undefined>;

const MISSING: Trouble = { trouble: 'missing', why: 'no such file or folder' };

/** Links of a layer that lead on from link to link end here. */
const MOST_LINKS = 40;

/** A disk with some of its files as they are elsewhere: in the index of a repository, or in an old commit. */
export function layered(disk: Disk, layer: Layer): Disk {
  if (layer.size === 0) return disk;
  const texts = new Map<string, Uint8Array>();
  const bytesOf = (path: string, file: LayeredFile) => {
    const bytes = texts.get(path) ?? file.bytes();
    texts.set(path, bytes);
    return bytes;
  };
  const folders = new Map<string, Set<string>>();
  for (const [path, file] of layer) {
    if (file === undefined) continue;
    for (let at = path; at !== dirname(at) && !folders.get(dirname(at))?.has(basename(at)); at = dirname(at))
      folders.set(dirname(at), (folders.get(dirname(at)) ?? new Set()).add(basename(at)));
  }
  const realFolders = new Map<string, string>();
  /** The folder without links; of one that is gone, as far as it is there. */
  const realFolder = (folder: string): string => {
    const known = realFolders.get(folder);
    if (known !== undefined) return known;
    const isGone = isTrouble(disk.look(folder)) && folder !== dirname(folder);
    const real = isGone ? join(realFolder(dirname(folder)), basename(folder)) : disk.real(folder);
    realFolders.set(folder, real);
    return real;
  };
  /** Where a path leads: to a file of the layer, or to a path of the disk. */
  const follow = (
    path: string,
    links = 0,
  ): { readonly path: string; readonly file?: LayeredFile | undefined } => {
    const own = join(realFolder(dirname(path)), basename(path));
    const at = layer.has(own) ? own : disk.real(path);
    if (!layer.has(at)) return { path: folders.has(own) ? own : path };
    const file = layer.get(at);
    if (!file?.isLink || links === MOST_LINKS) return { path: at, file };
    return follow(resolve(dirname(at), new TextDecoder().decode(bytesOf(at, file))), links + 1);
  };
  const isHere = (path: string) => !isTrouble(look(path));
  const look = (path: string): Entry | Trouble => {
    const { path: at, file } = follow(path);
    if (file !== undefined)
      return { kind: 'file', size: bytesOf(at, file).length, executable: file.executable };
    if (layer.has(at)) return folders.has(at) ? { kind: 'folder', size: 0, executable: false } : MISSING;
    const entry = disk.look(at);
    return isTrouble(entry) && folders.has(at) ? { kind: 'folder', size: 0, executable: false } : entry;
  };
  return {
    ...disk,
    look,
    real: (path) => {
      const { path: at, file } = follow(path);
      return file === undefined ? disk.real(path) : at;
    },
    list: (folder) => {
      const at = realFolder(folder);
      const names = disk.list(folder);
      const added = folders.get(at);
      if (isTrouble(names) && added === undefined) return names;
      const all = new Set([...(isTrouble(names) ? [] : names), ...(added ?? [])]);
      return [...all].filter((name) => !layer.has(join(at, name)) || isHere(join(at, name))).sort();
    },
    read: (path, limit) => {
      const { path: at, file } = follow(path);
      if (file !== undefined) return bytesOf(at, file).subarray(0, limit);
      return layer.has(at) ? MISSING : disk.read(at, limit);
    },
    async match(pattern, folder) {
      const { default: picomatch } = await import('picomatch');
      const up = /^(?:\.\.?\/)*/.exec(pattern)?.[0] ?? '';
      const from = realFolder(join(folder, up));
      const matches = picomatch(pattern.slice(up.length), { noextglob: true });
      const added = [...layer.keys()].filter((path) => isHere(path) && matches(relative(from, path)));
      const found = (await disk.match(pattern, folder)).filter(isHere);
      const known = new Set(found.map((path) => join(realFolder(dirname(path)), basename(path))));
      return [...found, ...added.filter((path) => !known.has(path))].sort();
    },
  };
}
