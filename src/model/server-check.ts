import type { Checker, RealServer, VirtualService } from './service.ts';

/** A check with the server that it is of. */
export interface ServerCheck {
  readonly server: RealServer;
  readonly checker: Checker;
}

/** The first check of a service that is meant: the same block is usually copied from server to server. */
export function firstCheck(
  { realServers }: VirtualService,
  isMeant: (checker: Checker, server: RealServer) => boolean,
): ServerCheck | undefined {
  for (const server of realServers)
    for (const checker of server.checkers ?? []) if (isMeant(checker, server)) return { server, checker };
  return undefined;
}
