import type { Fact, Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';

/** A timeout of IPVS that somebody sets, in seconds, with the line that does. */
export interface IpvsTimeout {
  readonly value: number;
  readonly at: Located;
}

/**
 * What keepalived's `lvs_timeouts` and `ipvsadm --set TCP TCPFIN UDP` of scripts say of one timeout, the last word
 * last. A 0 keeps the value that is there (ipvsadm(8)); without a word the kernel has 900, 120 and 300.
 */
export function ipvsTimeouts(host: Host, name: 'tcp' | 'tcpfin' | 'udp'): readonly IpvsTimeout[] {
  const { globals, commands = [] } = host;
  const written = globals?.lvsTimeouts;
  const facts: (Fact<number> | undefined)[] = commands.map((command) =>
    command.does === 'set-ipvs-timeouts' ? command[name] : undefined,
  );
  const scripted = facts.flatMap((fact) => (fact === undefined ? [] : [{ value: fact.value, at: fact }]));
  const own = written?.value[name];
  const all =
    own === undefined || written === undefined ? scripted : [...scripted, { value: own, at: written }];
  return all.filter(({ value }) => value > 0);
}
