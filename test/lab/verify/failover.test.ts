import { describe, expect, test } from 'vitest';
import { measureFailover } from '../../../src/verify/failover-measure.ts';
import type { FailoverPlan } from '../../../src/verify/failover-plan.ts';
import { readPacket, type SeenPacket } from '../../../src/verify/packets.ts';
import type { Timeline } from '../../../src/verify/timeline.ts';
import { isLabMissing, runInLab, testDeadline } from '../kernel.ts';
import { pairFiles } from './pair.ts';

/* The program itself lets real directors fail; a capture of the network that knows nothing of it is the judge. */

const SECONDS = 900;
/** Milliseconds between what the program says and what the capture shows. */
const NEAR = 50;

const RUNS = ['stop-2', 'crash-2', 'stop-3', 'crash-3'] as const;
const MASTER = '192.168.80.100';
const SUCCESSOR = '192.168.80.101';

type Advert = SeenPacket & { readonly observed: Extract<SeenPacket['observed'], { kind: 'advert' }> };

/** When the capture saw the last of the old master (its farewell, where it sent one), and the first of the new one. */
function captured(
  packets: readonly SeenPacket[],
  from: number,
): { readonly last: number; readonly first: number } {
  const adverts = packets.filter(
    (packet): packet is Advert => packet.observed.kind === 'advert' && packet.time > from,
  );
  const at = adverts.findIndex(({ observed }) => observed.from === SUCCESSOR);
  const last = adverts.slice(0, at).findLast(({ observed }) => observed.from === MASTER);
  if (at < 0 || last === undefined) throw new Error('the capture shows no failover');
  return { last: last.time, first: adverts[at]?.time ?? 0 };
}

const isWanted = process.env['LVSDOCTOR_UNPROVEN'] === '1';
if (!isWanted)
  console.log(
    'failover in the lab: skipped, LVSDOCTOR_UNPROVEN=1 runs it; version 3 loses connections there',
  );

describe.skipIf(!isWanted || isLabMissing())('measured failovers', () => {
  test(
    'lie in the window that theory computes, and where the capture shows them',
    () =>
      runInLab(
        'verify/measure.sh',
        pairFiles(),
        ({ read }) => {
          const packets = read('capture')
            .split('\n')
            .flatMap((line) => readPacket(line, 'the network') ?? []);
          for (const run of RUNS) {
            expect(read(`${run}.out`)).toContain('exit 0');
            const timeline = JSON.parse(read(`${run}.json`)) as Timeline<FailoverPlan>;
            const { fault: done, takeover, undone, connections } = measureFailover(timeline);
            const fault = done?.at ?? Number.NaN;
            const zero = Date.parse(timeline.startedAt);
            const { last, first } = captured(packets, zero + fault - 1500);
            const said = takeover?.at ?? Number.NaN;
            expect(takeover?.seenBy).toBe('packets');
            expect(Math.abs(zero + said - first), `${run}: takeover`).toBeLessThanOrEqual(NEAR);
            const { earliest, latest } = timeline.plan.takeover;
            expect(first - last, `${run}: from the last advert`).toBeGreaterThanOrEqual(latest - NEAR);
            expect(first - last, `${run}: from the last advert`).toBeLessThanOrEqual(latest + NEAR);
            expect(said - fault, `${run}: from the fault`).toBeGreaterThanOrEqual(earliest - NEAR);
            expect(said - fault, `${run}: from the fault`).toBeLessThanOrEqual(latest + 3 * NEAR);
            expect(undone).toBe(true);
            expect(connections?.opened).toBeGreaterThan(0);
          }
        },
        SECONDS,
      ),
    testDeadline(SECONDS),
  );
});
