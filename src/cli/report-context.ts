import packageJson from '../../package.json' with { type: 'json' };
import type { Source } from '../evidence/source.ts';
import type { Cluster } from '../model/cluster.ts';
import { groupBy } from '../model/grouping.ts';
import type { JudgedHost, ReportContext } from '../report/context.ts';
import { mistakes } from './catalogue.ts';
import { ruleEntry } from './library.ts';
import { type Terminal, wantsColour, widthOf } from './terminal.ts';

interface ContextArguments {
  readonly advice?: boolean | undefined;
  readonly 'report-ignored'?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** What a report says besides the verdict: who was seen, with which files, and how it is printed. */
export function contextOf(
  hosts: readonly JudgedHost[],
  { color, advice = false, 'report-ignored': reportIgnored = false }: ContextArguments,
  terminal: Terminal,
): ReportContext {
  return {
    colour: wantsColour(color, terminal),
    width: widthOf(terminal),
    advice,
    reportIgnored,
    version: packageJson.version,
    root: rootOf(terminal),
    rules: () => mistakes.map((rule) => ({ ...rule, page: ruleEntry(rule, []).page() })),
    hosts,
  };
}

/** Who was seen, with which files. */
export function hostsOf({ hosts }: Cluster, sources: readonly Source[]): readonly JudgedHost[] {
  const files = groupBy(sources, ({ host }) => host);
  return hosts.map(({ name, roles, place }) => ({
    name,
    roles: [...roles],
    files: files.get(name)?.flatMap(namesOf) ?? [place.source.name],
  }));
}

/** Where CI services check a repository out, by the variable that says so: GitHub's and GitLab's. */
const CHECKOUTS = ['GITHUB_WORKSPACE', 'CI_PROJECT_DIR'];

/** Annotations are for paths from a repository's root, wherever in it the program was started. */
function rootOf({ env, workingFolder }: Terminal): string {
  const checkouts = CHECKOUTS.flatMap((name) => env[name]?.replace(/(?<=.)\/+$/, '') || []);
  return checkouts.find((folder) => `${workingFolder}/`.startsWith(`${folder}/`)) ?? workingFolder;
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
