import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measureFailover } from '../../src/verify/failover-measure.ts';
import type { FailoverPlan } from '../../src/verify/failover-plan.ts';
import { judgeFailover } from '../../src/verify/judge-failover.ts';
import type { Timeline } from '../../src/verify/timeline.ts';

/* Failovers of real directors in a real kernel, as test/lab/verify recorded them. */

const FOLDER = join(import.meta.dirname, 'timelines');
const RECORDED = readdirSync(FOLDER).filter((name) => name.startsWith('failover-'));

test.each(RECORDED)('%s is judged sound', (name) => {
  const timeline = JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Timeline<FailoverPlan>;
  expect(judgeFailover(timeline)).toMatchObject({ told: [], notJudged: [] });
  const { fault, takeover, undone, connections } = measureFailover(timeline);
  const took = (takeover?.at ?? Number.NaN) - (fault?.at ?? Number.NaN);
  expect(took).toBeGreaterThanOrEqual(timeline.plan.takeover.earliest - 50);
  expect(took).toBeLessThanOrEqual(timeline.plan.takeover.latest + 150);
  expect(undone).toBe(true);
  expect(connections?.alive).toBe(connections?.opened);
});
