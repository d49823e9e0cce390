import { reviewedFix } from '../../src/evidence/fix.ts';
import { lineAdded } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { allServices } from '../../src/model/duties.ts';
import { tracksOf, unwatchedVip } from '../../src/model/tracking.ts';

export default defineRule({
  id: 'vrrp/no-tracking',
  severity: 'warning',
  title: 'nothing moves the VIP when what it stands for is dead',
  why: 'An instance watches its own interface only: behind a dead link or a dead proxy the VIP stays where it is and answers nothing.',
  remedy:
    'Add track_interface for the other link, and track_process or track_script for what answers on the VIP.',
  needs: ['vrrp', 'syncGroups', 'services'],
  follows: ['vrrp/interface-not-usable'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const balances = allServices(host).length > 0;
      for (const instance of host.vrrp) {
        const { interface: own, label, vips } = instance;
        if (own === undefined || tracksOf(host, instance).length > 0) continue;
        const unwatched = unwatchedVip(host, instance);
        if (unwatched !== undefined)
          report({
            host,
            about: instance,
            at: unwatched,
            message: `${label} keeps ${unwatched.value.address} on ${unwatched.value.device} and watches ${own.value} only`,
            related: [{ at: own, message: 'this one alone decides' }],
            remedy: `Add track_interface { ${unwatched.value.device} } to ${label}.`,
            fix: reviewedFix('add it', lineAdded(own, `track_interface {\n    ${unwatched.value.device}\n}`)),
          });
        else if (!balances && vips.length > 0)
          report({
            host,
            about: instance,
            at: instance,
            severity: 'info',
            message: `${label} tracks nothing, and no virtual server is behind it that checks would watch`,
          });
      }
    }
  },
});
