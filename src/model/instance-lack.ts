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
  const lacks: InstanceLack[] = [];
  if (!other.has('virtual_router_id'))
    lacks.push({ what: 'virtual_router_id', at: instance, severity: 'error' });
  // Later releases want none for unicast.
  if (!other.has('interface') && (!isUnicast(instance) || isBefore(release, '2.2.8')))
    lacks.push({ what: 'interface', at: instance, severity: 'error' });
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
