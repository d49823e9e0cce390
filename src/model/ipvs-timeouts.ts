import type { Fact, Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';

/** A timeout of IPVS that somebody sets, in seconds, with the line that does. */
export interface IpvsTimeout {
  readonly value: number;
  readonly at: Located;
}

/** Seconds that the kernel keeps a connection where nobody says otherwise (ip_vs_proto_tcp.c, ip_vs_proto_udp.c). */
export const DEFAULT_TIMEOUTS = { tcp: 900, tcpfin: 120, udp: 300 } as const;

/**
 * What keepalived's `lvs_timeouts` and `ipvsadm --set TCP TCPFIN UDP` of scripts say of one timeout, the last word
 * last. A 0 keeps the value that is there (ipvsadm(8)). The kernel's own has the last word, where it is another.
 */
export function ipvsTimeouts(host: Host, name: 'tcp' | 'tcpfin' | 'udp'): readonly IpvsTimeout[] {
  const { globals, commands = [], runningTimeouts } = host;
  const written = globals?.lvsTimeouts;
  const facts: (Fact<number> | undefined)[] = commands.map((command) =>
    command.does === 'set-ipvs-timeouts' ? command[name] : undefined,
  );
  const scripted = facts.flatMap((fact) => (fact === undefined ? [] : [{ value: fact.value, at: fact }]));
  const own = written?.value[name];
  const all = (
    own === undefined || written === undefined ? scripted : [...scripted, { value: own, at: written }]
  ).filter(({ value }) => value > 0);
  const running = runningTimeouts?.[name];
  const wanted = all.at(-1)?.value ?? DEFAULT_TIMEOUTS[name];
  return running === undefined || running.value === wanted
    ? all
    : [...all, { value: running.value, at: running }];
}
