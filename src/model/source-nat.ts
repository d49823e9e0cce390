import type { Host } from './cluster.ts';
import { commandsThat, isStart, type SetupCommandOf } from './commands.ts';
import { confTarget } from './conf-keys.ts';
import type { Duty } from './duties.ts';
import { writtenNumber } from './kernel-files.ts';
import { allSettings } from './kernel-settings.ts';
import { deviceTowards } from './outgoing-device.ts';
import { conditionsOf } from './packet-filter.ts';
import { likenessOf, matches, type Packet } from './packet-verdict.ts';

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

/**
 * Whether a director hides clients from a real server behind its own address, as far as anybody sees: its answers then come
 * back by themselves. A rule for another way out, or for what the servers themselves send, does not.
 */
export function hidesClients({ director, service, server, endpoint }: Duty): boolean {
  if (!tracksConnections(director)) return false;
  const address = server?.address.value;
  const packet: Packet = {
    protocol: service.protocol?.value.toLowerCase() ?? 'tcp',
    family: endpoint.family,
    destination: address,
    dport: server?.port?.value || endpoint.port?.value,
    output: address && deviceTowards(director, address),
    state: 'NEW',
  };
  return sourceNatRules(director).some(({ command: { words, conditional, place, target } }) => {
    const conditions = conditionsOf(words.slice(1));
    const isOfServers = conditions.some(
      (condition) =>
        condition.option === 'source' &&
        matches(condition, packet) === 'maybe' &&
        matches(condition, { ...packet, source: address }) === 'yes' &&
        matches(condition, { ...packet, source: endpoint.address?.value }) === 'no',
    );
    return !isOfServers && likenessOf({ conditions, conditional, place, target }, packet) !== 'no';
  });
}

/** Whether some interface of a host takes packets that come from the host's own addresses (ip-sysctl.rst). */
export function acceptsLocal({ sysctl }: Host): boolean {
  return (
    sysctl !== undefined &&
    [...allSettings(sysctl)].some(
      ({ key, value }) => confTarget(key)?.name === 'accept_local' && value.value !== '0',
    )
  );
}
