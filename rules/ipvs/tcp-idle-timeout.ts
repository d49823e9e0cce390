import { defineRule, threshold } from '../../src/judge/rule.ts';
import { idlingService } from '../../src/model/applications.ts';
import { allServices } from '../../src/model/duties.ts';
import { DEFAULT_TIMEOUTS, ipvsTimeouts } from '../../src/model/ipvs-timeouts.ts';

export default defineRule({
  id: 'ipvs/tcp-idle-timeout',
  severity: 'warning',
  title: 'IPVS forgets a TCP connection while its ends still hold it',
  why: 'The next packet of an idle connection belongs to nothing: it is refused or lost, "server has gone away".',
  remedy:
    'Raise the timeout on every director (lvs_timeouts tcp 7200), or let both ends send TCP keepalives more often.',
  needs: [],
  evenIfPartial: true,
  thresholds: {
    adviseBelow: threshold(DEFAULT_TIMEOUTS.tcp, 's', 'as long as the kernel (ip_vs_proto_tcp.c)'),
    warnBelow: threshold(75, 's', 'browsers and proxies keep a connection so long to use it again'),
  },
  check(cluster, report, thresholdsOn) {
    for (const host of cluster.whole.hosts) {
      const { adviseBelow, warnBelow } = thresholdsOn(host);
      const { service: idling, application } = idlingService(allServices(host)) ?? {};
      const timeouts = ipvsTimeouts(host, 'tcp');
      for (const { value, at } of timeouts.slice(-1)) {
        if (value >= adviseBelow) continue;
        report({
          host,
          about: idling ?? host,
          at,
          message: `IPVS forgets TCP connections that are idle for ${value} s${idling ? `, also those of ${idling.label} (${application})` : `; the default is ${DEFAULT_TIMEOUTS.tcp} s`}`,
          related: [{ at: idling, message: `${application} connections idle for hours` }],
          severity: !idling && value >= warnBelow ? 'info' : 'warning',
        });
      }
      if (timeouts.length === 0 && idling !== undefined)
        report({
          host,
          about: idling,
          at: idling.endpoints[0]?.port ?? idling,
          severity: 'info',
          message: `IPVS forgets connections of ${idling.label} (${application}) that are idle for ${DEFAULT_TIMEOUTS.tcp} s, the default`,
        });
    }
  },
});
