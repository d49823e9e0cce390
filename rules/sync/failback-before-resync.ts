import { type Fix, reviewedFix, valued } from '../../src/evidence/fix.ts';
import { lineAdded } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { visibleGroups } from '../../src/model/deviation.ts';
import { choosesWithoutState } from '../../src/model/sync-daemon.ts';
import type { VrrpInstance } from '../../src/model/vrrp.ts';

export default defineRule({
  id: 'sync/failback-before-resync',
  severity: 'warning',
  title: 'the preferred director takes the VIP back before it knows the connections',
  why: 'There is no bulk transfer: a node that was away learns a connection with its next packets. The failover is smooth, the failback minutes later cuts what was idle.',
  remedy: 'Write preempt_delay 300 or more (or nopreempt) with state BACKUP on every node.',
  needs: ['vrrp', 'services'],
  spans: true,
  check(cluster, report) {
    const told = new Set<string>();
    for (const { members } of visibleGroups(cluster)) {
      const priorities = members.map(({ instance }) => instance.priority.value);
      const highest = Math.max(...priorities);
      if (members.length < 2 || priorities.filter((priority) => priority === highest).length > 1) continue;
      for (const { host, instance } of members) {
        const daemon = host.globals?.syncDaemon;
        if (daemon === undefined || instance.priority.value !== highest || told.has(host.name)) continue;
        if (instance.nopreempt?.value || instance.preemptDelay?.value || choosesWithoutState(host)) continue;
        if (daemon.instance !== undefined && daemon.instance.value !== instance.label) continue;
        told.add(host.name);
        report({
          host,
          about: instance,
          at: instance.priority,
          message: `${host.label} takes ${instance.label} back at once, before the peer has told it of connections`,
          related: [{ at: daemon, message: 'connections are synchronised' }],
          fix: delayFix(instance),
        });
      }
    }
  },
});

/** The delay counts only on a node that starts as BACKUP. */
function delayFix({ priority, state, other }: VrrpInstance): Fix | undefined {
  if (other.has('preempt_delay')) return undefined;
  const start = state.value === 'MASTER' ? [valued(state, 'BACKUP')] : [];
  return reviewedFix(
    'write preempt_delay 300 and state BACKUP',
    lineAdded(priority, 'preempt_delay 300'),
    ...start,
  );
}
