import { describe, expect, test } from 'vitest';
import { judgeRealServer } from '../../../src/verify/judge-real-server.ts';
import type { RealServerPlan } from '../../../src/verify/real-server-plan.ts';
import { seen, stepIn } from '../../../src/verify/seen.ts';
import type { Timeline } from '../../../src/verify/timeline.ts';
import { isLabMissing, runInLab, testDeadline } from '../kernel.ts';
import { pairFiles } from './pair.ts';

/* The program takes the service of a real server away, in a real kernel, with the real checks of keepalived. */

const SECONDS = 600;
const SERVER = '192.168.80.102:80';

describe.skipIf(isLabMissing())('a real server that fails', () => {
  test(
    'is taken out within the time of its check, put back, and leaves others alone',
    () =>
      runInLab(
        'verify/real-server.sh',
        pairFiles(),
        ({ read }) => {
          for (const fault of ['stop', 'drop']) {
            expect(read(`${fault}.out`)).toContain('exit 0');
            expect(read(`${fault}.left`).trim()).toBe('0');
            const timeline = JSON.parse(read(`${fault}.json`)) as Timeline<RealServerPlan>;
            expect(judgeRealServer(timeline)).toMatchObject({ told: [], notJudged: [] });
            const { moments, plan } = timeline;
            const at = (step: 'fault' | 'undo') => stepIn(moments, step)?.at ?? Number.NaN;
            for (const director of ['lb1', 'lb2']) {
              const tables = seen('table', moments).filter(({ host }) => host === director);
              const out = tables.find(
                (table) => table.at > at('fault') && table.servers.every(({ server }) => server !== SERVER),
              );
              expect((out?.at ?? Number.NaN) - at('fault')).toBeLessThanOrEqual(plan.removal.latest + 1000);
              expect(tables.at(-1)?.servers.map(({ server }) => server)).toContain(SERVER);
            }
            const failed = seen('request', moments).filter(({ outcome }) => outcome !== 'answered');
            expect(failed.length).toBeGreaterThan(0);
            expect(failed.every((request) => request.at > at('fault') - 1000)).toBe(true);
          }
        },
        SECONDS,
      ),
    testDeadline(SECONDS),
  );
});
