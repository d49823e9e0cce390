import { defineRule } from '../../src/judge/rule.ts';
import { allServices } from '../../src/model/duties.ts';
import { answerPacket } from '../../src/model/expected-packets.ts';
import { unfollowedFilter } from '../../src/model/packet-filter.ts';
import { verdictOn } from '../../src/model/packet-verdict.ts';
import { tracksConnections } from '../../src/model/source-nat.ts';

export default defineRule({
  id: 'firewall/forward-drop',
  severity: 'error',
  title: 'the packet filter drops the answers of NAT real servers',
  why: 'The first packet reaches the server, and its answer is dropped in FORWARD on its way back: clients wait until they give up.',
  remedy: 'Accept what comes from the real servers in FORWARD: iptables -A FORWARD -s SERVERS -j ACCEPT.',
  needs: ['services', 'netfilter'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const unfollowed = unfollowedFilter(host);
      if (unfollowed !== undefined) report.notJudged(host, unfollowed);
      const tracks = tracksConnections(host);
      const seen = new Set<number>();
      for (const service of allServices(host)) {
        const server = service.realServers.find(({ method }) => method.value === 'NAT');
        const answer = server && answerPacket(service, server, tracks);
        const found = answer && verdictOn(host, 'FORWARD', answer);
        if (server === undefined || found?.verdict !== 'drop' || !found.isCertain) continue;
        if (seen.has(found.by.place.range.start)) continue;
        seen.add(found.by.place.range.start);
        report({
          host,
          about: host,
          at: found.by,
          message: `the packet filter of ${host.label} drops the answers of ${server.label} to clients of ${service.label}`,
          related: [{ at: server, message: 'its answers pass FORWARD on the director' }],
        });
      }
    }
  },
});
