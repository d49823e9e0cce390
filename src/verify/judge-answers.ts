import type { DistributionPlan, ServicePlan } from './distribution-plan.ts';
import { groupsOf } from './judge-shares.ts';
import type { ServiceRun } from './service-run.ts';
import type { Timeline } from './timeline.ts';
import type { Told } from './told.ts';

/** What the answers themselves say, besides where IPVS sent the requests. */
export function judgeAnswers(
  plan: ServicePlan,
  run: ServiceRun,
  timeline: Timeline<DistributionPlan>,
): readonly Told[] {
  const passed = bypass(plan, run, timeline);
  return [
    ...failures(plan, run),
    ...slowness(plan, run),
    ...passed,
    ...(passed.length > 0 ? [] : redirection(plan, run)),
    ...persistence(plan, run),
    ...lastResort(plan, run),
  ];
}

/** A few of thousands may fail by a restart; beyond this it is a fault that clients see. */
const MANY_FAILURES = 0.01;

function failures(plan: ServicePlan, { requests }: ServiceRun): readonly Told[] {
  // A datagram without an answer may have been received all the same.
  if (plan.request?.kind === 'udp' && requests.every(({ outcome }) => outcome !== 'answered')) return [];
  const failed = requests.filter(({ outcome }) => outcome !== 'answered');
  const [first] = failed;
  if (first === undefined) return [];
  const kinds = [...new Set(failed.map(({ outcome }) => outcome))].join(', ');
  return [
    {
      ...about(plan, 'verify/requests-failed'),
      message: `${failed.length} of ${requests.length} requests to ${plan.service} fail: ${kinds}`,
      moment: first.moment,
      severity: failed.length > MANY_FAILURES * requests.length ? 'error' : 'warning',
    },
  ];
}

/** A SYN that is lost is sent again after 1 s (RFC 6298): no application is as slow as that by itself, beside quick ones. */
const SYN_AGAIN_MS = 1000;
const MANY_SLOW = 0.01;

/** The first ones wake servers up, and wait for each other. */
const WARM_UP = 16;

function slowness(plan: ServicePlan, { requests }: ServiceRun): readonly Told[] {
  const answered = requests.filter(({ outcome }, at) => outcome === 'answered' && at >= WARM_UP);
  const times = answered.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const slow = answered.filter(({ milliseconds }) => milliseconds >= SYN_AGAIN_MS);
  // A machine that is busy has requests of every length; a lost SYN leaves nothing between quick and slow.
  const between = times.filter((time) => time > SYN_AGAIN_MS / 4 && time < SYN_AGAIN_MS).length;
  if (between > slow.length / 2) return [];
  const [first] = slow;
  if (first === undefined || slow.length <= MANY_SLOW * times.length || median > SYN_AGAIN_MS / 10) return [];
  return [
    {
      ...about(plan, 'verify/requests-slow'),
      message: `${slow.length} of ${times.length} requests to ${plan.service} take 1 s or longer, half of them at most ${median.toFixed(1)} ms`,
      moment: first.moment,
    },
  ];
}

/** Ports that a client takes by turns (net.ipv4.ip_local_port_range by default). */
const CLIENT_PORTS = 28_232;

/**
 * So many answers may lack a count at most. A connection from a port that IPVS still remembers goes where the last one
 * from it went, and is not counted (net/netfilter/ipvs/ip_vs_core.c, is_new_conn_expected). How often that happens is a
 * question of birthdays; this is twice as often, and a few.
 */
function reusedPorts(requests: number, sources: number): number {
  const addresses = Math.max(1, sources);
  return 3 + (addresses * (requests / addresses) ** 2) / CLIENT_PORTS;
}

function bypass(
  plan: ServicePlan,
  run: ServiceRun,
  { moments, plan: { macs } }: Timeline<DistributionPlan>,
): readonly Told[] {
  const missing = run.answered - run.total;
  if (missing <= reusedPorts(run.answered, plan.sources.length)) return [];
  const vip = plan.request?.address;
  const asked = moments.findLastIndex(
    (moment) => 'observed' in moment && moment.observed.kind === 'arp' && moment.observed.address === vip,
  );
  const moment = moments[asked];
  const answering =
    moment !== undefined && 'observed' in moment && moment.observed.kind === 'arp'
      ? moment.observed.macs
      : [];
  const who = answering.map((mac) => (macs[mac] === undefined ? mac : `${mac} (${macs[mac]})`));
  return [
    {
      ...about(plan, 'verify/answers-bypass-the-director'),
      message: `${missing} of ${run.answered} answered requests to ${plan.service} never passed IPVS on ${plan.director}${who.length > 0 ? `; ${who.join(' and ')} ${who.length === 1 ? 'answers' : 'answer'} ARP for ${vip}` : ''}`,
      moment: run.lastCount,
      ...(asked >= 0 && { related: [{ moment: asked, message: 'who has the VIP' }] }),
    },
  ];
}

/** Who gave the answers, with how many; undefined where they do not tell the servers apart. */
function voicesOf({ requests, servers }: ServiceRun): ReadonlyMap<string, number> | undefined {
  const voices = new Map<string, number>();
  for (const { by, outcome } of requests)
    if (outcome === 'answered' && by !== undefined) voices.set(by, (voices.get(by) ?? 0) + 1);
  return voices.size === 0 || voices.size > servers.length ? undefined : voices;
}

/** The voices, loudest first, have to be as loud as the counts, largest first: whoever is who. */
function redirection(plan: ServicePlan, run: ServiceRun): readonly Told[] {
  const voices = voicesOf(run);
  if (voices === undefined || run.foreign > run.total / 20) return [];
  const loud = [...voices].sort(([, one], [, other]) => other - one);
  const counts = run.servers.map(({ count }) => count).sort((one, other) => other - one);
  const allowed = run.foreign + silent(run) + reusedPorts(run.answered, plan.sources.length);
  const off = loud.find(([, said], at) => Math.abs(said - (counts[at] ?? 0)) > allowed);
  if (off === undefined) return [];
  return [
    {
      ...about(plan, 'verify/answers-not-where-ipvs-sent'),
      message: `${off[0]} gives ${off[1]} of ${run.answered} answers of ${plan.service}, IPVS sent ${counts.join(', ')} to the servers`,
      moment: run.lastCount,
    },
  ];
}

/** Requests that failed, or did not say by whom they were answered. */
function silent({ requests }: ServiceRun): number {
  return requests.filter(({ outcome, by }) => outcome !== 'answered' || by === undefined).length;
}

function persistence(plan: ServicePlan, run: ServiceRun): readonly Told[] {
  const { expectation } = plan;
  if (expectation.kind !== 'clients' || !expectation.persistent) return [];
  const torn = voicesOf(run) === undefined ? tornByCount(run, expectation.prefix) : tornByVoice(run);
  if (torn === undefined) return [];
  return [
    {
      ...about(plan, 'verify/persistence-not-kept'),
      message: `${torn.client} reaches ${torn.servers} through the persistent service ${plan.service}`,
      moment: torn.moment,
    },
  ];
}

interface Torn {
  readonly client: string;
  readonly servers: string;
  readonly moment: number;
}

function tornByVoice({ requests }: ServiceRun): Torn | undefined {
  const first = new Map<string, string>();
  for (const { from = '', by, moment } of requests) {
    if (by === undefined) continue;
    const known = first.get(from);
    if (known !== undefined && known !== by) return { client: from, servers: `${known} and ${by}`, moment };
    first.set(from, by);
  }
  return undefined;
}

/** Where there is but one client, all of it goes to one server. */
function tornByCount(run: ServiceRun, prefix: number): Torn | undefined {
  const [client, second] = groupsOf(run, prefix);
  const used = run.servers.filter(({ count }) => count > 0);
  if (client === undefined || second !== undefined || run.foreign > 0 || used.length < 2) return undefined;
  return { client, servers: used.map(({ server }) => server).join(' and '), moment: run.lastCount };
}

function lastResort(plan: ServicePlan, run: ServiceRun): readonly Told[] {
  const used = run.servers.filter(({ count }) => count > 0);
  if (used.length === 0 || !used.every(({ sorry }) => sorry === true)) return [];
  return [
    {
      ...about(plan, 'verify/sorry-server-answers'),
      message: `${used.map(({ server }) => server).join(', ')}, the sorry server, gets all connections to ${plan.service}`,
      moment: run.lastCount,
    },
  ];
}

function about<T extends Told['outcome']>({ director, service }: ServicePlan, outcome: T) {
  return { outcome, host: director, subject: service };
}
