import { type Fix, reviewedFix, valued } from '../evidence/fix.ts';
import type { Checker, RealServer, VirtualService } from './service.ts';

/** The ports that clients use, each once; 0 stands for every port. Empty for firewall marks. */
export function servicePorts({ endpoints }: VirtualService): readonly number[] {
  const ports: number[] = [];
  for (const { port } of endpoints)
    if (port !== undefined && !ports.includes(port.value)) ports.push(port.value);
  return ports;
}

/** The one port of a service; undefined where it has several, every one, or a firewall mark. */
export function onlyPort(service: VirtualService): number | undefined {
  const { endpoints } = service;
  const port = endpoints[0]?.port?.value ?? 0;
  for (let at = 1; at < endpoints.length; at++) if (endpoints[at]?.port?.value !== port) return undefined;
  return port === 0 ? undefined : port;
}

/** The port on which the server gets packets: DR and TUN never rewrite it (ipvsadm(8), --gatewaying). */
export function servedPort(service: VirtualService, server: RealServer): number | undefined {
  const own = server.port?.value;
  const mapped = server.method.value === 'NAT' || server.method.value === 'FULLNAT';
  return mapped && own !== undefined && own > 0 ? own : onlyPort(service);
}

/**
 * The port that a check connects to; 0 where nothing says one: a server without a port takes the service's only where
 * the service is a plain address (keepalived 2.2.7, run: groups and marks are checked on port 0).
 */
export function checkedPort(service: VirtualService, server: RealServer, checker: Checker): number {
  if (checker.connectPort !== undefined) return checker.connectPort.value;
  const own = server.port?.value ?? 0;
  if (own > 0 || service.group !== undefined) return own;
  return service.endpoints[0]?.port?.value ?? 0;
}

/** The port of a service written at servers that cannot have another; none where the service has several. */
export function portFix(
  [port = 0, ...others]: readonly number[],
  servers: readonly RealServer[],
): Fix | undefined {
  if (others.length > 0) return undefined;
  return reviewedFix(`write ${port}`, ...servers.map((server) => server.port && valued(server.port, port)));
}
