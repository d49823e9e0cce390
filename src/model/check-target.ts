import type { Located } from '../evidence/fact.ts';
import { addressKey } from './endpoint.ts';
import { checkedPort, servedPort } from './ports.ts';
import type { ServerCheck } from './server-check.ts';
import type { Checker, RealServer, VirtualService } from './service.ts';

/** What a check asks although clients ask something else. */
export interface Mismatch {
  readonly kind: 'port' | 'protocol' | 'address';
  readonly at: Located;
  readonly asked: string;
  readonly served: string;
  /** For addresses: whose it is. */
  readonly owner?: 'vip' | 'server' | 'shared';
}

/** A check that differs, with its server. */
export interface MistakenCheck extends Mismatch, ServerCheck {}

type Judge = (service: VirtualService, server: RealServer, checker: Checker) => Mismatch | undefined;

/** The first check of each kind of mismatch: the same block is usually copied from server to server. */
export function mistakenChecks(service: VirtualService): readonly MistakenCheck[] {
  return [portMismatch, protocolMismatch, addressMismatch].flatMap((judge) => firstOf(service, judge) ?? []);
}

function firstOf(service: VirtualService, judge: Judge): MistakenCheck | undefined {
  for (const server of service.realServers) {
    for (const checker of server.checkers ?? []) {
      const mismatch = judge(service, server, checker);
      if (mismatch !== undefined) return { ...mismatch, server, checker };
    }
  }
  return undefined;
}

function portMismatch(service: VirtualService, server: RealServer, checker: Checker): Mismatch | undefined {
  const at = checker.connectPort;
  if (at === undefined) return undefined;
  const served = servedPort(service, server);
  if (served === undefined || at.value === served) return undefined;
  if (server.checkers?.some((other) => checkedPort(service, server, other) === served)) return undefined;
  return { kind: 'port', at, asked: String(at.value), served: String(served) };
}

const ASKS_BY_TCP = new Set(['TCP_CHECK', 'HTTP_GET', 'SSL_GET', 'SMTP_CHECK']);

function protocolMismatch(
  { protocol }: VirtualService,
  server: RealServer,
  checker: Checker,
): Mismatch | undefined {
  if (protocol?.value !== 'UDP' || protocol.basis === 'default' || checker.connectPort !== undefined)
    return undefined;
  if (server.checkers?.some(({ kind }) => !ASKS_BY_TCP.has(kind))) return undefined;
  return { kind: 'protocol', at: checker, asked: 'TCP', served: 'UDP' };
}

function addressMismatch(
  service: VirtualService,
  server: RealServer,
  { connectIp }: Checker,
): Mismatch | undefined {
  if (connectIp === undefined) return undefined;
  const asked = addressKey(connectIp.value);
  const served = server.address.value;
  if (asked === undefined || asked === served) return undefined;
  const mismatch = { kind: 'address', at: connectIp, asked, served } as const;
  if (service.endpoints.some(({ address }) => address?.value === asked)) return { ...mismatch, owner: 'vip' };
  const asksToo = (other: RealServer) =>
    other !== server && other.checkers?.some((check) => addressKey(check.connectIp?.value ?? '') === asked);
  if (service.realServers.some(({ address }) => address.value === asked))
    return { ...mismatch, owner: 'server' };
  return service.realServers.some(asksToo) ? { ...mismatch, owner: 'shared' } : mismatch;
}
