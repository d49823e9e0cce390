import { readIpvsadm } from '../../grammars/ipvsadm/read.ts';
import { configIdsOf, type KeepalivedTree, readKeepalived } from '../../grammars/keepalived/read.ts';
import { readSysctl } from '../../grammars/sysctl/read.ts';
import type { Fault } from '../../grammars/tree.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Source } from '../evidence/source.ts';
import type { Cluster, Host, Part, Role, Target } from './cluster.ts';
import { addressKey } from './endpoint.ts';
import { servicesFromIpvsadm } from './from-ipvsadm.ts';
import { readKeepalivedParts } from './from-keepalived.ts';
import { kernelSettingsFrom } from './from-sysctl.ts';
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
  for (const source of evidence.sources) for (const name of hostNames(source)) append(byHost, name, source);
  const hosts = [...byHost].map(([name, sources]) =>
    buildHost(name, sources, evidence, declared.hosts.get(name)),
  );
  return { hosts: inferRoles(hosts, declared.hosts), target: declared.target };
}

/** A file with `@id` lines serves several nodes: its host where the file names it, else a host for each id. */
function hostNames(source: Source): readonly string[] {
  if (source.format !== 'keepalived.conf') return [source.host];
  const ids = configIdsOf(source);
  return ids.length === 0 || ids.includes(source.host) ? [source.host] : ids.slice(0, MAX_CONFIG_IDS);
}

function buildHost(
  name: string,
  sources: readonly Source[],
  evidence: Evidence,
  declared: DeclaredHost | undefined,
): Host {
  const faults: Fault[] = [];
  const unseen = new Map<Part, string>();
  const partial = new Map<Part, string>();
  const keepalived = keepalivedParts(name, sources, partial);
  faults.push(...(keepalived?.faults ?? []));
  const saved = tablePart(sources, 'written');
  const running = tablePart(sources, 'observed');
  faults.push(...(saved?.faults ?? []), ...(running?.faults ?? []));
  const kernel = kernelPart(sources);
  faults.push(...(kernel?.faults ?? []));
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
      ...(declared?.addresses ?? []).flatMap((address) => addressKey(address) ?? []),
      ...(keepalived?.vrrp ?? []).flatMap(({ unicastSource, other }) =>
        [unicastSource?.value, other.get('mcast_src_ip')?.value].flatMap(
          (address) => addressKey(address ?? '') ?? [],
        ),
      ),
    ]),
    unseen,
    partial,
    faults,
    ...keepalived?.parts,
    ...(saved !== undefined && { services: [...(keepalived?.parts.services ?? []), ...saved.services] }),
    ...(running !== undefined && { table: running.services }),
    ...(kernel !== undefined && { sysctl: kernel.settings }),
  };
}

function keepalivedParts(name: string, sources: readonly Source[], partial: Map<Part, string>) {
  const trees: KeepalivedTree[] = sources
    .filter(({ format }) => format === 'keepalived.conf')
    .map((source) => readKeepalived(source, name));
  if (trees.length === 0) return undefined;
  const {
    globals,
    vrrp,
    syncGroups,
    trackScripts,
    staticAddresses,
    services,
    faults,
    partial: why,
  } = readKeepalivedParts(name, trees);
  if (why !== undefined) for (const part of KEEPALIVED_PARTS) partial.set(part, why);
  const parts = {
    vrrp,
    syncGroups,
    trackScripts,
    staticAddresses,
    services,
    ...(globals !== undefined && { globals }),
  };
  return { vrrp, faults, parts };
}

/** The services of saved tables: those that a boot restores (written) or those that a kernel had (observed). */
function tablePart(sources: readonly Source[], basis: Source['basis']) {
  const trees = sources
    .filter((source) => source.format === 'ipvsadm-save' && source.basis === basis)
    .map(readIpvsadm);
  if (trees.length === 0) return undefined;
  const tables = trees.map(servicesFromIpvsadm);
  return {
    services: tables.flatMap(({ services }) => services),
    faults: [...trees.flatMap((tree) => tree.faults), ...tables.flatMap(({ faults }) => faults)],
  };
}

function kernelPart(sources: readonly Source[]) {
  const trees = sources.filter(({ format }) => format === 'sysctl').map(readSysctl);
  return trees.length === 0 ? undefined : kernelSettingsFrom(trees);
}

const KEEPALIVED_PARTS: readonly Part[] = [
  'globals',
  'vrrp',
  'syncGroups',
  'trackScripts',
  'staticAddresses',
  'services',
];

/** The parts that a text of this format would have filled. */
function partsOf(format: Source['format'] | undefined): readonly Part[] {
  if (format === 'keepalived.conf') return KEEPALIVED_PARTS;
  if (format === 'ipvsadm-save') return ['services', 'table'];
  if (format === 'sysctl') return ['sysctl'];
  return format === 'script' ? ['commands', 'addresses'] : [];
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
