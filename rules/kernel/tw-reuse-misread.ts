import { defineRule } from '../../src/judge/rule.ts';
import { writtenNumber } from '../../src/model/kernel-files.ts';
import { unknownRole } from '../../src/model/roles.ts';

export default defineRule({
  id: 'kernel/tw-reuse-misread',
  severity: 'info',
  title: 'tcp_tw_reuse does nothing for connections that come in',
  why: 'It lets this host reuse ports of its own outgoing connections; clients of the balanced service never notice it.',
  remedy: 'Delete the line, unless this host opens many connections itself, as a proxy does.',
  needs: ['sysctl'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const reuse = writtenNumber(host, 'net/ipv4/tcp_tw_reuse');
      if (reuse?.value !== 1 || reuse.setting.by === 'running') continue;
      const unknown = unknownRole(host);
      if (unknown !== undefined) report.notJudged(host, unknown);
      if (host.roles.size === 0) continue;
      const timestamps = writtenNumber(host, 'net/ipv4/tcp_timestamps');
      const off = timestamps?.value === 0;
      report({
        host,
        about: host,
        at: reuse.setting.value,
        message: off
          ? 'tcp_tw_reuse 1 does nothing: it needs TCP timestamps, which are off'
          : 'tcp_tw_reuse 1 affects only connections that the host opens itself',
        related: off ? [{ at: timestamps.setting.value, message: 'timestamps are off here' }] : [],
      });
    }
  },
});
