import { configIdsOf } from '../../grammars/keepalived/read.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Source } from '../evidence/source.ts';
import type { Cluster, Host, Part, Role, Target } from './cluster.ts';
import { addressKey } from './endpoint.ts';
import { keepalivedParts, kernelPart, partsOf, scriptPart, tablePart } from './host-parts.ts';
import { withCommandSettings } from './kernel-settings.ts';
import { inferRoles } from './roles.ts';

/** What the user's settings say about one host. */
export interface DeclaredHost {
  readonly role?: Role;
  readonly addresses?: readonly string[];
}

export interface Declared {
  readonly hosts: ReadonlyMap<string, DeclaredHost>;
  readonly target: Target;
}

const NOTHING_DECLARED: Declared = { hosts: new Map(), target: {} };
/** A shared file may tell many nodes apart; more of them than this are not judged one by one. */
const MAX_CONFIG_IDS = 16;

/** Turns all evidence into one model of the cluster: reads every text, lifts it, and says who is what. */
export function buildCluster(evidence: Evidence, declared: Declared = NOTHING_DECLARED): Cluster {
  const byHost = new Map<string, Source[]>();
  for (const source of evidence.sources)
    for (const name of hostNames(source))
      if (name === source.host || !isCopy(source, byHost.get(name))) append(byHost, name, source);
  const hosts = [...byHost].map(([name, sources]) => buildHost(name, sources, evidence, declared));
  return { hosts: inferRoles(hosts, declared.hosts), target: declared.target };
}

/** A file with `@id` lines serves several nodes: its host where the file names it, else a host for each id. */
function hostNames(source: Source): readonly string[] {
  if (source.format !== 'keepalived.conf') return [source.host];
  const ids = configIdsOf(source);
  return ids.length === 0 || ids.includes(source.host) ? [source.host] : ids.slice(0, MAX_CONFIG_IDS);
}

/** A file for all nodes that was taken from each of them is one file: what two nodes hold cannot clash on one. */
function isCopy(source: Source, others: readonly Source[] = []): boolean {
  return others.some(({ name, host, format }) => {
    if (format !== source.format || host === source.host) return false;
    return fileName(name) === fileName(source.name);
  });
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function buildHost(name: string, sources: readonly Source[], evidence: Evidence, declared: Declared): Host {
  const unseen = new Map<Part, string>();
  const partial = new Map<Part, string>();
  const keepalived = keepalivedParts(name, sources, partial, declared.target.keepalived);
  const saved = tablePart(sources, 'written');
  const running = tablePart(sources, 'observed');
  const kernel = kernelPart(sources);
  const script = scriptPart(name, sources);
  const sysctl = withCommandSettings(kernel?.settings, script?.commands ?? []);
  const wanted = [keepalived?.parts, saved, script].filter((part) => part !== undefined);
  for (const gap of evidence.gaps)
    if (gap.host === name)
      for (const part of partsOf(gap.format)) unseen.set(part, `${gap.name}: ${gap.why}`);
  const [first] = sources as readonly [Source];
  return {
    id: name,
    label: name,
    name,
    place: { source: first, range: { start: 0, end: 0 } },
    roles: new Set(),
    ownAddresses: new Set([
      ...(declared.hosts.get(name)?.addresses ?? []).flatMap((address) => addressKey(address) ?? []),
      ...(keepalived?.vrrp ?? []).flatMap(({ unicastSource, other }) =>
        [unicastSource?.value, other.get('mcast_src_ip')?.value].flatMap(
          (address) => addressKey(address ?? '') ?? [],
        ),
      ),
    ]),
    unseen,
    partial,
    faults: [keepalived, saved, running, kernel, script].flatMap((part) => part?.faults ?? []),
    ...keepalived?.parts,
    ...(wanted.length > 0 && { services: wanted.flatMap(({ services }) => services) }),
    ...(running !== undefined && { table: running.services }),
    ...(sysctl !== undefined && { sysctl }),
    ...(script !== undefined && {
      commands: script.commands,
      addresses: script.addresses,
      scripts: script.scripts,
    }),
  };
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
