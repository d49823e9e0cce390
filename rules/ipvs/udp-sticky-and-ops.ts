import { safeFix } from '../../src/evidence/fix.ts';
import { lineRemoved } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { isOneWay, sendsSingleDatagrams } from '../../src/model/applications.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { DEFAULT_TIMEOUTS, ipvsTimeouts } from '../../src/model/ipvs-timeouts.ts';
import { onlyPort } from '../../src/model/ports.ts';

export default defineRule({
  id: 'ipvs/udp-sticky-and-ops',
  severity: 'warning',
  title: 'one-packet scheduling (ops) stands where it does harm, or is missing',
  why: 'With ops nothing is remembered of a datagram, not even for its answer; without it, a client port stays on one server.',
  remedy: 'Use ops for requests of a single datagram with DR or TUN, and nowhere else.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const { onePacket, protocol, label, realServers } = service;
      const about = service;
      const nat = realServers.find(({ method }) => method.value === 'NAT');
      const port = onlyPort(service);
      if (onePacket?.value === true) {
        const at = onePacket;
        if (protocol !== undefined && protocol.value !== 'UDP') {
          const message = `${label} is ${protocol.value}: one-packet scheduling is for UDP and is switched off`;
          const fix =
            service.manager === 'keepalived' ? safeFix('delete the line', lineRemoved(at)) : undefined;
          report({ host, about, at, message, toldByKeepalived: true, fix });
        } else if (nat !== undefined && !isOneWay(port)) {
          const message = `${label} schedules single packets by NAT: answers come from ${nat.address.value}, not from the VIP`;
          report({ host, about, at, message, related: [{ at: nat.method, message: 'NAT' }] });
        }
      } else if (protocol?.value === 'UDP' && protocol.basis !== 'default' && realServers.length > 1) {
        if (!sendsSingleDatagrams(port) || ipvsTimeouts(host, 'udp').length > 0) continue;
        report({
          host,
          about,
          at: protocol,
          severity: 'info',
          message: `${label} remembers each client port for ${DEFAULT_TIMEOUTS.udp} s: a resolver or relay with a fixed port stays on one server`,
          why: 'UDP has no end of a connection: while datagrams keep coming, even a removed server keeps its clients.',
          remedy: `${nat ? 'Set' : 'Write ops, or set'} lvs_timeouts udp 10 and net.ipv4.vs.expire_nodest_conn = 1.`,
        });
      }
    }
  },
});
