import { defineRule } from '../../src/judge/rule.ts';
import { isBefore } from '../../src/model/release.ts';
import { isSpoilt } from '../../src/model/spoilt.ts';
import type { VrrpInstance } from '../../src/model/vrrp.ts';
import { isUnicast, LONGEST_V3_ADVERT_INT } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp/required-value-missing-or-out-of-range',
  severity: 'error',
  title: 'a VRRP instance lacks something that it cannot work without',
  why: 'keepalived leaves the instance out or does not start at all, so this node never takes the VIP.',
  remedy:
    'Write virtual_router_id, interface and virtual_ipaddress, the same id and addresses as on the other nodes.',
  needs: ['vrrp'],
  toldByKeepalived: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const { label, other, version, strict, advertInt } = instance;
        const lack = (message: string) => report({ host, about: instance, at: instance, message });
        const spoilt = isSpoilt(host, instance);
        if (!other.has('virtual_router_id') && !spoilt) lack(`${label} has no virtual_router_id`);
        // Later releases want none for unicast.
        const isWanted = !isUnicast(instance) || isBefore(cluster.whole.target.keepalived, '2.2.8');
        if (!other.has('interface') && isWanted && !spoilt) lack(`${label} has no interface`);
        if (instance.vips.length === 0 && !other.has('no_virtual_ipaddress') && !spoilt)
          report({
            host,
            about: instance,
            at: other.get('virtual_ipaddress') ?? instance,
            message: `${label} has no virtual_ipaddress, so no address moves with it`,
            ...(version.value === 2 &&
              !strict?.value && {
                severity: movesSomethingElse(instance) ? 'info' : 'warning',
                why: 'In version 2 the instance runs and elects a master, but a failover moves no advertised address.',
              }),
          });
        if (version.value === 3 && advertInt.value > LONGEST_V3_ADVERT_INT)
          report({
            host,
            about: instance,
            at: advertInt,
            severity: 'warning',
            message: `${label} has advert_int ${advertInt.value}, keepalived makes it ${LONGEST_V3_ADVERT_INT}: version 3 knows no longer one`,
            why: 'The interval in the adverts is not the one that is written, and a failover takes another time than planned.',
            remedy: `Write an advert_int of at most ${LONGEST_V3_ADVERT_INT} s; 1 is usual.`,
          });
      }
    }
  },
});

/** A script that tells a cloud to move the address, a route, or addresses that are not advertised. */
function movesSomethingElse({ excludedVips, virtualRoutes, notify }: VrrpInstance): boolean {
  return excludedVips.length + virtualRoutes.length + notify.length > 0;
}
