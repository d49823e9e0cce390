import { defineRule } from '../../src/judge/rule.ts';
import { openWindows } from '../../src/model/arp-order.ts';
import { scriptName, scriptRuns } from '../../src/model/script-run.ts';

export default defineRule({
  id: 'script/vip-before-suppression',
  severity: 'warning',
  title: 'a script raises the VIP before ARP is restrained',
  why: 'For a moment at every start or stop the real server answers for the VIP: enough for a router to send it everything for minutes.',
  remedy:
    'Set arp_ignore and arp_announce first and raise the VIP last; take the VIP down first and reset the keys last.',
  needs: ['scripts', 'commands', 'addresses'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const run of scriptRuns(host)) {
        for (const { when, name, address, early, late } of openWindows(cluster.whole, host, run)) {
          const script = scriptName(run.script);
          report({
            host,
            about: run.script,
            at: address?.address ?? early,
            message:
              when === 'start'
                ? `${script} raises VIP ${address?.key} before it sets ${name}`
                : `${script} resets ${name} on stop while the VIP still stands`,
            related: [
              { at: late, message: when === 'start' ? 'only here' : 'the VIP is taken down only here' },
            ],
          });
        }
      }
    }
  },
});
