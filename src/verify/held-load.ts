/** What a scheduler that looks at open connections knows of a server. */
export interface Load {
  readonly weight: number;
  readonly active: number;
  readonly inactive: number;
}

/** The schedulers that choose by open connections; only twos leaves something to chance. */
export const HELD_SCHEDULERS = ['lc', 'wlc', 'sed', 'nq', 'ovf', 'twos'] as const;
export type HeldScheduler = (typeof HELD_SCHEDULERS)[number];

/**
 * How so many connections that stay open fall to the servers, in the order of the kernel's list. lc, wlc and twos count an
 * open connection as 256 closing ones; of equal servers the first one is taken (ip_vs_lc.c and its neighbours).
 */
export function spreadHeld(
  scheduler: HeldScheduler,
  loads: readonly Load[],
  held: number,
  random: () => number,
): readonly number[] {
  const servers = loads.map((load) => ({ ...load, got: 0 }));
  const usable = servers.filter(({ weight }) => weight > 0);
  for (let n = 0; n < held; n++) {
    const chosen = choose(scheduler, usable, random);
    if (chosen === undefined) break;
    chosen.active++;
    chosen.got++;
  }
  return servers.map(({ got }) => got);
}

interface Server extends Load {
  active: number;
  got: number;
}

function choose(
  scheduler: HeldScheduler,
  servers: readonly Server[],
  random: () => number,
): Server | undefined {
  switch (scheduler) {
    case 'lc':
      return leastBy(servers, overheadOf, () => 1);
    case 'wlc':
      return leastBy(servers, overheadOf, weightOf);
    case 'sed':
      return leastBy(servers, delayOf, weightOf);
    case 'nq':
      return servers.find(({ active }) => active === 0) ?? leastBy(servers, delayOf, weightOf);
    case 'ovf':
      return leastBy(
        servers.filter(({ active, weight }) => active <= weight),
        () => 1,
        weightOf,
      );
    case 'twos':
      return leastBy([pick(servers, random), pick(servers, random)], overheadOf, weightOf);
  }
}

/** Two random numbers from 0 to the sum of the weights, both ends among them: the first server has one chance more. */
function pick(servers: readonly Server[], random: () => number): Server {
  const sum = servers.reduce((total, { weight }) => total + weight, 0);
  let left = Math.floor(random() * (sum + 1));
  return (servers.find(({ weight }) => {
    left -= weight;
    return left <= 0;
  }) ?? servers.at(-1)) as Server;
}

function overheadOf({ active, inactive }: Load): number {
  return active * 256 + inactive;
}

function delayOf({ active }: Load): number {
  return active + 1;
}

function weightOf({ weight }: Load): number {
  return weight;
}

/** The first server with the least burden for its weight; compared by products, as the kernel does. */
function leastBy(
  servers: readonly Server[],
  burdenOf: (server: Server) => number,
  shareOf: (server: Server) => number,
): Server | undefined {
  let least: Server | undefined;
  for (const server of servers)
    if (least === undefined || burdenOf(least) * shareOf(server) > burdenOf(server) * shareOf(least))
      least = server;
  return least;
}
