import { describe, expect, test } from 'vitest';
import { isLabMissing, runInLab, testDeadline } from '../kernel.ts';
import { pairFiles } from './pair.ts';

/* Real clusters that are not fit to be disturbed: refused with the reason, before more was sent than the look. */

const SECONDS = 900;

/** What is said of each case. */
const REFUSALS = {
  'nobody-agrees': 'refused: nobody is there to agree: --yes --allow-disruption says it beforehand',
  'half-agreed': 'refused: --yes alone does not disturb clients: add --allow-disruption',
  'empty-table': 'refused: the running table of lb2 is empty',
  'two-masters': 'refused: lb1 and lb2 are both master of 192.168.80.200',
  'unreachable-peer': 'refused: lb2 cannot be seen: refused: nothing listens at 192.168.80.101:22',
} as const;

describe.skipIf(isLabMissing())('a failover is refused', () => {
  test(
    'with its reason, before anything was touched',
    () =>
      runInLab(
        'verify/refusals.sh',
        pairFiles(),
        ({ read }) => {
          for (const [name, reason] of Object.entries(REFUSALS)) {
            const out = read(`${name}.out`);
            expect(out.split('\n').find((line) => line.startsWith('lvsdoctor: refused: '))).toBe(
              `lvsdoctor: ${reason}`,
            );
            expect(out).toContain('exit 5');
            // The look is one command a host.
            const sent = read(`${name}.commands`).trim().split('\n');
            expect(sent, name).toEqual(
              name === 'unreachable-peer' ? ['lb1 sh -s'] : ['lb1 sh -s', 'lb2 sh -s'],
            );
          }
          expect(read('dry.out')).toContain('exit 0');
          expect(read('dry.commands').trim().split('\n').length).toBe(2);
          // To know of it takes a second look, which changes nothing.
          const earlier = read('earlier-job.out');
          expect(earlier).toContain('lb1 has a job of an earlier run, process 4711, armed');
          expect(earlier).toContain('exit 5');
          expect(earlier).not.toContain('is armed, process');
        },
        SECONDS,
      ),
    testDeadline(SECONDS),
  );
});
