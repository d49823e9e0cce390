import { defineRule } from '../../src/judge/rule.ts';
import { groupWith } from '../../src/model/peers.ts';

export default defineRule({
  id: 'vrrp/failback-without-delay',
  severity: 'info',
  title: 'the preferred director takes the VIP back as soon as it is up',
  why: 'After a reboot it is master within 3 to 4 adverts: before its checks have run and before it has connection state, so clients see a second interruption.',
  remedy:
    'Write preempt_delay 60 (or nopreempt) with state BACKUP on every node, where failback is not wanted at once.',
  needs: ['vrrp'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      // sync/failback-before-resync speaks where connection state is at stake.
      if (host.globals?.syncDaemon !== undefined) continue;
      for (const instance of host.vrrp) {
        const { nopreempt, preemptDelay, priority, label } = instance;
        if (nopreempt?.value || preemptDelay?.value) continue;
        const others = groupWith(cluster.whole, instance)?.members ?? [];
        if (others.some((other) => other.instance.priority.value > priority.value)) continue;
        if (
          others.some(
            (other) => other.instance !== instance && other.instance.priority.value === priority.value,
          )
        )
          continue;
        if (others.length === 0 && instance.state.value === 'BACKUP') continue;
        report({
          host,
          about: instance,
          at: priority,
          message: `${host.label} takes ${label} back at once when it returns`,
        });
      }
    }
  },
});
