import { isQuietDevice } from './device.ts';
import { isLinkLocalAddress, isLoopbackAddress } from './endpoint.ts';
import type { InterfaceAddress } from './kernel.ts';
import type { LiveAddress } from './running.ts';
import type { VirtualService } from './service.ts';
import { movedVips } from './vip-list.ts';
import type { VrrpInstance } from './vrrp.ts';

/**
 * What a running host has besides the addresses that VRRP moves, and besides those that a script raises in the same way:
 * of these the script is what has to change.
 */
export function besidesVrrp(
  live: readonly LiveAddress[] | undefined,
  vrrp: readonly VrrpInstance[],
  raised: readonly InterfaceAddress[],
): readonly LiveAddress[] | undefined {
  const moved = new Set(vrrp.flatMap((instance) => movedVips(instance).map(({ value }) => value.key)));
  const known = new Set(raised.map(sameAddress));
  return live?.filter((address) => !moved.has(address.key) && !known.has(sameAddress(address)));
}

/** What scripts raise, as far as the host has it where somebody looked; the rest is gone, or never came. */
export function raisedNow(
  raised: readonly InterfaceAddress[],
  live: readonly LiveAddress[] | undefined,
): readonly InterfaceAddress[] {
  if (live === undefined) return raised;
  const there = new Set(live.map(sameAddress));
  return raised.filter((address) => there.has(sameAddress(address)));
}

/** The addresses by which others mean this host: not those of its services, nor any that no neighbour can ask for. */
export function ownAmong(
  standing: readonly LiveAddress[],
  services: readonly VirtualService[],
): readonly string[] {
  if (standing.length === 0) return [];
  const vips = new Set(services.flatMap(({ endpoints }) => endpoints.map(({ address }) => address?.value)));
  return standing.flatMap(({ key, interface: device }) => {
    const local = isLoopbackAddress(key) || isLinkLocalAddress(key) || isQuietDevice(device.value);
    return local || vips.has(key) ? [] : [key];
  });
}

function sameAddress({ key, interface: device, prefix }: InterfaceAddress): string {
  return `${key}/${prefix?.value ?? ''} ${device.value}`;
}
