import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DistributionPlan } from '../../src/verify/distribution-plan.ts';
import { judgeDistribution } from '../../src/verify/judge-distribution.ts';
import type { Moment, Outcome, Timeline } from '../../src/verify/timeline.ts';

/* Timelines that test/lab/verify recorded in a real kernel, and what is made of them when something of them is changed. */

type Distribution = Timeline<DistributionPlan>;

function recorded(name: string): Distribution {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, 'timelines', `distribution-${name}.json`), 'utf8'),
  );
}

const SOUND = recorded('sound');
const VIP = 'TCP 192.168.80.200';

/** What was seen of one service only. */
function only(port: number, { plan, ...timeline }: Distribution = SOUND): Distribution {
  const service = `${VIP}:${port}`;
  return {
    ...timeline,
    plan: { ...plan, services: plan.services.filter((each) => each.service === service) },
    moments: timeline.moments.filter(
      (moment) => 'observed' in moment && 'service' in moment.observed && moment.observed.service === service,
    ),
  };
}

/** The same with other moments; `last` tells the last count and table from those before. */
function changed(timeline: Distribution, change: (moment: Moment, last: boolean) => Moment): Distribution {
  const behind = timeline.moments.findLastIndex(
    (moment) => 'observed' in moment && moment.observed.kind === 'request',
  );
  return { ...timeline, moments: timeline.moments.map((moment, at) => change(moment, at > behind)) };
}

/** Adds to what the director counted in the end. */
function counted(timeline: Distribution, more: Readonly<Record<string, number>>): Distribution {
  return changed(timeline, (moment, last) => {
    if (!last || !('observed' in moment) || moment.observed.kind !== 'counters') return moment;
    const servers = moment.observed.servers.map((each) => ({
      ...each,
      connections: each.connections + (more[each.server] ?? 0),
    }));
    return { ...moment, observed: { ...moment.observed, servers } };
  });
}

function requests(
  timeline: Distribution,
  change: (number: number) => {
    readonly by?: string | undefined;
    readonly outcome?: Outcome;
    readonly milliseconds?: number;
    readonly from?: string;
  },
): Distribution {
  let number = 0;
  return changed(timeline, (moment) =>
    'observed' in moment && moment.observed.kind === 'request'
      ? { ...moment, observed: { ...moment.observed, ...change(number++) } as typeof moment.observed }
      : moment,
  );
}

/** Answers that do not say who gives them. */
const mute = (timeline: Distribution) => requests(timeline, () => ({ by: undefined }));

const findings = (timeline: Distribution) =>
  judgeDistribution(timeline).told.map(({ outcome, message }) => `${outcome}: ${message}`);
const unclear = (timeline: Distribution) => judgeDistribution(timeline).notJudged.map(({ why }) => why);

test('what a sound cluster did is sound, for every scheduler', () => {
  const { told, notJudged, notes } = judgeDistribution(SOUND);
  expect({ told, notJudged }).toEqual({ told: [], notJudged: [] });
  expect(notes.map((note) => note.replace(/^.*:(8\d), (\w+), .*: /, '$1 $2: '))).toEqual([
    '80 wrr: each whole cycle is dealt out as the weights say',
    '81 rr: each whole cycle is dealt out as the weights say',
    '82 wrr: each whole cycle is dealt out as the weights say',
    '83 wlc: 90 open connections lie as wlc lays them',
    '84 lc: 60 open connections lie as lc lays them',
    '85 sh: each of 64 client addresses is where sh puts it',
    '86 mh: each of 64 client addresses is where mh puts it',
    '87 rr: each of 64 client addresses is where rr puts it',
    '88 sed: 60 open connections lie as sed lays them',
  ]);
});

test('what was recorded behind tunnels is sound', () => {
  const { told, notJudged } = judgeDistribution(recorded('tun'));
  expect({ told, notJudged }).toEqual({ told: [], notJudged: [] });
});

test.each([
  [
    'faults',
    [
      /^verify\/sorry-server-answers: 192\.168\.80\.104:80, the sorry server, gets all connections/,
      /^verify\/shares-not-as-expected: 192\.168\.80\.10[23]:89 gets \d+ of 44 .*, wrr gives it 22$/,
      /^verify\/answers-not-where-ipvs-sent: rs2 gives 44 of 44 answers .*, IPVS sent 22, 22 to the servers$/,
    ],
  ],
  ['leak', [/^verify\/answers-bypass-the-director: 44 of 44 .* and .* answer ARP for 192\.168\.80\.200$/]],
])('what was recorded with %s is told', (name, expected) => {
  const { told, notJudged } = judgeDistribution(recorded(name));
  expect(told.map(({ outcome, message }) => `${outcome}: ${message}`)).toEqual(
    expected.map((words) => expect.stringMatching(words)),
  );
  expect(notJudged).toEqual([]);
});

describe('a count that is not as theory has it', () => {
  const [one, other] = ['192.168.80.102', '192.168.80.103'];

  test.each([
    [82, 2, /103:82 gets 20 of 88 connections to TCP 192.168.80.200:82, wrr gives it 22$/],
    [81, 1, /103:81 gets 21 of 44 connections to .*:81, rr gives it 22$/],
    [83, 5, /103:83 gets 25 of 90 connections to .*:83, wlc gives it 29 to 31$/],
    [84, 3, /103:84 gets 27 of 60 connections to .*:84, lc gives it 29 to 31$/],
    [
      85,
      50,
      /103:85 gets 14 of 128 .*, sh gives it about 64; chance alone does that in 1 of a million runs$/,
    ],
  ])('of port %i, by %i, is told', (port, more, words) => {
    const skewed = counted(mute(only(port)), { [`${one}:${port}`]: more, [`${other}:${port}`]: -more });
    expect(findings(skewed)).toEqual([expect.stringMatching(words)]);
    expect(findings(skewed)[0]).toMatch(/^verify\/shares-not-as-expected: /);
  });

  test('in few client addresses is not told, and not called sound', () => {
    const skewed = counted(mute(only(85)), { [`${one}:85`]: 8, [`${other}:85`]: -8 });
    expect(findings(skewed)).toEqual([]);
    expect(unclear(skewed)).toEqual([
      'TCP 192.168.80.200:85: it takes 2436 client addresses to see a skew of a tenth, these were 64; they show none',
    ]);
  });

  test('in one client address is no proof, though it is where it was foretold', () => {
    const timeline = only(87);
    let kept = 0;
    const moments = timeline.moments.filter(
      (moment) => !('observed' in moment && moment.observed.kind === 'request') || kept++ < 2,
    );
    const alone = requests({ ...timeline, moments }, () => ({ from: '192.168.80.9', by: 'rs1' }));
    const few = counted(alone, { '192.168.80.102:87': -62, '192.168.80.103:87': -64 });
    expect(findings(few)).toEqual([]);
    expect(unclear(few)[0]).toMatch(/these were 1; they show none$/);
  });

  test('names the weights that somebody changed', () => {
    const timeline = only(80);
    const [service] = timeline.plan.services;
    if (service === undefined) throw new Error('the timeline has no such service');
    const servers = service.servers.map((server) =>
      server.server === `${one}:80` ? { ...server, running: 11 } : server,
    );
    const plan = { ...timeline.plan, services: [{ ...service, servers }] };
    const skewed = counted(mute({ ...timeline, plan }), { [`${one}:80`]: 2, [`${other}:80`]: -2 });
    expect(judgeDistribution(skewed).told[0]?.related).toEqual([
      {
        moment: expect.any(Number),
        message: `${one}:80 runs with weight 11, configured is 1`,
      },
    ]);
  });
});

describe('other clients', () => {
  test('are dealt with by rr as all others, and only hide what they could have done', () => {
    const busy = counted(only(81), { '192.168.80.102:81': 300, '192.168.80.103:81': 300 });
    expect(findings(busy)).toEqual([]);
    const skewed = counted(mute(only(81)), { '192.168.80.102:81': 600, '192.168.80.103:81': 0 });
    expect(findings(skewed)).toHaveLength(1);
  });

  test('keep a hash from being judged', () => {
    const busy = counted(only(86), { '192.168.80.102:86': 0, '192.168.80.103:86': 40 });
    expect(findings(busy)).toEqual([]);
    expect(unclear(busy)).toEqual([
      "TCP 192.168.80.200:86: 40 of 168 connections may be other clients', too many to see a skew of a tenth",
    ]);
  });
});

describe('answers', () => {
  test('that IPVS never counted bypass the director, with those who answer ARP', () => {
    const arp: Moment = {
      at: 99_000,
      observed: {
        kind: 'arp',
        seenBy: 'client',
        address: '192.168.80.200',
        macs: ['52:54:00:00:00:0a', '52:54:00:00:00:0b'],
      },
    };
    const leak = counted(only(81), { '192.168.80.102:81': -22, '192.168.80.103:81': -21 });
    const plan = { ...leak.plan, macs: { '52:54:00:00:00:0b': 'rs1 eth0' } };
    expect(findings({ ...leak, plan, moments: [...leak.moments, arp] })).toEqual([
      'verify/answers-bypass-the-director: 43 of 44 answered requests to TCP 192.168.80.200:81 never passed IPVS on 192.168.80.100; 52:54:00:00:00:0a and 52:54:00:00:00:0b (rs1 eth0) answer ARP for 192.168.80.200',
    ]);
  });

  test('from another server than IPVS chose are told', () => {
    expect(findings(requests(only(81), () => ({ by: 'rs2' })))).toEqual([
      'verify/answers-not-where-ipvs-sent: rs2 gives 44 of 44 answers of TCP 192.168.80.200:81, IPVS sent 22, 22 to the servers',
    ]);
    // A body that is never the same tells nobody apart.
    expect(findings(requests(only(81), (number) => ({ by: `at ${number}` })))).toEqual([]);
  });

  test('that fail or come late are told', () => {
    expect(
      findings(requests(only(82), (number) => (number < 3 ? { outcome: 'reset' as const } : {}))),
    ).toEqual(['verify/requests-failed: 3 of 88 requests to TCP 192.168.80.200:82 fail: reset']);
    const late = requests(only(82), (number) => ({ milliseconds: number % 20 === 19 ? 1012 : 4 }));
    expect(findings(late)).toEqual([
      'verify/requests-slow: 4 of 72 requests to TCP 192.168.80.200:82 take 1 s or longer, half of them at most 4.0 ms',
    ]);
    // Servers that wake up, and a machine that is busy, have other reasons.
    expect(findings(requests(only(82), (number) => ({ milliseconds: number < 9 ? 1040 : 4 })))).toEqual([]);
    expect(
      findings(requests(only(82), (number) => ({ milliseconds: number % 10 === 9 ? 300 + number * 12 : 4 }))),
    ).toEqual([]);
    // Where all are slow the application is.
    expect(findings(requests(only(82), () => ({ milliseconds: 1500 })))).toEqual([]);
  });

  test('of one client to a persistent service come from one server', () => {
    const torn = requests(only(87), (number) => ({
      by: number % 2 === 0 ? 'rs1' : 'rs2',
      from: '192.168.80.9',
    }));
    expect(findings(torn)).toContain(
      'verify/persistence-not-kept: 192.168.80.9 reaches rs1 and rs2 through the persistent service TCP 192.168.80.200:87',
    );
  });

  test('of the sorry server alone are told', () => {
    const timeline = only(80);
    const plan = {
      ...timeline.plan,
      services: timeline.plan.services.map((service) => ({
        ...service,
        servers: service.servers.map((server) => ({ ...server, sorry: true as const })),
      })),
    };
    expect(findings({ ...timeline, plan })).toEqual([
      expect.stringMatching(/^verify\/sorry-server-answers: /),
    ]);
  });
});

describe('nothing is judged', () => {
  test('where the table changed meanwhile', () => {
    const moved = changed(only(82), (moment, last) => {
      if (!last || !('observed' in moment) || moment.observed.kind !== 'table') return moment;
      const servers = moment.observed.servers.map((server) => ({ ...server, weight: server.weight + 1 }));
      return { ...moment, observed: { ...moment.observed, servers } };
    });
    expect(unclear(moved)[0]).toMatch(
      /192\.168\.80\.100 changed the weight of .*:82 from \d to \d while requests were sent$/,
    );
    expect(findings(moved)).toEqual([]);
  });

  test('where nobody counted afterwards, or the counters were set back', () => {
    const timeline = only(82);
    const end = timeline.moments.findLastIndex(
      (moment) => 'observed' in moment && moment.observed.kind === 'request',
    );
    expect(unclear({ ...timeline, moments: timeline.moments.slice(0, end + 1) })).toEqual([
      'TCP 192.168.80.200:82: 192.168.80.100 did not tell its counters before and after',
    ]);
    expect(unclear(counted(timeline, { '192.168.80.102:82': -1000 }))).toEqual([
      'TCP 192.168.80.200:82: the counters of 192.168.80.100 were set back',
    ]);
    expect(unclear({ ...timeline, moments: [] })).toEqual(['TCP 192.168.80.200:82: no request was sent']);
  });
});
