import type { Located } from '../evidence/fact.ts';
import { isBefore } from './release.ts';
import type { VrrpInstance } from './vrrp.ts';
import { isUnicast, lineOf } from './vrrp-effect.ts';

/** Something that an instance cannot work without, and where it is missing. */
export interface InstanceLack {
  readonly what: string;
  readonly at: Located;
  /** error: keepalived does not start the instance. */
  readonly severity: 'error' | 'warning' | 'info';
}

/** What keepalived 2.2.7 does not start an instance without; addresses only in version 3 and in strict mode. */
export function lacksOf(instance: VrrpInstance, release: string | undefined): readonly InstanceLack[] {
  const { other, vips, version, strict } = instance;
  // Later releases want no interface for unicast.
  const needsInterface = !isUnicast(instance) || isBefore(release, '2.2.8');
  const missing = [
    ...(other.has('virtual_router_id') ? [] : ['virtual_router_id']),
    ...(other.has('interface') || !needsInterface ? [] : ['interface']),
  ];
  const lacks: InstanceLack[] =
    missing.length === 0 ? [] : [{ what: missing.join(' and no '), at: instance, severity: 'error' }];
  if (vips.length === 0 && !other.has('no_virtual_ipaddress')) {
    const runs = version.value === 2 && !strict?.value;
    lacks.push({
      what: 'virtual_ipaddress, so no address moves with it',
      at: lineOf(instance, 'virtual_ipaddress'),
      severity: !runs ? 'error' : movesSomethingElse(instance) ? 'info' : 'warning',
    });
  }
  return lacks;
}

/** A script that tells a cloud to move the address, a route, or addresses that are not advertised. */
function movesSomethingElse({ excludedVips, virtualRoutes, notify }: VrrpInstance): boolean {
  return excludedVips.length + virtualRoutes.length + notify.length > 0;
}
