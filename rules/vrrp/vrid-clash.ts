import { defineRule } from '../../src/judge/rule.ts';
import type { VrrpInstance } from '../../src/model/vrrp.ts';
import { socketsOf } from '../../src/model/vrrp-effect.ts';

/** The ids of the sample files that most clusters start from. */
const SAMPLE_IDS: ReadonlySet<number> = new Set([1, 50, 51]);

export default defineRule({
  id: 'vrrp/vrid-clash',
  severity: 'error',
  title: 'a virtual router id is used twice on one link',
  why: 'The two take each other for peers: each refuses what the other sends, or gives way to it.',
  remedy:
    'Give every virtual router of a link an id of its own; listen for others first: tcpdump -nn -i IFACE proto 112',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const users = new Map<string, VrrpInstance>();
      for (const instance of host.vrrp) {
        const { virtualRouterId, label } = instance;
        if (virtualRouterId === undefined) continue;
        const id = virtualRouterId.value;
        const say = { host, about: instance, at: virtualRouterId };
        const keys = socketsOf(instance).map((socket) => `${id} ${socket}`);
        const other = keys.map((key) => users.get(key)).find((user) => user !== undefined);
        for (const key of keys) users.set(key, instance);
        if (other !== undefined)
          report({
            ...say,
            message: `${label} and ${other.label} both use virtual router id ${id} on ${instance.interface?.value ?? 'one link'}, so keepalived does not start`,
            toldByKeepalived: true,
            related: [{ at: other.virtualRouterId ?? other, message: `${other.label} uses ${id}` }],
          });
        else if (SAMPLE_IDS.has(id))
          report({
            ...say,
            severity: 'info',
            message: `${label} uses virtual router id ${id}, which comes with the sample files`,
            why: 'Another cluster on this link may have kept the same sample value.',
          });
      }
    }
  },
});
