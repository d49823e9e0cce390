import { safeFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { advertIntOf } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp/advert-int-rounded',
  severity: 'warning',
  title: 'keepalived rounds the advertisement interval',
  why: 'A failover takes longer than planned: it waits for three intervals, and version 2 knows whole seconds only.',
  remedy: 'Write whole seconds, or vrrp_version 3 on every node for intervals below a second.',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const { advertInt, version, label } = instance;
        const real = advertIntOf(instance);
        if (advertInt.basis === 'default' || Math.abs(real - advertInt.value) < 1e-9) continue;
        // Beyond the longest interval of version 3 it is cut, not rounded.
        if (version.value === 3 && advertInt.value > real) continue;
        report({
          host,
          about: instance,
          at: advertInt,
          message: `${label} asks for ${advertInt.value} s and advertises every ${real} s: version ${version.value} counts ${version.value === 2 ? 'whole seconds' : 'hundredths of a second'}`,
          toldByKeepalived: version.value === 2,
          fix: safeFix(`write ${real}, which is what runs`, valued(advertInt, real)),
          ...(version.value === 3 && { severity: 'info' }),
        });
      }
    }
  },
});
