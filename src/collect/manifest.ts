import type { Basis, Format } from '../evidence/source.ts';
import type { HostLook, ProbeResult, ProbeText } from './look.ts';
import { PROBES } from './probe.ts';
import type { RemoteTrouble } from './remote.ts';

/** Raised when a field changes its meaning or goes away. */
const VERSION = 1;

/** The manifest of a host's folder, and the files that it lists, by name. docs/snapshot-format.md describes both. */
export function writeManifest(look: HostLook): {
  readonly manifest: string;
  readonly files: ReadonlyMap<string, string>;
} {
  const files = new Map<string, string>();
  const probes = look.probes.map(({ texts, ...probe }) => ({
    ...probe,
    texts: texts.map(({ text, ...about }) => {
      const file = about.path === undefined ? `${probe.name}.txt` : `files${safePath(about.path)}`;
      files.set(file, text);
      return { file, ...about };
    }),
  }));
  const { collectedAt, ...rest } = look;
  const data = {
    snapshotVersion: VERSION,
    ...(collectedAt !== undefined && { collectedAt: new Date(collectedAt).toISOString() }),
    ...rest,
    probes,
  };
  return { manifest: `${JSON.stringify(data, undefined, 2)}\n`, files };
}

/** A path of the host below a folder of this disk: no part of it is `..`, and none is odd. */
function safePath(path: string): string {
  return path.split('/').map(safeName).join('/');
}

/** A name of the host as one of this disk: nothing in it leads out of the folder. */
export function safeName(name: string): string {
  return encodeURIComponent(name).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
}

const FORMATS: ReadonlySet<string> = new Set(PROBES.map(({ format }) => format));
const BASES: ReadonlySet<string> = new Set<Basis>(['written', 'observed']);
const FAILURES: ReadonlySet<string> = new Set<RemoteTrouble>([
  'refused',
  'unreachable',
  'authentication failed',
  'host key refused',
  'timeout',
  'command failed',
]);

/** The look that a manifest and its files hold; undefined where it is none of ours. Files that are gone are gaps. */
export function readManifest(text: string, read: (file: string) => string | undefined): HostLook | undefined {
  const data = parsed(text);
  if (!isRecord(data) || data['snapshotVersion'] !== VERSION || typeof data['host'] !== 'string')
    return undefined;
  const { host, collectedAt, clockOffset, failure } = data;
  const time = typeof collectedAt === 'string' ? Date.parse(collectedAt) : Number.NaN;
  return {
    host,
    ...(!Number.isNaN(time) && { collectedAt: time }),
    ...(typeof clockOffset === 'number' && { clockOffset }),
    probes: records(data['probes']).flatMap((probe) => probeOf(probe, read) ?? []),
    ...(isRecord(failure) &&
      FAILURES.has(String(failure['kind'])) && {
        failure: { kind: failure['kind'] as RemoteTrouble, why: String(failure['why']) },
      }),
  };
}

function probeOf(
  data: Readonly<Record<string, unknown>>,
  read: (file: string) => string | undefined,
): ProbeResult | undefined {
  const { name, command, shown, format, basis, exit, milliseconds, looked, mains, gap } = data;
  if (typeof name !== 'string' || !FORMATS.has(String(format)) || !BASES.has(String(basis))) return undefined;
  const texts: ProbeText[] = [];
  let lost: string | undefined;
  for (const { file, path, executable } of records(data['texts'])) {
    const text = read(String(file));
    if (text === undefined) lost ??= `${file} is not in the snapshot`;
    else
      texts.push({
        ...(typeof path === 'string' && { path }),
        ...(executable === true && { executable }),
        text,
      });
  }
  const why = typeof gap === 'string' ? gap : lost;
  return {
    name,
    command: String(command),
    shown: String(shown),
    format: format as Format,
    basis: basis as Basis,
    exit: String(exit),
    milliseconds: Number(milliseconds),
    texts,
    looked: Array.isArray(looked) ? looked.map(String) : [],
    ...(Array.isArray(mains) && { mains: mains.map(String) }),
    ...(why !== undefined && { gap: why }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
