import { join, resolve } from 'node:path';
import { type Disk, isTrouble } from './files.ts';
import { formatOfPath } from './format.ts';
import { CONVENTIONAL } from './host-name.ts';

/** A folder that holds a whole cluster, beside others that do. */
export interface ClusterFolder {
  readonly name: string;
  /** As the user would write it. */
  readonly path: string;
  /** The settings of its own. */
  readonly settings?: string;
}

/** The folders of one folder that are clusters of their own; fewer than two are none, because nothing is to be told apart. */
export function clusterFoldersIn(
  folder: string,
  workingFolder: string,
  settingsName: string,
  disk: Disk,
): readonly ClusterFolder[] {
  const inside = withoutRepeats(foldersIn(resolve(workingFolder, folder), disk), disk);
  const found = inside.map(({ name, path }) => {
    const settings = join(path, settingsName);
    const isSettled = !isTrouble(disk.look(settings));
    return {
      cluster: { name, path: join(folder, name), ...(isSettled && { settings }) },
      hosts: foldersIn(path, disk).filter((host) => !CONVENTIONAL.has(host.name.toLowerCase())),
    };
  });
  const times = new Map<string, number>();
  for (const { hosts } of found) for (const { name } of hosts) times.set(name, (times.get(name) ?? 0) + 1);
  const clusters = found.filter(
    ({ cluster, hosts }) =>
      cluster.settings !== undefined ||
      (hosts.length > 1 &&
        hosts.some(({ name }) => (times.get(name) ?? 0) > 1) &&
        hosts.some(({ path }) => balances(path, disk, MAX_DEPTH))),
  );
  return clusters.length > 1 ? clusters.map(({ cluster }) => cluster) : [];
}

interface Folder {
  readonly name: string;
  readonly path: string;
}

/** The folders of a folder, by name. */
function foldersIn(folder: string, disk: Disk): readonly Folder[] {
  const entries = disk.list(folder);
  if (isTrouble(entries)) return [];
  const folders: Folder[] = [];
  for (const name of entries) {
    if (name.startsWith('.') || name === 'node_modules') continue;
    const path = join(folder, name);
    const entry = disk.look(path);
    if (!isTrouble(entry) && entry.kind === 'folder') folders.push({ name, path });
  }
  return folders;
}

/** Each once, whatever links lead to it. */
function withoutRepeats(folders: readonly Folder[], disk: Disk): readonly Folder[] {
  const first = new Map<string, Folder>();
  for (const folder of folders) {
    const real = disk.real(folder.path);
    if (!first.has(real)) first.set(real, folder);
  }
  return [...first.values()];
}

/** `lb1/etc/keepalived/keepalived.conf`, and a little more. */
const MAX_DEPTH = 4;

/** Whether a host's folder holds a file that only a director has; looked for no further than to the first. */
function balances(folder: string, disk: Disk, depth: number): boolean {
  const entries = disk.list(folder);
  if (isTrouble(entries)) return false;
  const formats = entries.map((name) => formatOfPath(join(folder, name)));
  if (formats.some((format) => format === 'keepalived.conf' || format === 'ipvsadm-save')) return true;
  return depth > 0 && foldersIn(folder, disk).some(({ path }) => balances(path, disk, depth - 1));
}
