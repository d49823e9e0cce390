import { defineRule } from '../../src/judge/rule.ts';
import { doubtAboutScript } from '../../src/model/command-line.ts';
import { routerOf } from '../../src/model/peers.ts';
import { doubtAboutReference, isMistyped } from '../../src/model/track-reference.ts';

export default defineRule({
  id: 'vrrp/track-script-not-runnable',
  severity: 'error',
  title: 'a health check that keepalived cannot run',
  why: 'keepalived drops the track, and then no failure moves the VIP; or the check fails for ever, and this node is never master.',
  remedy: 'Define it above its first use, with the whole path of a program.',
  needs: ['vrrp', 'syncGroups', 'trackScripts'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const user of [...host.vrrp, ...host.syncGroups]) {
        for (const track of user.tracks) {
          const doubt = doubtAboutReference(track);
          if (doubt === undefined || isMistyped(host, track)) continue;
          report({
            host,
            about: 'vips' in user ? routerOf(cluster.whole, user) : user,
            at: track.name,
            message: `${user.label} tracks ${track.name.value}, ${doubt.what}, so keepalived ignores the line`,
            related: [{ at: doubt.definition, message: 'too late' }],
            remedy: doubt.remedy,
            toldByKeepalived: true,
          });
        }
      }
      for (const script of host.trackScripts) {
        const doubt = doubtAboutScript(script);
        if (doubt === undefined) continue;
        report({
          host,
          about: script,
          at: script.command ?? script,
          severity: doubt.severity,
          message: `${script.label} ${doubt.what}`,
          remedy: doubt.remedy,
          toldByKeepalived: script.command === undefined,
        });
      }
    }
  },
});
