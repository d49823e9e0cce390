import type { RealServer, VirtualService } from './service.ts';

/** Up to here, comparing each with each is faster than remembering all. */
const FEW = 16;

/** The first real server that an earlier line of the same service names already: same address and port. */
export function repeatedServer({ realServers }: VirtualService): RealServer | undefined {
  if (realServers.length <= FEW)
    return realServers.find((server, at) => {
      for (let before = 0; before < at; before++) if (isSame(server, realServers[before])) return true;
      return false;
    });
  const labels = new Set<string>();
  return realServers.find(({ label }) => labels.size === labels.add(label).size);
}

function isSame(one: RealServer, other: RealServer | undefined): boolean {
  return one.address.value === other?.address.value && one.port?.value === other.port?.value;
}
