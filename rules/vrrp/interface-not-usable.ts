import { reviewedFix, worded } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { deviceUses } from '../../src/model/device-use.ts';

export default defineRule({
  id: 'vrrp/interface-not-usable',
  severity: 'error',
  title: 'VRRP cannot run on an alias or on the loopback interface',
  why: 'keepalived refuses the interface and does not start, so this node never takes the VIP.',
  remedy: 'Name the real interface; for an alias write its base name, and `label` at the address.',
  needs: ['vrrp'],
  evenIfPartial: true,
  toldByKeepalived: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        for (const { at, device, use } of deviceUses(instance)) {
          const alias = device.includes(':');
          const real = device.replace(/:.*$/, '');
          // What moves to lo is a routed VIP, see vrrp/vip-not-assignable.
          if (!alias && (device !== 'lo' || use !== 'runs on')) continue;
          report({
            host,
            about: instance,
            at,
            message: alias
              ? `${instance.label} ${use} ${device}, which is an alias and no interface`
              : `${instance.label} ${use} the loopback interface`,
            remedy: alias
              ? `Write ${real}; where the alias name matters, add \`label ${device}\` to the address.`
              : undefined,
            fix: alias ? reviewedFix(`write ${real}`, worded(at, device, real)) : undefined,
          });
        }
      }
    }
  },
});
