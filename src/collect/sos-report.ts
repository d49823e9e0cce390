import { basename, join } from 'node:path';
import { decode } from './decode.ts';
import { type Disk, isTrouble, localDisk } from './files.ts';
import { readInside } from './inside.ts';
import type { HostLook, ProbeResult, ProbeText } from './look.ts';
import { MEGABYTES, PROBES, type Probe, shownCommand } from './probe.ts';

/**
 * Where an extracted sos report has what a probe would print: files of the host below its root, output of commands below
 * sos_commands. From sos 4 (sos/report/plugins: keepalived.py, kernel.py, ipvs.py). Its networking.py prints addresses,
 * links and routes for people only, and nothing of it is `ipvsadm -S`: those probes stay unseen.
 */
const HELD: Readonly<Record<string, readonly string[]>> = {
  'keepalived-conf': ['etc/keepalived/keepalived.conf', 'etc/keepalived/*.conf'],
  'sysctl-files': [
    'usr/lib/sysctl.d/*.conf',
    'lib/sysctl.d/*.conf',
    'usr/local/lib/sysctl.d/*.conf',
    'run/sysctl.d/*.conf',
    'etc/sysctl.d/*.conf',
    'etc/sysctl.conf',
  ],
  'ipvs-servers': ['sos_commands/ipvs/ipvsadm_-Ln'],
  'ipvs-counters': ['sos_commands/ipvs/ipvsadm_-Ln_--stats'],
  'ipvs-timeouts': ['sos_commands/ipvs/ipvsadm_-Ln_--timeout'],
  sysctl: ['sos_commands/kernel/sysctl_-a'],
};
/** The host's name, by sos's own link or as a file of the host. */
const NAMES = ['hostname', 'etc/hostname'];

/** The look that an extracted sos report holds; undefined for a folder that is none. */
export function sosLook(folder: string, disk: Disk = localDisk): HostLook | undefined {
  if (isTrouble(disk.list(join(folder, 'sos_commands')))) return undefined;
  const root = disk.real(folder);
  const read = (path: string) => textOf(join(root, path), root, disk);
  const name = NAMES.map(read)
    .map((text) => text?.trim().split('.')[0])
    .find(Boolean);
  return {
    host: name ?? basename(root),
    probes: PROBES.map((probe) => resultOf(probe, pathsOf(HELD[probe.name] ?? [], root, disk), read)),
  };
}

function resultOf(
  probe: Probe,
  paths: readonly string[],
  read: (path: string) => string | undefined,
): ProbeResult {
  const { name, command, format, basis } = probe;
  const texts: ProbeText[] = [];
  const lost: string[] = [];
  for (const path of paths) {
    const text = read(path);
    if (text === undefined) lost.push(path);
    else texts.push(basis === 'written' ? { path: `/${path}`, text } : { text });
  }
  const why =
    lost.length > 0
      ? `${lost.join(', ')} of the sos report cannot be read`
      : `the sos report holds nothing of it${HELD[name] === undefined ? '' : `: ${HELD[name].join(', ')}`}`;
  return {
    name,
    command,
    shown: shownCommand(probe),
    format,
    basis,
    exit: 'none',
    milliseconds: 0,
    texts,
    looked: [],
    ...(name === 'keepalived-conf' && { mains: ['/etc/keepalived/keepalived.conf'] }),
    ...((texts.length === 0 || lost.length > 0) && { gap: why }),
  };
}

/** The files that patterns mean, each once: the folder of a pattern has no wildcards. */
function pathsOf(patterns: readonly string[], root: string, disk: Disk): readonly string[] {
  const paths = patterns.flatMap((pattern) => {
    const [folder = '', end] = pattern.split('*');
    const names = disk.list(join(root, end === undefined ? join(pattern, '..') : folder));
    if (isTrouble(names)) return [];
    if (end === undefined) return names.includes(basename(pattern)) ? [pattern] : [];
    return names.filter((name) => name.endsWith(end)).map((name) => folder + name);
  });
  return [...new Set(paths)];
}

/** A report may come from anybody: links that lead out of it are not followed, but for the one that means an empty file. */
function textOf(path: string, root: string, disk: Disk): string | undefined {
  if (disk.real(path) === '/dev/null') return '';
  const bytes = readInside(root, path, MEGABYTES * 1024 * 1024, disk);
  if (bytes === undefined) return undefined;
  const decoded = decode(bytes);
  return 'text' in decoded ? decoded.text : undefined;
}
