import type { Cluster } from '../model/cluster.ts';
import { append } from '../model/grouping.ts';
import { type ServedService, type ServedVip, servedVips } from '../model/served-vips.ts';
import type { Finding } from './finding.ts';
import { reaches } from './order.ts';

export type { ServedService, ServedVip } from '../model/served-vips.ts';

/** Findings that concern the same VIPs, and of these the same service; the gravest first. */
export interface Section {
  /** None where they belong to no VIP, several where a host serves several. */
  readonly vips: readonly ServedVip[];
  readonly parts: readonly Part[];
}

interface Part {
  /** Undefined for what is said of the VIP or of a host. */
  readonly service: ServedService | undefined;
  readonly findings: readonly Finding[];
}

/** What was seen of a running cluster: its VIPs, and the findings as somebody who is called at night asks for them. */
export interface Diagnosis {
  readonly vips: readonly ServedVip[];
  readonly sections: readonly Section[];
}

/** Sorts findings to the VIPs that suffer from them; those that belong to none come last. */
export function diagnosisOf(cluster: Cluster, findings: readonly Finding[]): Diagnosis {
  const vips = servedVips(cluster);
  const positions = new Map(vips.map((vip, at) => [vip, at]));
  const homeOf = homes(vips);
  const bySection = new Map<
    string,
    { vips: readonly ServedVip[]; found: [ServedService | undefined, Finding][] }
  >();
  for (const finding of findings) {
    const { vips: own, service } = homeOf(finding);
    const key = own.map((vip) => positions.get(vip)).join();
    const section = bySection.get(key) ?? { vips: own, found: [] };
    section.found.push([service, finding]);
    bySection.set(key, section);
  }
  const sections = [...bySection.values()].map(({ vips: of, found }) => ({
    vips: of,
    parts: partsOf(found),
  }));
  return {
    vips,
    sections: [
      ...gravestFirst(
        sections.filter((section) => section.vips.length > 0),
        ({ parts }) => parts[0]?.findings[0],
      ),
      ...sections.filter((section) => section.vips.length === 0),
    ],
  };
}

function partsOf(found: readonly (readonly [ServedService | undefined, Finding])[]): readonly Part[] {
  const byService = new Map<ServedService | undefined, Finding[]>();
  for (const [service, finding] of found) append(byService, service, finding);
  const parts = [...byService].map(([service, findings]) => ({
    service,
    findings: gravestFirst(findings, (finding) => finding),
  }));
  return gravestFirst(parts, ({ findings }) => findings[0]);
}

/** Stable: what the judge put first among equals stays first. */
function gravestFirst<T>(items: readonly T[], gravestOf: (item: T) => Finding | undefined): readonly T[] {
  const rank = (item: T) => {
    const severity = gravestOf(item)?.severity ?? 'info';
    return Number(!reaches(severity, 'error')) + Number(!reaches(severity, 'warning'));
  };
  return items.toSorted((one, other) => rank(one) - rank(other));
}

interface Home {
  readonly vips: readonly ServedVip[];
  readonly service?: ServedService;
}

/**
 * By what a finding is about, else by the addresses that its subject or its message names, else by its host: a VIP
 * without services tells little there.
 */
function homes(vips: readonly ServedVip[]): (finding: Finding) => Home {
  const byId = new Map<string, Home>();
  const byName = new Map<string, ServedVip>();
  const byHost = new Map<string, ServedVip[]>();
  for (const vip of vips) {
    const home = { vips: [vip] };
    for (const id of vip.ids) byId.set(id, home);
    for (const service of vip.services) for (const id of service.ids) byId.set(id, { ...home, service });
    for (const name of vip.names) byName.set(name, vip);
    for (const host of vip.hosts) append(byHost, host, vip);
  }
  return ({ subject, message, host }) => {
    for (let id = subject; id !== ''; id = id.slice(0, Math.max(id.lastIndexOf('/'), 0))) {
      const home = byId.get(id);
      if (home !== undefined) return home;
    }
    for (const text of [subject, message]) {
      const words = text.split(/[/ ,;]|:(?= |$)/);
      const named = new Set(words.flatMap((word) => byName.get(word) ?? []));
      if (named.size === 1) return { vips: [...named] };
      if (named.size > 1) return { vips: vips.filter((vip) => named.has(vip)) };
    }
    const own = byHost.get(host) ?? [];
    const asked = own.filter(({ services }) => services.length > 0);
    return { vips: asked.length > 0 ? asked : own };
  };
}
