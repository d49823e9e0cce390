import type { Cluster, Host } from './cluster.ts';
import { isStart } from './commands.ts';
import { confTarget } from './conf-keys.ts';
import { isWiredDevice } from './device.ts';
import { servicesByVip } from './duties.ts';
import type { InterfaceAddress } from './kernel.ts';
import { allSettings } from './kernel-settings.ts';

/** An IPv6 VIP that a director's script raises in a way that another director can spoil. */
export interface RivalAddress {
  readonly address: InterfaceAddress;
  readonly rival: Host;
}

/**
 * IPv6 VIPs that a script of a director raises with duplicate address detection on (RFC 4862, section 5.4), while
 * another director balances the same VIP.
 */
export function rivalAddresses(cluster: Cluster, host: Host): readonly RivalAddress[] {
  if (host.commands === undefined || skipsDetection(host)) return [];
  return host.commands.flatMap((command) => {
    if (command.does !== 'add-address' || !isStart(command)) return [];
    const { address, words, tool } = command;
    if (address?.family !== 6 || tool !== 'ip' || words.some(({ text }) => text === 'nodad')) return [];
    const balanced = servicesByVip(cluster).get(address.key) ?? [];
    const isOwn = balanced.some(({ director }) => director === host);
    const rival = balanced.find(({ director }) => director !== host)?.director;
    return isOwn && rival !== undefined && isWiredDevice(address.interface.value) ? [{ address, rival }] : [];
  });
}

function skipsDetection({ sysctl }: Host): boolean {
  return (
    sysctl !== undefined &&
    [...allSettings(sysctl)].some(
      ({ key, value }) =>
        /^(?:accept_dad|dad_transmits)$/.test(confTarget(key)?.name ?? '') && value.value === '0',
    )
  );
}
