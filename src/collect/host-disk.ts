import { posix } from 'node:path';
import type { Disk, Trouble } from './files.ts';
import type { ProbeResult, ProbeText } from './look.ts';

/** The files of a host as far as a probe printed them, for whoever follows includes. */
export function hostDisk({ texts, looked, gap }: Pick<ProbeResult, 'texts' | 'looked' | 'gap'>): Disk {
  const files = new Map<string, ProbeText>();
  for (const text of texts) if (text.path !== undefined) files.set(posix.normalize(text.path), text);
  const seen = new Set((gap === undefined ? looked : []).map((pattern) => posix.normalize(pattern)));
  const missing: Trouble = { trouble: 'missing', why: 'no such file or folder' };
  return {
    look: (path) => {
      const file = files.get(posix.normalize(path));
      if (file === undefined) return missing;
      return { kind: 'file', size: file.text.length, executable: file.executable === true };
    },
    real: (path) => posix.normalize(path),
    list: () => missing,
    read: (path) => {
      const file = files.get(posix.normalize(path));
      return file === undefined ? missing : new TextEncoder().encode(file.text);
    },
    async match(pattern, folder) {
      const { default: picomatch } = await import('picomatch');
      const matches = picomatch(posix.join(folder, pattern), { nobrace: true, noextglob: true });
      return [...files.keys()].filter((path) => matches(path)).sort();
    },
    sees: (pattern, folder) => seen.has(posix.join(folder, pattern)),
  };
}
