import type { Evidence, Gap } from '../evidence/evidence.ts';
import type { Source } from '../evidence/source.ts';
import type { Cluster, Host, Part, Role, Target } from './cluster.ts';
import { addressKey } from './endpoint.ts';
import { groupBy } from './grouping.ts';
import {
  keepalivedParts,
  kernelPart,
  partsOf,
  proxyPart,
  runningParts,
  scriptPart,
  tablePart,
  workloadPart,
} from './host-parts.ts';
import { ignoresAmong } from './ignores.ts';
import { withCommandSettings } from './kernel-settings.ts';
import { besidesVrrp, ownAmong, raisedNow } from './live-address.ts';
import { textsByNode } from './nodes.ts';
import { installedRelease } from './release.ts';
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

/** Turns all evidence into one model of the cluster: reads every text, lifts it, and says who is what. */
export function buildCluster(evidence: Evidence, declared: Declared = NOTHING_DECLARED): Cluster {
  const gaps = groupBy(evidence.gaps, ({ host }) => host);
  const hosts = [...textsByNode(evidence.sources)].map(([name, sources]) =>
    withGaps(buildHost(name, sources, declared), gaps.get(name) ?? []),
  );
  return { hosts: inferRoles(hosts, declared.hosts), target: declared.target };
}

function buildHost(name: string, sources: readonly Source[], declared: Declared): Host {
  const partial = new Map<Part, string>();
  const keepalived = keepalivedParts(
    name,
    sources,
    partial,
    declared.target.keepalived ?? installedRelease(sources),
  );
  const saved = tablePart(sources, 'written');
  const table = tablePart(sources, 'observed');
  const kernel = kernelPart(sources, partial);
  const script = scriptPart(name, sources);
  const sysctl = withCommandSettings(kernel?.settings, script?.commands ?? []);
  const wanted = [keepalived?.parts, saved, script].filter((part) => part !== undefined);
  const running = runningParts(sources);
  const standing = besidesVrrp(running.liveAddresses, keepalived?.vrrp ?? [], script?.addresses ?? []);
  const services = wanted.flatMap((part) => part.services);
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
          // keepalived drops a mask behind it.
          (address) => addressKey(address?.split('/', 1)[0] ?? '') ?? [],
        ),
      ),
      ...ownAmong(standing ?? [], services),
    ]),
    unseen: new Map(),
    partial,
    ignores: ignoresAmong(sources),
    faults: [keepalived, saved, table, kernel, script].flatMap((part) => part?.faults ?? []),
    ...keepalived?.parts,
    ...(script !== undefined && { netfilter: script.commands }),
    ...running,
    ...proxyPart(name, sources, partial),
    ...workloadPart(name, sources),
    ...(wanted.length > 0 && { services }),
    ...(table !== undefined && { table: table.services }),
    ...(sysctl !== undefined && { sysctl }),
    ...(script !== undefined && {
      commands: script.commands,
      scripts: script.scripts,
    }),
    ...((script !== undefined || standing !== undefined) && {
      addresses: [...raisedNow(script?.addresses ?? [], running.liveAddresses), ...(standing ?? [])],
    }),
  };
}

/** What could not be had keeps parts from being seen; where other files filled a part, it was seen in part. */
function withGaps(host: Host, gaps: readonly Gap[]): Host {
  if (gaps.length === 0) return host;
  const unseen = new Map(host.unseen);
  const partial = new Map(host.partial);
  for (const { format, basis, name, why } of gaps)
    for (const part of partsOf(format, basis)) {
      const known = host[part] === undefined ? unseen : partial;
      // A host runs one keepalived.conf: another one takes nothing away from it.
      if (format === 'keepalived.conf' && known === partial) continue;
      if (!known.has(part)) known.set(part, `${name}: ${why}`);
    }
  return { ...host, unseen, partial };
}
