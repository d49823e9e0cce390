import type { Host } from './cluster.ts';
import { commandsThat, isStart, type SetupCommandOf } from './commands.ts';
import { confTarget } from './conf-keys.ts';
import { writtenNumber } from './kernel-files.ts';

const CONNTRACK = 'net/ipv4/vs/conntrack';

/** A rule that gives packets another source address on their way out. */
export interface SourceNatRule {
  readonly command: SetupCommandOf<'packet-filter'>;
  /** It asks for packets that IPVS balances: `-m ipvs`. */
  readonly asksIpvs: boolean;
  /** It takes all packets, whatever their source, destination and interface. */
  readonly isBroad: boolean;
}

/** The source NAT rules that a host has, or that its scripts add with iptables when they start. */
export function sourceNatRules({ netfilter = [] }: Host): readonly SourceNatRule[] {
  return commandsThat('packet-filter', netfilter).flatMap((command) => {
    const { table, chain, target, action, words } = command;
    const isRule = table === 'nat' && chain === 'POSTROUTING' && /^(?:append|insert)$/.test(action);
    if (!isRule || !isStart(command) || !/^(?:MASQUERADE|SNAT)$/.test(target ?? '')) return [];
    const has = (option: RegExp) => words.some(({ text }) => option.test(text));
    const isBroad = !has(/^(?:-[sdopm]|--(?:source|destination|src|dst|out-interface|protocol|match))$/);
    return [{ command, asksIpvs: has(/^ipvs$/), isBroad }];
  });
}

/** Whether the kernel shows balanced connections to the packet filter, which is what source NAT needs (ipvs-sysctl.rst). */
export function tracksConnections(host: Host): boolean {
  return writtenNumber(host, CONNTRACK)?.value === 1;
}

/** Whether a director hides clients behind its own address, as far as its files show: answers then come back by themselves. */
export function translatesSource(host: Host): boolean {
  return tracksConnections(host) && sourceNatRules(host).length > 0;
}

/** Whether some interface of a host takes packets that come from the host's own addresses (ip-sysctl.rst). */
export function acceptsLocal({ sysctl }: Host): boolean {
  return (sysctl?.settings ?? []).some(
    ({ key, value }) => confTarget(key)?.name === 'accept_local' && value.value !== '0',
  );
}
