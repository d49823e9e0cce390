import { defineRule } from '../../src/judge/rule.ts';
import { methodsOf } from '../../src/model/duties.ts';
import { clientPackets } from '../../src/model/expected-packets.ts';
import { isDirect } from '../../src/model/method.ts';
import { verdictOn } from '../../src/model/packet-verdict.ts';

export default defineRule({
  id: 'conntrack/invalid-drop-on-half-flows',
  severity: 'error',
  title: 'a director drops packets as invalid because it sees half of each connection',
  why: 'With DR and TUN the answers pass the director by: to connection tracking the closing packets of clients belong to nothing, they are dropped, and connections hang.',
  remedy:
    'Accept packets to the VIP before the rule that drops invalid ones, or leave them untracked: -t raw -A PREROUTING -d VIP -j NOTRACK.',
  needs: ['services', 'netfilter'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const untracked = host.netfilter.some(({ words }) =>
        words.some(({ text }) => text === 'NOTRACK' || text === '--notrack'),
      );
      if (untracked) continue;
      const seen = new Set<number>();
      for (const { service, packet } of clientPackets(cluster.whole, host)) {
        if (packet.protocol !== 'tcp' || ![...methodsOf(service)].every(isDirect)) continue;
        const found = verdictOn(host, 'INPUT', { ...packet, state: 'INVALID' });
        const asInvalid = found?.rule?.conditions.some(
          ({ option, value, negated }) =>
            option === 'state' && !negated && /INVALID/i.test(value?.text ?? ''),
        );
        if (found?.verdict !== 'drop' || !asInvalid || seen.has(found.by.place.range.start)) continue;
        seen.add(found.by.place.range.start);
        report({
          host,
          about: host,
          at: found.by,
          message: `${host.label} drops the closing packets of clients of ${service.label} as invalid: it sees half of each connection`,
          related: [
            { at: service.method, message: `answers pass the director by with ${service.method.value}` },
          ],
        });
      }
    }
  },
});
