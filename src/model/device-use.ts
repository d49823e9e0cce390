import type { Located } from '../evidence/fact.ts';
import { movedVips } from './vip-list.ts';
import type { VrrpInstance } from './vrrp.ts';

/** A device that an instance names, and what for. */
export interface DeviceUse {
  readonly device: string;
  /** `runs on`, `tracks`, `puts 192.0.2.10 on` */
  readonly use: string;
  readonly at: Located;
}

export function deviceUses(instance: VrrpInstance): readonly DeviceUse[] {
  const { interface: own, tracks } = instance;
  const uses: DeviceUse[] = own === undefined ? [] : [{ device: own.value, use: 'runs on', at: own }];
  for (const { kind, name } of tracks)
    if (kind === 'interface') uses.push({ device: name.value, use: 'tracks', at: name });
  for (const vip of movedVips(instance)) {
    const { address, device } = vip.value;
    if (device !== undefined) uses.push({ device, use: `puts ${address} on`, at: vip });
  }
  return uses;
}
