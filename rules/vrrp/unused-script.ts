import { defineRule } from '../../src/judge/rule.ts';
import { routerTracking } from '../../src/model/tracking.ts';

export default defineRule({
  id: 'vrrp/unused-script',
  severity: 'warning',
  title: 'a vrrp_script that nothing tracks',
  why: 'It is defined and never asked: whatever it would find out, the VIP stays where it is.',
  remedy: 'Name it in track_script of the instance or of the sync group that it is meant for, or delete it.',
  needs: ['vrrp', 'syncGroups', 'trackScripts'],
  follows: ['vrrp-pair/tracking-differs'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const users = [...host.vrrp, ...host.syncGroups];
      // A file of scripts alone is one that the configurations of several nodes include.
      if (users.length === 0) continue;
      const tracked = users.flatMap(({ tracks }) => tracks).filter(({ kind }) => kind === 'script');
      const named = new Set(tracked.map(({ name }) => name.value));
      for (const script of host.trackScripts) {
        if (named.has(script.label)) continue;
        report({
          host,
          about: routerTracking(cluster.whole, host, script) ?? script,
          at: script.name,
          message: `${script.label} is defined, and no instance or sync group tracks it`,
          // Where others are tracked, it may come from a file that several nodes share.
          severity: named.size === 0 ? 'warning' : 'info',
        });
      }
    }
  },
});
