import type { ServerCount } from './timeline.ts';

/** The counters and the table of one virtual service, as a director has them at one moment. */
export interface ServiceCounters {
  readonly servers: readonly (ServerCount & { readonly weight: number })[];
}

/**
 * Reads what the command `counters` prints: `--stats --exact` (connections first), then the table with weight, active and
 * inactive connections (ipvsadm(8)). Undefined where the table has no such service or ipvsadm did not run.
 */
export function readCounters(text: string): ServiceCounters | undefined {
  const [stats = '', table = ''] = text.split(/\n\s*\n/);
  if (!/LocalAddress:Port/.test(table)) return undefined;
  const connections = new Map(rowsOf(stats).map(([server = '', count]) => [server, Number(count)] as const));
  return {
    servers: rowsOf(table).map(([server = '', , weight, active, inactive]) => ({
      server,
      weight: Number(weight),
      connections: connections.get(server) ?? 0,
      active: Number(active),
      inactive: Number(inactive),
    })),
  };
}

function rowsOf(listing: string): string[][] {
  return listing
    .split('\n')
    .filter((line) => /^\s+-> (?!Remote)/.test(line))
    .map((line) => line.trim().split(/\s+/).slice(1));
}
