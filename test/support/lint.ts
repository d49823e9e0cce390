import * as index from '../../rules/index.ts';
import { collectFiles } from '../../src/collect/collection.ts';
import type { Verdict } from '../../src/judge/finding.ts';
import { judge } from '../../src/judge/judge.ts';
import type { AnyRule } from '../../src/judge/rule.ts';
import { buildCluster, type Declared } from '../../src/model/build.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import { diskOf, ROOT } from './disk.ts';

/** Every rule of the project. */
export const allRules: readonly AnyRule[] = Object.values(index);

/** The model of a few files, by path: `lb1/keepalived.conf`. */
export async function clusterOf(
  files: Readonly<Record<string, string>>,
  declared?: Partial<Declared>,
): Promise<Cluster> {
  return (await readCluster(files, declared)).cluster;
}

/** What the tool says of a few files; a rule that breaks fails the test. */
export async function lint(
  files: Readonly<Record<string, string>>,
  declared?: Partial<Declared>,
  rules: readonly AnyRule[] = allRules,
): Promise<Verdict> {
  const { cluster, gaps } = await readCluster(files, declared);
  return judge(cluster, rules, gaps, { rethrow: true });
}

async function readCluster(files: Readonly<Record<string, string>>, declared: Partial<Declared> = {}) {
  const request = { paths: Object.keys(files), workingFolder: ROOT, declared: [] };
  const { evidence } = await collectFiles(request, diskOf(files));
  const cluster = buildCluster(evidence, {
    hosts: declared.hosts ?? new Map(),
    target: declared.target ?? {},
  });
  return { cluster, gaps: evidence.gaps };
}
