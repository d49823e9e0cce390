import type { Verdict } from '../../../src/judge/finding.ts';
import type { VerificationContext } from '../../../src/report/context.ts';
import { judgeTimelines } from '../../../src/verify/judged-timelines.ts';
import { verificationOf } from '../../../src/verify/measured.ts';
import type { Timeline } from '../../../src/verify/timeline.ts';
import { verdictOf } from '../../../src/verify/told.ts';
import { distributionTimeline } from '../../verify/distribution-timeline.ts';
import { failoverTimeline } from '../../verify/failover-timeline.ts';
import { realServerTimeline } from '../../verify/real-server-timeline.ts';
import { plain } from '../samples.ts';

/** One of each test, a second failover, and a server whose name is as long as an address can be. */
export const timelines: readonly Timeline[] = [
  failoverTimeline({ survivors: [3, 3] }),
  failoverTimeline({ takeover: 3500, outage: 4400, outageAtReturn: 1200, keepsVip: true }),
  realServerTimeline({}),
  distributionTimeline({
    '192.0.2.21:80': [3, 300],
    '192.0.2.22:80': [1, 100],
    '[2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff]:8080': [0, 0],
  }),
];

/** What a reporter is given of such timelines. */
export function reported(
  of: readonly Timeline[],
  width = 80,
): readonly [verdict: Verdict, context: VerificationContext] {
  const judged = judgeTimelines(of);
  return [verdictOf(judged, {}), { ...plain, width, hosts: [], verification: verificationOf(judged) }];
}
