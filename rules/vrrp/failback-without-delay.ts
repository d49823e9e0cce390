import { defineRule } from '../../src/judge/rule.ts';
import type { Cluster } from '../../src/model/cluster.ts';
import { groupWith } from '../../src/model/peers.ts';
import type { VrrpInstance } from '../../src/model/vrrp.ts';

export default defineRule({
  id: 'vrrp/failback-without-delay',
  severity: 'info',
  title: 'the preferred director takes the VIP back as soon as it is up',
  why: 'After a reboot it is master within 3 to 4 adverts: before its checks have run and before it has connection state, so clients see a second interruption.',
  remedy:
    'Write preempt_delay 60 (or nopreempt) with state BACKUP on every node, where failback is not wanted at once.',
  needs: ['vrrp'],
  spans: true,
  follows: ['sync/not-configured'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      // sync/failback-before-resync speaks where connection state is at stake.
      if (host.globals?.syncDaemon !== undefined) continue;
      const [first, ...others] = host.vrrp.filter((instance) => returns(cluster.whole, instance));
      if (first === undefined) continue;
      const more = others.length === 0 ? '' : ` and ${others.length} more`;
      report({
        host,
        about: host,
        at: first.priority,
        message: `${host.label} takes ${first.label}${more} back at once when it returns`,
      });
    }
  },
});

/** Preferred above all others, and in no way told to wait. Without the others' files only state MASTER says so. */
function returns(cluster: Cluster, instance: VrrpInstance): boolean {
  const { nopreempt, preemptDelay, priority, state } = instance;
  if (nopreempt?.value || preemptDelay?.value) return false;
  const others = (groupWith(cluster, instance)?.members ?? []).filter((each) => each.instance !== instance);
  if (others.length === 0) return state.value === 'MASTER';
  return others.every((other) => other.instance.priority.value < priority.value);
}
