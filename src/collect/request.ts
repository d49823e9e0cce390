import { join, normalize, relative, resolve } from 'node:path';
import type { Reading } from './draft.ts';
import { type Disk, isTrouble } from './files.ts';
import { withIncluders } from './includers.ts';
import { type Candidate, type Finds, walkFolder } from './walk.ts';

/** The files of one host, as the settings name them: paths and wildcards, from the settings' own folder. */
export interface DeclaredFiles {
  readonly host: string;
  readonly folder: string;
  readonly patterns: readonly string[];
}

/** What to read. */
export interface FileRequest extends Reading {
  /** Files and folders as typed; `-` is standard input. Empty: what the settings declare, else the working folder. */
  readonly paths: readonly string[];
  readonly workingFolder: string;
  readonly declared: readonly DeclaredFiles[];
  /** The cluster that this is one of many of: its hosts carry its name. */
  readonly cluster?: string | undefined;
  /** Folders inside those that are named that are left to others. */
  readonly except?: readonly string[] | undefined;
}

/** The files that a request means, each once, with the host that the settings give it. */
export async function findCandidates(request: FileRequest, disk: Disk): Promise<Finds> {
  const declared = await declaredCandidates(request, disk);
  if (request.paths.length === 0 && request.declared.length > 0) return withoutRepeats(declared, disk);
  const hosts = new Map<string, (string | undefined)[]>();
  for (const { path, host } of declared.candidates) {
    const real = disk.real(path);
    hosts.set(real, [...(hosts.get(real) ?? []), host]);
  }
  const named = gather(
    (request.paths.length > 0 ? request.paths : ['.']).map((path) => lookAt(path, request, disk)),
  );
  const whole = await withIncluders(named.candidates, disk);
  const candidates = whole.flatMap((candidate) =>
    (hosts.get(disk.real(candidate.path)) ?? [undefined]).map((host) => ({ ...candidate, host })),
  );
  return withoutRepeats({ ...named, candidates }, disk);
}

function lookAt(written: string, request: FileRequest, disk: Disk): Finds {
  if (written === '-') return only({ path: '-', name: 'standard input', named: true });
  return lookAtPath(resolve(request.workingFolder, written), normalize(written), undefined, request, disk);
}

function lookAtPath(
  path: string,
  name: string,
  host: string | undefined,
  request: FileRequest,
  disk: Disk,
): Finds {
  const entry = disk.look(path);
  if (isTrouble(entry)) return { candidates: [], dead: [{ path, name, host, why: entry.why, missed: true }] };
  if (entry.kind !== 'folder') return only({ path, name, named: true, host });
  const label = name.replace(/(?<=.)\/$/, '');
  const { candidates, dead } = walkFolder(
    disk,
    path,
    label,
    request.as !== undefined,
    request.except?.map((folder) => resolve(request.workingFolder, folder)),
  );
  return {
    candidates: candidates.map((candidate) => ({ ...candidate, host })),
    dead: dead.map((end) => ({ ...end, host })),
  };
}

async function declaredCandidates(request: FileRequest, disk: Disk): Promise<Finds> {
  const found: Finds[] = [];
  for (const { host, folder, patterns } of request.declared) {
    for (const pattern of patterns) {
      const nameOf = (path: string) => displayName(path, request.workingFolder);
      if (!/[*?[{(!]/.test(pattern)) {
        const path = resolve(folder, pattern);
        found.push(lookAtPath(path, nameOf(path), host, request, disk));
        continue;
      }
      const matches = await disk.match(pattern, folder);
      if (matches.length === 0)
        found.push(nothing(host, join(folder, pattern), join(nameOf(folder), pattern)));
      for (const path of matches) found.push(only({ path, name: nameOf(path), named: true, host }));
    }
  }
  return gather(found);
}

/** The way from the working folder, unless it leads up and away. */
function displayName(path: string, workingFolder: string): string {
  const way = relative(workingFolder, path);
  return way === '' ? '.' : way.startsWith('../../..') ? path : way;
}

/** Each file once; one that several hosts share, once for each. */
function withoutRepeats({ candidates, dead }: Finds, disk: Disk): Finds {
  const chosen = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const real = identity(candidate.path, disk);
    const key = `${candidate.host ?? ''}\n${real}`;
    const earlier = chosen.get(key);
    if (earlier === undefined || (!earlier.named && candidate.named) || isBetter(candidate, earlier, real))
      chosen.set(key, candidate);
  }
  return { candidates: [...chosen.values()], dead };
}

/** Equal for all names of one file. Links to /dev/null, which switch off a sysctl.d file, are each their own. */
export function identity(path: string, disk: Disk): string {
  const real = path === '-' ? path : disk.real(path);
  return real === '/dev/null' ? path : real;
}

/** Of a file and a link to it, both found in folders, the file itself is the one to speak of. */
function isBetter(candidate: Candidate, earlier: Candidate, real: string): boolean {
  return earlier.named === candidate.named && candidate.path === real && earlier.path !== real;
}

function nothing(host: string, path: string, name: string): Finds {
  return { candidates: [], dead: [{ path, name, host, why: 'no file matches', missed: true }] };
}

function only(candidate: Candidate): Finds {
  return { candidates: [candidate], dead: [] };
}

function gather(found: readonly Finds[]): Finds {
  return {
    candidates: found.flatMap(({ candidates }) => candidates),
    dead: found.flatMap(({ dead }) => dead),
  };
}
