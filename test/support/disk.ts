import { posix } from 'node:path';
import { type Disk, type Entry, localDisk, type Trouble } from '../../src/collect/files.ts';

/** A disk that holds just these files, below `/cluster`: tests of rules and pages need no real one. */
export function diskOf(files: Readonly<Record<string, string>>): Disk {
  const texts = new Map(Object.entries(files).map(([path, text]) => [posix.join(ROOT, path), text]));
  const folders = new Set<string>([ROOT]);
  for (const path of texts.keys()) {
    for (let folder = posix.dirname(path); folder.length > 1; folder = posix.dirname(folder))
      folders.add(folder);
  }
  const missing = (path: string): Trouble => ({ trouble: 'missing', why: `${path} does not exist` });
  return {
    ...localDisk,
    look(path): Entry | Trouble {
      const text = texts.get(path);
      if (text !== undefined) return { kind: 'file', size: text.length, executable: false };
      return folders.has(path) ? { kind: 'folder', size: 0, executable: false } : missing(path);
    },
    real: (path) => path,
    list(folder) {
      const inside = [...texts.keys(), ...folders].filter(
        (path) => posix.dirname(path) === folder && path !== folder,
      );
      return inside.map((path) => posix.basename(path)).sort();
    },
    read(path) {
      const text = texts.get(path);
      return text === undefined ? missing(path) : new TextEncoder().encode(text);
    },
    async match(pattern, folder) {
      const { default: picomatch } = await import('picomatch');
      const matches = picomatch(pattern);
      return [...texts.keys()].filter((path) => matches(posix.relative(folder, path))).sort();
    },
  };
}

export const ROOT = '/cluster';
