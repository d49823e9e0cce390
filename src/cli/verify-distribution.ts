import type { DistributionPlan } from '../verify/distribution-plan.ts';
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import type { Terminal } from './terminal.ts';
import { conclude, keepTimeline, setScene, type VerifyArguments } from './verify.ts';

/** The command line of `verify distribution`. */
export interface DistributionArguments extends VerifyArguments {
  readonly service?: readonly string[] | undefined;
  readonly request?: 'http' | 'https' | 'tcp' | undefined;
  readonly uri?: string | undefined;
  readonly site?: string | undefined;
  readonly identify?: string | undefined;
  readonly requests?: string | undefined;
}

/** So many requests are sent without being asked for. */
const MOST_REQUESTS = 10_000;

/** Sends requests to the virtual services and judges where they went: plans, asks, counts, judges, reports. */
export async function verifyDistribution(args: DistributionArguments, terminal: Terminal): Promise<ExitCode> {
  if (args['show-commands']) {
    const { listVerifyCommands } = await import('../verify/commands.ts');
    terminal.out(listVerifyCommands());
    return EXIT.clean;
  }
  const requests = requestsOf(args);
  const identify = identifyOf(args);
  const scene = await setScene(args, terminal);
  const { planDistribution } = await import('../verify/plan-distribution.ts');
  const { plan, unknown } = planDistribution(scene.cluster, {
    client: scene.client.remote.host,
    services: args.service ?? [],
    most: MOST_REQUESTS,
    ...(args.request !== undefined && { request: args.request }),
    ...(args.uri !== undefined && { path: args.uri }),
    ...(args.site !== undefined && { name: args.site }),
    ...(identify !== undefined && { identify }),
    ...(requests !== undefined && { requests }),
  });
  if (unknown.length > 0)
    throw new WrongUse(`no director that was seen holds a service ${unknown.join(', ')}`);
  if (plan.services.length === 0) throw new WrongUse('no director that was seen holds a virtual service');
  terminal.note(planText(plan));
  if (args['dry-run']) return EXIT.clean;
  const { runDistribution } = await import('../verify/distribution.ts');
  const { judgeDistribution } = await import('../verify/judge-distribution.ts');
  const timeline = await runDistribution(plan, {
    director: (host) => scene.remotes.get(host),
    progress: (line) => terminal.status?.(line),
    signal: terminal.interruption?.() ?? new AbortController().signal,
  });
  terminal.status?.('');
  keepTimeline(args, timeline, terminal);
  const judgement = judgeDistribution(timeline);
  for (const note of judgement.notes) terminal.note(`${note}\n`);
  return await conclude([{ name: 'distribution', timeline, judgement }], scene, args, terminal);
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

/** What is going to happen, a line a service. */
function planText({ client, services }: DistributionPlan): string {
  const lines = services.map(({ service, director, scheduler, requests, needed, refusal }) =>
    refusal === undefined
      ? `  ${service} on ${director}, ${scheduler}: ${requests} requests (${needed} find a skew of a tenth)`
      : `  ${service} on ${director}: nothing is sent, ${refusal}`,
  );
  return `requests from ${client}:\n${lines.join('\n')}\n`;
}
