import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../../src/cli/catalogue.ts';
import { evidenceOf } from '../../../src/collect/look-evidence.ts';
import { probeScript } from '../../../src/collect/script.ts';
import { readSnapshot } from '../../../src/collect/snapshot.ts';
import type { Finding } from '../../../src/judge/finding.ts';
import { judge } from '../../../src/judge/judge.ts';
import { buildCluster } from '../../../src/model/build.ts';
import { isLabMissing, runInLab, testDeadline } from '../kernel.ts';
import { FAULTS, type Fault } from './faults.ts';

/* Real clusters in a real kernel; each fault is put into a running one, and the real script looks at its hosts. */

/** Four kernels share the machine's processors with the other tests. */
const SECONDS = 2400;

/** A cluster with many faults is built twice, each time for a part of them. */
const PARTS = [
  ['dr', 1, 2],
  ['dr', 2, 2],
  ['nat', 1, 1],
  ['tun', 1, 1],
] as const;

/** Shell functions that put each fault in and take it out. */
function faultScript(faults: readonly Fault[]): string {
  return faults
    .map(({ name, inject, heal }) => `inject_${name}() {\n${inject}\n}\nheal_${name}() {\n${heal}\n}\n`)
    .join('');
}

function filesOf(cluster: Fault['cluster'], faults: readonly Fault[]): Readonly<Record<string, string>> {
  const own = ['hosts.sh', 'clusters.sh'].map(
    (name) => [name, readFileSync(join(import.meta.dirname, name), 'utf8')] as const,
  );
  return {
    ...Object.fromEntries(own),
    cluster,
    'probe.sh': probeScript(),
    'faults.sh': faultScript(faults),
    cases: faults.map(({ name }) => `${name}\n`).join(''),
  };
}

/** What diagnose says of a look at all hosts: errors and warnings. */
async function complaints(folder: string): Promise<readonly Finding[]> {
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

const told = ({ rule, host, message }: Finding) => `${rule} ${host}: ${message}`;

describe.skipIf(isLabMissing())('faults in running clusters', () => {
  test.concurrent.each(PARTS)(
    '%s, part %i of %i',
    async (cluster, part, parts) => {
      const faults = FAULTS.filter((fault) => fault.cluster === cluster).filter(
        (_, at) => at % parts === part - 1,
      );
      await runInLab(
        'cluster/matrix.sh',
        filesOf(cluster, faults),
        async ({ folder }) => {
          const looks = join(folder, 'looks');
          expect(readdirSync(looks).length).toBe(faults.length + 2);
          const wrong: string[] = [];
          for (const sound of ['sound', 'healed'])
            wrong.push(
              ...(await complaints(join(looks, sound))).map((finding) => `${sound}: ${told(finding)}`),
            );
          for (const { name, rule, host } of faults) {
            const [first, ...others] = await complaints(join(looks, name));
            if (first?.rule !== rule || first.host !== host)
              wrong.push(
                `${name}: not ${rule} ${host}, but ${[first, ...others].flatMap((f) => (f ? [told(f)] : [])).join(' | ')}`,
              );
          }
          expect(wrong.join('\n')).toBe('');
        },
        SECONDS,
      );
    },
    testDeadline(SECONDS),
  );
});
