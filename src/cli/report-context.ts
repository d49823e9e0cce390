import packageJson from '../../package.json' with { type: 'json' };
import type { Source } from '../evidence/source.ts';
import type { Cluster } from '../model/cluster.ts';
import { groupBy } from '../model/grouping.ts';
import type { ReportContext } from '../report/context.ts';
import { type Terminal, wantsColour, widthOf } from './terminal.ts';

interface ContextArguments {
  readonly advice?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** What a report says besides the verdict: who was seen, with which files, and how it is printed. */
export function contextOf(
  cluster: Cluster,
  sources: readonly Source[],
  { color, advice = false }: ContextArguments,
  terminal: Terminal,
): ReportContext {
  const files = groupBy(sources, ({ host }) => host);
  return {
    colour: wantsColour(color, terminal),
    width: widthOf(terminal),
    advice,
    version: packageJson.version,
    hosts: cluster.hosts.map(({ name, roles, place }) => ({
      name,
      roles: [...roles],
      files: files.get(name)?.flatMap(namesOf) ?? [place.source.name],
    })),
  };
}

/** A file and what it includes. */
function namesOf(source: Source): string[] {
  const names = new Set<string>();
  const open = [source];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (names.has(next.name)) continue;
    names.add(next.name);
    for (const { sources } of next.includes?.values() ?? []) open.push(...sources);
  }
  return [...names];
}
