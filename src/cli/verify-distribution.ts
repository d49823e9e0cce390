import { RemoteFailure } from '../collect/remote.ts';
import { plainWords } from '../report/words.ts';
import type { Client } from '../verify/client.ts';
import type { DistributionPlan } from '../verify/distribution-plan.ts';
import type { DistributionWishes } from '../verify/plan-distribution.ts';
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import type { Terminal } from './terminal.ts';
import { conclude, keepTimelines, type Scene, setScene, type VerifyArguments } from './verify.ts';

/** The command line of `verify distribution`. */
export interface DistributionArguments extends VerifyArguments {
  readonly service?: readonly string[] | undefined;
  readonly request?: 'http' | 'https' | 'tcp' | undefined;
  readonly uri?: string | undefined;
  readonly site?: string | undefined;
  readonly payload?: string | undefined;
  readonly to?: string | undefined;
  readonly identify?: string | undefined;
  readonly requests?: string | undefined;
}

/** Sends requests to the virtual services and judges where they went: plans, asks, counts, judges, reports. */
export async function verifyDistribution(args: DistributionArguments, terminal: Terminal): Promise<ExitCode> {
  if (args['show-commands']) {
    const { listVerifyCommands } = await import('../verify/commands.ts');
    terminal.out(listVerifyCommands());
    return EXIT.clean;
  }
  const wishes = wishesOf(args);
  const scene = await setScene(args, terminal);
  try {
    return await proveDistribution(args, wishes, scene, terminal);
  } catch (error) {
    // Directors that do not answer are told of each service; this is the client.
    if (!(error instanceof RemoteFailure)) throw error;
    terminal.note(
      `lvsdoctor: ${plainWords(`client ${scene.client.remote.host}: ${error.trouble}: ${error.message}`)}\n`,
    );
    return EXIT.notJudged;
  }
}

async function proveDistribution(
  args: DistributionArguments,
  wishes: DistributionWishes,
  scene: Scene,
  terminal: Terminal,
): Promise<ExitCode> {
  const { planDistribution } = await import('../verify/plan-distribution.ts');
  const client = await clientOf(scene);
  const { plan, unknown } = await planDistribution(scene.cluster, wishes, client);
  if (unknown.length > 0)
    throw new WrongUse(`no director that was seen holds a service ${unknown.join(', ')}`);
  if (plan.services.length === 0) throw new WrongUse('no director that was seen holds a virtual service');
  terminal.note(planText(plan));
  if (args['dry-run']) return EXIT.clean;
  const { runDistribution } = await import('../verify/distribution.ts');
  const { judgeDistribution } = await import('../verify/judge-distribution.ts');
  const signal = terminal.interruption?.() ?? new AbortController().signal;
  const timeline = await runDistribution(plan, {
    client,
    director: (host) => scene.remotes.get(host),
    progress: (line) => terminal.status?.(line.slice(0, 79)),
    signal,
  });
  terminal.status?.('');
  keepTimelines(args, [timeline], terminal);
  const judgement = judgeDistribution(timeline);
  for (const note of judgement.notes) terminal.note(`${note}\n`);
  const code = await conclude([{ name: 'distribution', timeline, judgement }], scene, args, terminal);
  return signal.aborted ? EXIT.stopped : code;
}

async function clientOf({ client: { isHere, remote } }: Scene): Promise<Client> {
  if (isHere) return (await import('../verify/local-client.ts')).localClient(remote);
  return (await import('../verify/curl-client.ts')).curlClient(remote);
}

function wishesOf(args: DistributionArguments): DistributionWishes {
  const requests = requestsOf(args);
  const identify = identifyOf(args);
  const { request, uri, site, payload, to } = args;
  if (payload !== undefined && !/^(?:[\da-f]{2})*$/i.test(payload))
    throw new WrongUse(`--payload ${payload} is no row of hexadecimal bytes`, true);
  if (to !== undefined && !/^(?:\[[\da-f:]+\]|[\d.]+):\d+$/i.test(to))
    throw new WrongUse(`--to ${to} is no ADDRESS:PORT`, true);
  return {
    services: args.service ?? [],
    ...(request !== undefined && { request }),
    ...(uri !== undefined && { path: uri }),
    ...(site !== undefined && { site }),
    ...(payload !== undefined && { payload }),
    ...(to !== undefined && { to }),
    ...(identify !== undefined && { identify }),
    ...(requests !== undefined && { requests }),
  };
}

function requestsOf({ requests }: DistributionArguments): number | undefined {
  if (requests === undefined) return undefined;
  const number = Number(requests);
  if (!Number.isInteger(number) || number < 1 || number > 1_000_000)
    throw new WrongUse(`--requests ${requests} is no number from 1 to 1000000`, true);
  return number;
}

function identifyOf({ identify }: DistributionArguments): string | undefined {
  if (identify === undefined || /^(?:body|tls-cert|header:[\w-]+)$/.test(identify)) return identify;
  throw new WrongUse(`--identify is header:NAME, body or tls-cert; not ${identify}`, true);
}

/** What is going to happen and how much of it shows a skew, a line a service. */
function planText({ client, services }: DistributionPlan): string {
  const lines = services.map((plan) => {
    const { service, director, scheduler, requests, units, unit, needed, refusal } = plan;
    const head = `  ${service} on ${director}, ${scheduler}`;
    if (refusal !== undefined) return `${head}: nothing is sent, ${refusal}`;
    const amount = unit === 'connections' ? `${requests} requests` : `${requests} requests, ${units} ${unit}`;
    return `${head}: ${amount}; it takes ${needed} ${unit} to see a skew of a tenth`;
  });
  return `requests from ${client}:\n${lines.join('\n')}\n`;
}
