import type { Evidence, Gap } from '../evidence/evidence.ts';
import type { Source } from '../evidence/source.ts';
import { touchesCluster } from './format.ts';
import { hostDisk } from './host-disk.ts';
import { IncludeReader } from './includes.ts';
import type { HostLook, ProbeResult } from './look.ts';

/**
 * What a look at a host is evidence of. Live and out of a snapshot it is the same. Of a probe that did not end well, files
 * that were read count and listings do not: what they lack may be there.
 */
export async function evidenceOf(look: HostLook): Promise<Evidence> {
  const sources: Source[] = [];
  const gaps: Gap[] = [];
  if (look.failure !== undefined)
    gaps.push({ host: look.host, name: look.host, why: `${look.failure.kind}: ${look.failure.why}` });
  for (const probe of look.probes) {
    const { format, basis, gap } = probe;
    if (gap !== undefined)
      gaps.push({ host: look.host, format, basis, name: nameOf(look.host, probe), why: gap });
    sources.push(
      ...(probe.basis === 'written' ? await filesOf(look.host, probe) : printed(look.host, probe)),
    );
  }
  return { sources, gaps };
}

/** `lb1$ ipvsadm -S -n` */
function nameOf(host: string, { basis, shown }: ProbeResult): string {
  return basis === 'written' ? `${host} ${shown}` : `${host}$ ${shown}`;
}

function printed(host: string, probe: ProbeResult): readonly Source[] {
  if (probe.gap !== undefined || probe.exit.startsWith('missing')) return [];
  const { format, basis, shown } = probe;
  const origin = { kind: 'command', path: shown } as const;
  return probe.texts.map(({ text }) => ({ name: nameOf(host, probe), host, format, basis, text, origin }));
}

/**
 * Files are named as if each host had a folder: `lb1/etc/keepalived/keepalived.conf`. Of keepalived.conf those count that a
 * daemon reads, with what they include; others may be samples.
 */
async function filesOf(host: string, probe: ProbeResult): Promise<readonly Source[]> {
  const sources: Source[] = [];
  const { format, basis, texts } = probe;
  const mains = probe.mains ?? texts.slice(0, 1).map(({ path }) => path);
  const disk = hostDisk(probe);
  for (const { path, text } of texts) {
    if (path === undefined || (format === 'script' && !touchesCluster(text))) continue;
    const source: Source = { name: host + path, host, format, basis, text, origin: { kind: 'host', path } };
    if (format !== 'keepalived.conf') sources.push(source);
    else if (mains.includes(path)) sources.push(await new IncludeReader(disk).follow(source, path));
  }
  return sources;
}
