import type { Fact } from '../evidence/fact.ts';
import type { Host, HostWith } from './cluster.ts';
import type { Doubt } from './doubt.ts';
import type { HostFile } from './running.ts';

/** What editors, package managers and people leave beside a file: keepalived never reads it. */
const COPY = /(?:~|\.(?:bak|backup|old|orig|save|sw[op]|rpm\w+|dpkg-\w+|\d+))$/i;
const OTHERS_READ = 0o004;
const OTHERS_WRITE = 0o002;

/** The files of a host that keepalived reads, as far as their names tell. */
function keepalivedFiles({ files = [] }: Host): readonly HostFile[] {
  return files.filter(({ path }) => /\/keepalived\/.*\.conf$/.test(path));
}

/** Who else than root may read passwords in keepalived's files, or write what root then runs. */
export function exposures(host: HostWith<'files'>): readonly Doubt[] {
  const folder = host.files.filter(({ path }) => path.includes('/keepalived/'));
  return folder.flatMap((file): Doubt[] => {
    const { path, mode, owner } = file;
    const bits = mode.value.toString(8).padStart(4, '0');
    if (owner !== 'root')
      return [{ at: mode, message: `${path} belongs to ${owner}, who may write into it what root runs` }];
    if ((mode.value & OTHERS_WRITE) !== 0)
      return [{ at: mode, message: `everybody on ${host.label} may write to ${path} (mode ${bits})` }];
    const secret = (mode.value & OTHERS_READ) === 0 ? undefined : secretIn(host, path);
    if (secret === undefined) return [];
    const message = `everybody on ${host.label} may read the password in ${path} (mode ${bits})`;
    return [
      {
        at: mode,
        message,
        severity: 'info',
        why: 'Whoever logs in reads the password, and may use it wherever it is used besides.',
        remedy: `chmod 640 ${path}${COPY.test(path) ? ', or delete the copy' : ''}`,
        related: [{ at: secret, message: 'the password' }],
      },
    ];
  });
}

/** The password of the file with this name, or of the one that it is a copy of. */
function secretIn({ vrrp = [] }: Host, path: string): Fact<string> | undefined {
  const name = baseName(path).replace(COPY, '');
  return vrrp
    .flatMap(({ authPass }) => authPass ?? [])
    .find(({ place }) => baseName(place.source.name) === name);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Files that were changed after keepalived had read them for the last time, with the time between the two. */
export function editsSinceLoad(host: Host): readonly { readonly file: HostFile; readonly after: string }[] {
  const { daemon } = host;
  const loadedAt = daemon?.loadedAt;
  if (loadedAt === undefined || !daemon?.running.value) return [];
  return keepalivedFiles(host).flatMap((file) => {
    const seconds = file.modifiedAt.value - loadedAt.value;
    return seconds > 0 ? [{ file, after: durationText(seconds) }] : [];
  });
}

/** The two largest units: `2 h 5 min`. */
function durationText(seconds: number): string {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ] as const;
  let left = seconds;
  const parts = units.flatMap(([name, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return parts.slice(0, 2).join(' ');
}
