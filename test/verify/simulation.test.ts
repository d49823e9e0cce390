import { describe, expect, test } from 'vitest';
import type { Expectation, ServicePlan, Share } from '../../src/verify/distribution-plan.ts';
import { sampleFor } from '../../src/verify/expectation.ts';
import { foldedAddress } from '../../src/verify/folded-address.ts';
import { SOURCE_HASHES, sourceTable } from '../../src/verify/hash-table.ts';
import { spreadHeld } from '../../src/verify/held-load.ts';
import { byTwoChoices, playTwos } from '../../src/verify/judge-held.ts';
import { judgeShares } from '../../src/verify/judge-shares.ts';
import { maglevTable } from '../../src/verify/maglev.ts';
import { seededRandom } from '../../src/verify/random.ts';
import type { ServiceRun } from '../../src/verify/service-run.ts';
import { SEED } from '../support/seed.ts';

/*
 * The schedulers themselves choose here, with their tables and their chance, and the judge is asked what it makes of it.
 * Of 10,000 fair runs at most 1 % may be accused; a server with a tenth more than its share is found in 95 % of runs.
 */

const random = seededRandom(SEED);
const below = (limit: number) => Math.floor(random() * limit);
const FAIR = 10_000;
const SKEWED = 400;
/** A new cluster for every so many runs; of fair runs, so many have the recommended size, the others are far smaller. */
const RUNS_EACH = 100;

/** Weights as clusters have them, in the order in which the kernel lists them. */
function someWeights(): number[] {
  const most = 1 + below(3);
  return Array.from({ length: 2 + below(2) }, () => 1 + below(most));
}

function planOf(expectation: Expectation, weights: readonly number[]): ServicePlan {
  return {
    service: 'TCP 192.0.2.10:80',
    director: 'lb1',
    scheduler: '',
    servers: weights.map((weight, at) => ({ server: `10.0.0.${21 + at}:80`, weight })),
    expectation,
    ...sampleFor(expectation, weights),
    units: 0,
    requests: 0,
    sources: [],
  };
}

function runOf(
  plan: ServicePlan,
  counts: readonly number[],
  own: number,
  clients: readonly string[] = [],
  foreignRate = 0,
): ServiceRun {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    requests: clients.map((from, moment) => ({
      moment,
      at: moment,
      outcome: 'answered' as const,
      milliseconds: 1,
      from,
      by: undefined,
    })),
    answered: own,
    own,
    servers: plan.servers.map((server, at) => ({
      ...server,
      count: counts[at] ?? 0,
      active: 0,
      inactive: 0,
    })),
    total,
    foreign: total - own,
    foreignRate,
    lastCount: 0,
    tableAt: 0,
  };
}

/** Clients of a few networks, as the test's own machines would be, or of everywhere. */
function someAddresses(count: number): string[] {
  const first = below(2 ** 32);
  const step = below(2) === 0 ? 1 : 0;
  return Array.from({ length: count }, (_, at) => {
    const value = step === 1 ? (first + at) % 2 ** 32 : below(2 ** 32);
    return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
  });
}

function countsBy<T>(servers: number, items: readonly T[], serverOf: (item: T) => number): number[] {
  const counts = new Array<number>(servers).fill(0);
  for (const item of items) {
    const at = serverOf(item);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/** Takes places of a table from the others until one server has a tenth more than it had. */
function withTenthMore(table: readonly number[], lucky: number): readonly number[] {
  const places = [...table];
  const own = places.filter((at) => at === lucky).length;
  for (let more = Math.ceil(own / 10); more > 0; ) {
    const place = below(places.length);
    if (places[place] === lucky) continue;
    places[place] = lucky;
    more--;
  }
  return places;
}

interface Simulated {
  readonly expectation: Expectation;
  /** The server of each place of the table from which connections or clients are served. */
  readonly table: (weights: readonly number[]) => readonly number[];
  /** The places that so many of them come to, and who they are. */
  readonly come: (units: number, places: number) => { places: number[]; clients?: string[] };
}

/** A hash that the judge does not know: a kernel to come. */
function otherHash(address: string): number {
  const mixed = Math.imul(foldedAddress(address) ^ 0x5bd1e995, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35) >>> 24;
}

const serversOf = (weights: readonly number[]) =>
  weights.map((weight, at) => ({ address: `10.0.0.${21 + at}`, port: 80, weight }));
const whole = { prefix: 32, persistent: false } as const;
const bySource = (hash: (address: string) => number) => (units: number) => {
  const clients = someAddresses(units);
  return { clients, places: clients.map(hash) };
};
/** hsiphash is slow here, and as good as chance: each client comes to any place. */
const byChance = (units: number, places: number) => ({
  places: Array.from({ length: units }, () => below(places)),
});
/** Each weight is so many places; templates are dealt out in turn, but others ask in between, and some are there already. */
const inTurn = (weights: readonly number[]) =>
  weights.flatMap((weight, at) => new Array<number>(weight * 100).fill(at));
const known = SOURCE_HASHES[0] ?? otherHash;

const SCHEDULERS: Readonly<Record<string, Simulated>> = {
  'sh, as the kernel of today hashes': {
    expectation: { kind: 'clients', by: 'sh', ...whole },
    table: sourceTable,
    come: bySource(known),
  },
  'sh, as no known kernel hashes': {
    expectation: { kind: 'clients', by: 'sh', ...whole },
    table: sourceTable,
    come: bySource(otherHash),
  },
  'sh with ports': {
    expectation: { kind: 'connections', by: 'sh' },
    table: sourceTable,
    // The system takes one port after the other, or every second one.
    come: (units) => {
      const first = below(2 ** 32);
      const step = 1 + below(2);
      return {
        places: Array.from({ length: units }, (_, at) => Math.imul(first + at * step, 0x61c88647) >>> 24),
      };
    },
  },
  mh: {
    expectation: { kind: 'clients', by: 'mh', ...whole },
    table: (weights) => [...maglevTable(serversOf(weights))],
    come: byChance,
  },
  'mh with ports': {
    expectation: { kind: 'connections', by: 'mh' },
    table: (weights) => [...maglevTable(serversOf(weights))],
    come: byChance,
  },
  'rr with persistence': { expectation: persistent('rr'), table: inTurn, come: byChance },
  'wrr with persistence': { expectation: persistent('wrr'), table: inTurn, come: byChance },
};

function persistent(by: Share): Expectation {
  return { kind: 'clients', by, prefix: 32, persistent: true };
}

/** rr does not look at weights. */
function weightsFor({ expectation }: Simulated): number[] {
  const weights = someWeights();
  return 'by' in expectation && expectation.by === 'rr' ? weights.map(() => 1) : weights;
}

function kindOfVerdict(simulated: Simulated, plan: ServicePlan, table: readonly number[], units: number) {
  const { places, clients } = simulated.come(units, table.length);
  const counts = countsBy(plan.servers.length, places, (place) => table[place] ?? 0);
  return judgeShares(plan, runOf(plan, counts, units, clients)).kind;
}

describe.each(Object.entries(SCHEDULERS))('%s', (_, simulated) => {
  test('fair runs are not accused', () => {
    let accused = 0;
    for (let run = 0; run < FAIR; run += RUNS_EACH) {
      const weights = weightsFor(simulated);
      const plan = planOf(simulated.expectation, weights);
      const table = simulated.table(weights);
      for (let again = 0; again < RUNS_EACH; again++) {
        const units = again === 0 ? plan.needed : 2 + below(400);
        if (kindOfVerdict(simulated, plan, table, units) === 'skewed') accused++;
      }
    }
    expect(accused / FAIR).toBeLessThanOrEqual(0.01);
  });

  test('a server with a tenth more is found', () => {
    let found = 0;
    for (let run = 0; run < SKEWED; run++) {
      const weights = weightsFor(simulated);
      const plan = planOf(simulated.expectation, weights);
      const table = withTenthMore(simulated.table(weights), below(weights.length));
      if (kindOfVerdict(simulated, plan, table, plan.needed) === 'skewed') found++;
    }
    expect(found / SKEWED).toBeGreaterThanOrEqual(0.95);
  });
});

describe('twos', () => {
  const expectation: Expectation = { kind: 'held', by: 'twos' };
  const loadsOf = (weights: readonly number[]) =>
    weights.map((weight) => ({ weight, active: 0, inactive: 0 }));
  const CLUSTERS = 5;

  /** How many of so many runs are accused, where the kernel's weights are what `really` makes of them. */
  function accusedOf(runs: number, really: (weights: readonly number[]) => readonly number[]): number {
    let accused = 0;
    for (let cluster = 0; cluster < CLUSTERS; cluster++) {
      const weights = someWeights();
      const plan = planOf(expectation, weights);
      const plays = playTwos(loadsOf(weights), plan.needed);
      for (let run = 0; run < runs / CLUSTERS; run++) {
        const counts = spreadHeld('twos', loadsOf(really(weights)), plan.needed, random);
        if (byTwoChoices(plays, plan, runOf(plan, counts, plan.needed)).kind === 'skewed') accused++;
      }
    }
    return accused / runs;
  }

  test('fair runs are not accused', () => {
    expect(accusedOf(FAIR, (weights) => weights)).toBeLessThanOrEqual(0.01);
  });

  test('a server with a tenth more is found', () => {
    const tenthMore = (weights: readonly number[]) => {
      const lucky = below(weights.length);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const own = weights[lucky] ?? 0;
      const rest = (sum - 1.1 * own) / (sum - own);
      return weights.map((weight, at) => weight * (at === lucky ? 1.1 : rest) * 100);
    };
    expect(accusedOf(SKEWED, tenthMore)).toBeGreaterThanOrEqual(0.95);
  });
});
