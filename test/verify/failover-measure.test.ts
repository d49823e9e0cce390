import { expect, test } from 'vitest';
import { measureFailover } from '../../src/verify/failover-measure.ts';
import { failoverTimeline } from './failover-timeline.ts';

test('packets tell to the millisecond when the successor is master', () => {
  const { takeover, comeback, outages, outagesAtReturn, noMaster, twoMasters } = measureFailover(
    failoverTimeline({ takeover: 3100, comeback: 3420 }),
  );
  expect(takeover).toMatchObject({ at: 4100, within: 0, seenBy: 'packets' });
  expect(comeback).toMatchObject({ at: 13_420, within: 0, seenBy: 'packets' });
  expect(outages.map(({ from, to }) => [from, to])).toEqual([[1000, 4100]]);
  expect(outagesAtReturn).toEqual([]);
  expect(noMaster).toBe(3100);
  expect(twoMasters).toBe(0);
});

test('without packets the looks at the directors tell, as exactly as they follow each other', () => {
  const { takeover, unannounced } = measureFailover(failoverTimeline({ takeover: 3130, packets: false }));
  expect(takeover).toMatchObject({ at: 4200, within: 100, seenBy: 'states' });
  expect(unannounced).toBeUndefined();
});

test('nobody took over', () => {
  const { takeover, outages } = measureFailover(failoverTimeline({ takeover: 'never' }));
  expect(takeover).toBeUndefined();
  expect(outages).toMatchObject([{ from: 1000, to: 11_000 }]);
});

test('the second outage, at the return, is told apart', () => {
  const { outages, outagesAtReturn } = measureFailover(failoverTimeline({ outageAtReturn: 400 }));
  expect(outages).toHaveLength(1);
  expect(outagesAtReturn.map(({ from, to }) => [from, to])).toEqual([[13_420, 13_820]]);
});

test('both masters at once are timed', () => {
  expect(measureFailover(failoverTimeline({ keepsVip: true, takeover: 3000 })).twoMasters).toBe(6000);
});

test('connections, announcements and the undo', () => {
  const { connections, unannounced, undone } = measureFailover(
    failoverTimeline({ survivors: [10, 7], isAnnounced: false, isUndone: false }),
  );
  expect(connections).toEqual({ opened: 10, alive: 7 });
  expect(unannounced).toEqual(['192.0.2.100']);
  expect(undone).toBe(false);
});
