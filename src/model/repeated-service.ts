import type { Located } from '../evidence/fact.ts';
import type { VirtualService } from './service.ts';

/** A service whose address an earlier block has already, or an earlier line of its own group. */
export interface RepeatedService {
  readonly service: VirtualService;
  readonly owner: VirtualService;
  /** `TCP 192.0.2.10:80`, `fwmark 1` */
  readonly name: string;
  readonly at: Located;
}

/** Of each service the first address that is taken; the kernel keeps one service for each. */
export function repeatedServices(services: readonly VirtualService[]): readonly RepeatedService[] {
  const owners = new Map<string, VirtualService>();
  const found: RepeatedService[] = [];
  for (const service of services) {
    let isFirst = true;
    for (const { key, mark, address } of service.endpoints) {
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, service);
      else if (isFirst) {
        isFirst = false;
        const word = address ?? mark ?? service;
        const at = owner === service ? word : (service.group ?? word);
        found.push({ service, owner, name: mark === undefined ? key : `fwmark ${mark.value}`, at });
      }
    }
  }
  return found;
}
