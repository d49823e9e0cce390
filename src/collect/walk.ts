import { join } from 'node:path';
import { type Disk, type Entry, isTrouble } from './files.ts';
import { formatOfName, isCopy, mayBeOurs } from './format.ts';
import { isTemplate, renderedName } from './template.ts';

/** A file that is to be read, if it proves to be one of ours. */
export interface Candidate {
  readonly path: string;
  /** The path as the user would write it. */
  readonly name: string;
  /** The user asked for this file itself, not for a folder that holds it. */
  readonly named: boolean;
  /** Declared in the settings. */
  readonly host?: string | undefined;
}

/** A path that leads to nothing that could be read; `missed` where the user asked for it, or may not read it. */
export interface Dead {
  readonly path: string;
  readonly name: string;
  readonly why: string;
  readonly missed: boolean;
  readonly host?: string | undefined;
}

/** What a path leads to that is worth reading, and what could not be seen. */
export interface Finds {
  readonly candidates: readonly Candidate[];
  readonly dead: readonly Dead[];
}

const MAX_DEPTH = 20;
const MAX_FILES = 20_000;
const FOREIGN_FOLDER = /^\.|^node_modules$|^__pycache__$/;

/** Looks through a folder. Links are followed once, so that a circle of them ends; devices and pipes are left alone. */
export function walkFolder(
  disk: Disk,
  path: string,
  name: string,
  everything: boolean,
  except: readonly string[] = [],
): Finds {
  const candidates: Candidate[] = [];
  const dead: Dead[] = [];
  const seen = new Set(except.map((folder) => disk.real(folder)));
  let files = 0;

  const visit = (folder: string, label: string, depth: number): void => {
    const real = disk.real(folder);
    if (seen.has(real)) return;
    seen.add(real);
    const entries = disk.list(folder);
    if (isTrouble(entries)) {
      dead.push({ path: folder, name: label, why: entries.why, missed: true });
      return;
    }
    for (const entry of entries) {
      if (files > MAX_FILES) return;
      const inner = join(folder, entry);
      const innerLabel = label === '.' ? entry : join(label, entry);
      const found = disk.look(inner);
      const wanted = !isCopy(entry) && (everything || mayBeOurs(entry) || formatOfName(inner) !== undefined);
      if (isTrouble(found)) {
        if (wanted && formatOfName(inner) !== undefined)
          dead.push({ path: inner, name: innerLabel, why: found.why, missed: found.trouble !== 'missing' });
      } else if (found.kind === 'folder') {
        if (!FOREIGN_FOLDER.test(entry) && depth < MAX_DEPTH) visit(inner, innerLabel, depth + 1);
      } else if (isReadable(found, inner) && (wanted || isRenderedLater(entry))) {
        files++;
        candidates.push({ path: inner, name: innerLabel, named: false });
      }
    }
  };

  const isReadable = (found: Entry, inner: string): boolean =>
    found.kind === 'file' || (formatOfName(inner) === 'sysctl' && disk.real(inner) === '/dev/null');

  visit(path, name, 0);
  if (files > MAX_FILES)
    dead.push({
      path,
      name,
      why: `it holds more than ${MAX_FILES} files: name the ones to judge, or a narrower folder`,
      missed: true,
    });
  return { candidates, dead };
}

/** A template of what is, or may be, one of ours. */
function isRenderedLater(entry: string): boolean {
  const name = renderedName(entry);
  return isTemplate(entry) && !isCopy(name) && (formatOfName(name) !== undefined || mayBeOurs(name));
}
