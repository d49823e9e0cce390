import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { writtenNumber } from '../../src/model/kernel-files.ts';
import { isBefore } from '../../src/model/release.ts';

export default defineRule({
  id: 'ipvs-sysctl/conn-reuse-mode',
  severity: 'warning',
  title: 'conn_reuse_mode does not fit the kernel',
  why: 'With 0 a busy client stays on its old server for ever, even on one of weight 0; with 1 and connection tracking, kernels before 5.9 delay a reused port by a second.',
  remedy:
    'From kernel 5.9 on leave it at 1. Before, set it to 0 only with net.ipv4.vs.conntrack = 1, and expire_nodest_conn = 1 with it.',
  needs: ['sysctl'],
  evenIfPartial: true,
  check(cluster, report) {
    const { kernel } = cluster.whole.target;
    const delays = isBefore(kernel, '5.9') && !isBefore(kernel, '4.1');
    for (const host of cluster.hosts) {
      const mode = writtenNumber(host, 'net/ipv4/vs/conn_reuse_mode');
      const conntrack = writtenNumber(host, 'net/ipv4/vs/conntrack');
      const tracks = conntrack !== undefined && conntrack.value !== 0;
      if (mode?.value === 0 && !(delays && tracks)) {
        report({
          host,
          about: host,
          at: mode.setting.value,
          message:
            'conn_reuse_mode 0 sends a reused client port to its old server, whatever the weights say now',
          fix: reviewedFix('write 1', valued(mode.setting.value, 1)),
        });
      } else if (delays && tracks && (mode === undefined || mode.value === 1)) {
        report({
          host,
          about: host,
          at: mode?.setting.value ?? conntrack.setting.value,
          message: `kernel ${kernel} drops the first packet of a reused client port: it waits for a second`,
          related:
            mode === undefined ? [] : [{ at: conntrack.setting.value, message: 'connections are tracked' }],
        });
      }
    }
  },
});
