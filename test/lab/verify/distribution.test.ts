import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { useProgram } from '../../support/program.ts';
import { isLabMissing, runInLab, testDeadline } from '../kernel.ts';

/* The real program sends real requests through a real kernel's IPVS, to clusters that are sound and to some that are not. */

const SECONDS = 900;
const CLUSTERS = join(import.meta.dirname, '..', 'cluster');

/** Each run of distribution.sh: its exit code, what it finds, and what it cannot judge. */
const RUNS: Readonly<Record<string, { code: number; finds: readonly string[]; says?: readonly RegExp[] }>> = {
  dr: {
    code: 0,
    finds: [],
    says: [
      /:82, wrr, 88 requests: .*:82 \(weight 3\) 66, 75.0 %/,
      /:85, sh, 128 requests: .* each of 64 client addresses is where sh puts it/,
      /:86, mh, 128 requests: .* each of 64 client addresses is where mh puts it/,
      /:87, rr, 128 requests: .* each of 64 client addresses is where rr puts it/,
    ],
  },
  'dr-faults': {
    code: 1,
    finds: [
      'verify/answers-not-where-ipvs-sent',
      'verify/shares-not-as-expected',
      'verify/sorry-server-answers',
    ],
    says: [/:89 gets \d+ of 44 connections to TCP 192\.168\.80\.200:89, wrr gives it 22/],
  },
  'dr-leak': {
    code: 1,
    finds: ['verify/answers-bypass-the-director'],
    says: [
      /44 of 44 answered requests .* never passed IPVS .* \(192\.168\.80\.100 eth0\).* answer ARP for 192/,
    ],
  },
  nat: {
    code: 3,
    finds: [],
    says: [/:87: it takes \d+ client addresses to see a skew of a tenth, these were 1; they show none/],
  },
  tun: { code: 0, finds: [] },
};

describe.skipIf(isLabMissing())('verify distribution in the lab', () => {
  const program = useProgram();

  test(
    'judges DR, NAT and TUN right, and finds what was done to them',
    async () => {
      const parts = ['hosts.sh', 'words.sh', 'designs-dr.sh', 'designs-nat.sh'].map(
        (name) => [name, readFileSync(join(CLUSTERS, name), 'utf8')] as const,
      );
      const files = { ...Object.fromEntries(parts), program: join(program.home, 'lvsdoctor.mjs') };
      await runInLab(
        'verify/distribution.sh',
        files,
        ({ read }) => {
          for (const [name, wanted] of Object.entries(RUNS)) {
            const printed = read(`${name}.out`) + read(`${name}.err`);
            const finds = [...new Set(printed.match(/\bverify\/[\w-]+$/gm))].sort();
            expect({ name, code: Number(read(`${name}.code`)), finds }, printed).toEqual({
              name,
              code: wanted.code,
              finds: wanted.finds,
            });
            for (const words of wanted.says ?? []) expect(printed.replace(/\s+/g, ' ')).toMatch(words);
          }
        },
        SECONDS,
      );
    },
    testDeadline(SECONDS),
  );
});
