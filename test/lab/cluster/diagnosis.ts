import { expect } from 'vitest';
import { rules } from '../../../src/cli/catalogue.ts';
import { evidenceOf } from '../../../src/collect/look-evidence.ts';
import { readSnapshot } from '../../../src/collect/snapshot.ts';
import type { Finding } from '../../../src/judge/finding.ts';
import { judge } from '../../../src/judge/judge.ts';
import { buildCluster } from '../../../src/model/build.ts';

/** What diagnose says of a look at all hosts: errors and warnings. */
export async function complaints(folder: string): Promise<readonly Finding[]> {
  const parts = await Promise.all(readSnapshot(folder).map(evidenceOf));
  const gaps = parts.flatMap((part) => part.gaps);
  const cluster = buildCluster(
    { sources: parts.flatMap(({ sources }) => sources), gaps },
    { hosts: new Map(), target: {} },
  );
  const { findings, broken } = judge(cluster, rules, gaps, {});
  expect(broken).toEqual([]);
  return findings.filter(({ severity }) => severity !== 'info');
}

/** A finding in one line. */
export const told = ({ rule, host, message }: Finding) => `${rule} ${host}: ${message}`;
