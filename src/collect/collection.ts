import type { Evidence, Gap } from '../evidence/evidence.ts';
import type { Format, Source } from '../evidence/source.ts';
import { type Draft, readDraft, renderDraft } from './draft.ts';
import { type Disk, localDisk } from './files.ts';
import { formatOfPath } from './format.ts';
import { guessHost, type HostGuess, tellApart } from './host-name.ts';
import { IncludeReader } from './includes.ts';
import { renderedSource } from './rendered.ts';
import { type FileRequest, findCandidates, identity } from './request.ts';
import type { Dead } from './walk.ts';

export type { DeclaredFiles, FileRequest } from './request.ts';

export interface Collection {
  readonly evidence: Evidence;
  /** Those of the gaps that keep the user from what was asked for. */
  readonly missed: readonly Gap[];
}

/** Reads everything that was asked for. Nothing that a disk can hold makes it throw: what cannot be had is a gap. */
export async function collectFiles(request: FileRequest, disk: Disk = localDisk): Promise<Collection> {
  const found = await findCandidates(request, disk);
  const drafts: Draft[] = [];
  const dead = [...found.dead];
  for (const candidate of found.candidates) {
    const read = readDraft(candidate, request, disk);
    if (read === undefined) continue;
    const answer = 'text' in read ? await renderDraft(read, request) : read;
    if ('text' in answer) drafts.push(answer);
    else dead.push(answer);
  }
  if (drafts.length === 0 && request.except === undefined && !dead.some(({ missed }) => missed))
    dead.push({
      path: '',
      name: request.paths.join(' ') || 'this folder',
      host: '',
      why: NOTHING_HERE,
      missed: true,
    });
  const hosts = nameHosts([...drafts, ...dead], request);
  const ends = dead.map((end) => ({ gap: gapOf(end, hosts, request.as), missed: end.missed }));
  return {
    evidence: { sources: await toSources(drafts, hosts, disk), gaps: ends.map(({ gap }) => gap) },
    missed: ends.filter(({ missed }) => missed).map(({ gap }) => gap),
  };
}

/** Whose a path would have been is told only where its name says that it is one of ours. */
function gapOf(
  { path, name, host, why }: Dead,
  hosts: ReadonlyMap<string, string>,
  as: Format | undefined,
): Gap {
  const format = as ?? formatOfPath(path);
  if (format === undefined) return { host: host ?? '', name, why };
  return { host: host ?? hosts.get(path) ?? '', name, format, why };
}

const NOTHING_HERE =
  'there is no keepalived.conf, ipvsadm, sysctl or set-up script in it: name the files, and their format with --as';

/** A source for each file, but not for those that another one includes: they are part of it. */
async function toSources(
  drafts: readonly Draft[],
  hosts: ReadonlyMap<string, string>,
  disk: Disk,
): Promise<Source[]> {
  const sources = new Map<Draft, Source>();
  const parts = new Set<string>();
  const mains = new Set<string>();
  for (const draft of [...drafts].sort(mainFilesFirst)) {
    const { path, name, format, text, template, rendered } = draft;
    const id = identity(path, disk);
    if (parts.has(id)) continue;
    const named = draft.host ?? hosts.get(path) ?? name;
    const isSecondMain = format === 'keepalived.conf' && draft.host === undefined && mains.has(named);
    const host = isSecondMain ? name : named;
    const written = { name, host, format, basis: 'written', text, origin: { kind: 'file', path } } as const;
    const source = rendered === undefined ? written : await renderedSource(written, rendered);
    if (format === 'keepalived.conf') mains.add(host);
    // What a template includes is told, and found, when it is rendered.
    const open = rendered === undefined ? template : undefined;
    if (format !== 'keepalived.conf' || open !== undefined) {
      sources.set(draft, { ...source, ...(open && { template: open }) });
      continue;
    }
    const reader = new IncludeReader(disk);
    sources.set(draft, await reader.follow(source, path));
    for (const included of reader.included) if (included !== id) parts.add(included);
  }
  return drafts.flatMap((draft) => (parts.has(identity(draft.path, disk)) ? [] : (sources.get(draft) ?? [])));
}

/** Of two files that include each other, the one with the proper name is the main one. */
function mainFilesFirst(one: Draft, other: Draft): number {
  return Number(other.path.endsWith('/keepalived.conf')) - Number(one.path.endsWith('/keepalived.conf'));
}

/** Whose each file is, by path: as declared, else as its path tells. */
function nameHosts(
  places: readonly (Pick<Dead, 'path' | 'name' | 'host'> & { readonly format?: Format })[],
  { workingFolder, cluster }: FileRequest,
): ReadonlyMap<string, string> {
  const guesses = new Map<string, HostGuess>();
  for (const { path, host, format } of places)
    if (host === undefined)
      guesses.set(
        path,
        path === '-'
          ? { name: 'stdin', at: '-' }
          : guessHost(path, format ?? formatOfPath(path), workingFolder),
      );
  const names = tellApart([...guesses.values()]);
  const called = (name: string | undefined) =>
    cluster === undefined || name === undefined || name === cluster ? name : `${cluster}/${name}`;
  return new Map(
    places.map(({ path, name, host }) => [
      path,
      host ?? called(names.get(guesses.get(path)?.at ?? '')) ?? name,
    ]),
  );
}
