import type { Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import { isElsewhere, isKeptOtherwise, liveVips, staleness } from './live-vip.ts';

/** What a host leaves undone while its keepalived does not run. */
export interface DaemonDuties {
  /** `cannot take over VIP 192.0.2.100` */
  readonly lacks: string;
  /** The file's own word for it. */
  readonly at: Located;
}

/** Undefined where the daemon has nothing to do, and where a VIP that it left behind tells the same, and graver. */
export function daemonDuties(host: Host): DaemonDuties | undefined {
  if (isElsewhere(host)) return undefined;
  if (liveVips(host).some((held) => !isKeptOtherwise(host, held) && staleness(host, held))) return undefined;
  const [instance] = host.vrrp ?? [];
  const [vip] = instance?.vips ?? [];
  if (instance !== undefined)
    return {
      lacks: vip
        ? `cannot hold VIP ${vip.value.key ?? vip.value.address}`
        : `takes no part in ${instance.label}`,
      at: instance,
    };
  const service = host.services?.find(({ manager }) => manager === 'keepalived');
  return service && { lacks: `neither balances ${service.label} nor checks its servers`, at: service };
}
