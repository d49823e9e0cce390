import { effectiveConf } from './effective.ts';
import type { KernelSetting, KernelSettings } from './kernel.ts';

/** A key that makes a host answer ARP for addresses of others, with a setting that switches it on. */
export interface ProxySetting {
  readonly name: 'proxy_arp' | 'proxy_arp_pvlan';
  readonly setting: KernelSetting;
}

/** Those that are on for a device for certain. */
export function proxySettings(sysctl: KernelSettings, device: string): readonly ProxySetting[] {
  return (['proxy_arp', 'proxy_arp_pvlan'] as const).flatMap((name) => {
    const { value, known, from } = effectiveConf(sysctl, name, device);
    const setting = from.find((each) => Number(each.value.value) !== 0);
    return value !== 0 && known && setting !== undefined ? [{ name, setting }] : [];
  });
}
