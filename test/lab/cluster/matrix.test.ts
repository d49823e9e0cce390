import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isLabMissing, runInLab, testDeadline } from '../kernel.ts';
import { DESIGNS } from './designs.ts';
import { complaints, told } from './diagnosis.ts';
import { FAULTS } from './faults.ts';
import { matrixFiles } from './matrix-files.ts';

/* Real clusters in a real kernel; each fault is put into a running one, and the real script looks at its hosts. */

/** Four kernels share the machine's processors with the other tests. */
const SECONDS = 2400;

/** Which designs one kernel builds, one after the other; one with many faults is built twice, each time for a part of them. */
const KERNELS = [
  [['dr'], 1, 2],
  [['dr'], 2, 2],
  [['nat', 'dr_mark'], 1, 1],
  [['tun', 'dr_unicast', 'nat_sync', 'ipvsadm'], 1, 1],
] as const;

test('every design is built', () => {
  const built = new Set(KERNELS.flatMap(([designs]) => designs));
  expect([...built].sort()).toEqual(DESIGNS.map(({ name }) => name).sort());
});

describe.skipIf(isLabMissing())('faults in running clusters', () => {
  test.concurrent.each(KERNELS)(
    '%s, part %i of %i',
    async (designs, part, parts) => {
      const faults = designs.flatMap((design) =>
        FAULTS.filter((fault) => fault.design === design).filter((_, at) => at % parts === part - 1),
      );
      await runInLab(
        'cluster/matrix.sh',
        matrixFiles(designs, faults),
        async ({ folder }) => {
          const look = (design: string, name: string) => complaints(join(folder, 'looks', design, name));
          const wrong: string[] = [];
          for (const design of designs) {
            const isWhole = faults.every((fault) => fault.design !== design);
            for (const sound of isWhole ? ['sound'] : ['sound', 'healed'])
              wrong.push(
                ...(await look(design, sound)).map((finding) => `${design}, ${sound}: ${told(finding)}`),
              );
          }
          for (const { design, name, rule, host } of faults) {
            const [first, ...others] = await look(design, name);
            if (first?.rule !== rule || first.host !== host)
              wrong.push(
                `${design}, ${name}: not ${rule} ${host}, but ${[first, ...others].flatMap((f) => (f ? [told(f)] : [])).join(' | ')}`,
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
