import type { Fact } from '../evidence/fact.ts';
import type { Checker, RealServer, VirtualService } from './service.ts';

type Value = string | number | boolean;

/** One thing that is written of a `T`, with its name for a message: `the scheduler`. */
export interface FieldOf<T> {
  readonly what: string;
  /** Undefined where nothing is written and nothing assumed. */
  readonly read: (item: T) => Fact<Value> | undefined;
  /** With another value the service does not work, rather than works otherwise. */
  readonly grave?: true;
  /** The kernel's table shows it. */
  readonly inTable?: true;
}

/** What is written of the service itself. */
export const SERVICE_FIELDS: readonly FieldOf<VirtualService>[] = [
  { what: 'the forwarding method', read: (service) => service.method, grave: true, inTable: true },
  { what: 'the scheduler', read: (service) => service.scheduler, inTable: true },
  { what: 'the flags of the scheduler', read: (service) => joined(service.schedulerFlags) },
  { what: 'the persistence', read: (service) => service.persistence, inTable: true },
  { what: 'the granularity of persistence', read: (service) => service.granularity },
  { what: 'the persistence engine', read: (service) => service.persistenceEngine },
  { what: 'one-packet scheduling', read: (service) => service.onePacket, inTable: true },
  { what: 'the time between checks', read: (service) => service.delayLoop },
  { what: 'alpha', read: (service) => service.alpha },
  { what: 'omega', read: (service) => service.omega },
  { what: 'inhibit_on_failure', read: (service) => service.inhibitOnFailure },
  { what: 'the quorum', read: (service) => service.quorum },
  { what: 'the hysteresis', read: (service) => service.hysteresis },
  { what: 'the virtual host', read: (service) => service.virtualhost },
  { what: 'the sorry server', read: (service) => service.sorryServer?.address },
  { what: 'the port of the sorry server', read: (service) => service.sorryServer?.port },
];

/** What is written of a real server, or of its service for all servers. */
export const SERVER_FIELDS: readonly FieldOf<RealServer>[] = [
  { what: 'the weight', read: (server) => server.weight, inTable: true },
  { what: 'the forwarding method', read: (server) => server.method, grave: true, inTable: true },
  { what: 'inhibit_on_failure', read: (server) => server.inhibitOnFailure },
  { what: 'the upper threshold', read: (server) => server.upperThreshold },
  { what: 'the lower threshold', read: (server) => server.lowerThreshold },
];

/** What is written of a check, or around it for all checks. */
export const CHECKER_FIELDS: readonly FieldOf<Checker>[] = [
  { what: 'the address', read: (check) => check.connectIp },
  { what: 'the port', read: (check) => check.connectPort },
  { what: 'the timeout', read: (check) => check.connectTimeout ?? check.miscTimeout },
  { what: 'the number of retries', read: (check) => check.retry },
  { what: 'the delay before a retry', read: (check) => check.delayBeforeRetry },
  { what: 'the time between checks', read: (check) => check.delayLoop },
  { what: 'the path', read: (check) => check.urls?.[0]?.path },
  { what: 'the expected status', read: (check) => check.urls?.[0]?.statusCode },
  { what: 'the expected digest', read: (check) => check.urls?.[0]?.digest },
  { what: 'the virtual host', read: (check) => check.virtualhost ?? check.urls?.[0]?.virtualhost },
  { what: 'the program', read: (check) => check.command && programOf(check.command) },
];

/** Arguments may well name the node itself. */
function programOf(command: Fact<string>): Fact<string> {
  const value = command.value.split(/\s/, 1)[0] ?? '';
  return { value, place: command.place, basis: command.basis };
}

function joined(facts: readonly Fact<string>[]): Fact<string> | undefined {
  const [first, ...others] = facts;
  if (first === undefined || others.length === 0) return first;
  const value = facts
    .map((fact) => fact.value)
    .sort()
    .join(' ');
  return { value, place: first.place, basis: first.basis };
}
