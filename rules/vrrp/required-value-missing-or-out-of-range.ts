import { safeFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { isSpoilt } from '../../src/model/damage.ts';
import { lacksOf } from '../../src/model/instance-lack.ts';
import { LONGEST_V3_ADVERT_INT } from '../../src/model/vrrp-effect.ts';

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
        const { label, version, advertInt } = instance;
        const lacks = isSpoilt(host, instance) ? [] : lacksOf(instance, cluster.whole.target.keepalived);
        for (const { what, at, severity } of lacks)
          report({
            host,
            about: instance,
            at,
            severity,
            message: `${label} has no ${what}`,
            why:
              severity === 'error'
                ? undefined
                : 'In version 2 the instance runs and elects a master, but a failover moves no advertised address.',
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
            fix: safeFix('write what runs', valued(advertInt, LONGEST_V3_ADVERT_INT)),
          });
      }
    }
  },
});
