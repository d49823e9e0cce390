import { defineRule } from '../../src/judge/rule.ts';
import { type Condition, type FilterRule, packetFilterOf } from '../../src/model/packet-filter.ts';
import { verdictOn } from '../../src/model/packet-verdict.ts';

export default defineRule({
  id: 'firewall/vrrp-rule-wrong-protocol',
  severity: 'error',
  title: 'a rule for VRRP opens a port, but VRRP has none',
  why: 'VRRP is IP protocol 112, beside TCP and UDP: the rule matches nothing, the adverts stay blocked, and both nodes become master.',
  remedy: 'Write -p 112 (or -p vrrp) without a port, and -s with the address of the peer.',
  needs: ['netfilter'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const family of [4, 6] as const) {
        const chains = [...(packetFilterOf(host, family)?.values() ?? [])];
        const accepting = chains.flatMap(({ rules }) => rules.filter(({ target }) => target === 'ACCEPT'));
        if (accepting.some(({ conditions }) => conditions.some(isVrrp))) continue;
        const verdict = verdictOn(host, 'INPUT', { protocol: '112', family, state: 'NEW' });
        if (verdict?.verdict === 'accept' && verdict.rule !== undefined) continue;
        for (const protocol of accepting.flatMap(portInsteadOfProtocol)) {
          report({
            host,
            about: host,
            at: protocol,
            message: `this opens ${protocol.text} port 112, and VRRP is protocol 112 itself`,
            severity: verdict?.verdict === 'drop' && verdict.isCertain ? 'error' : 'warning',
          });
        }
      }
    }
  },
});

function isVrrp({ option, value }: Condition): boolean {
  return option === 'protocol' && /^(?:112|vrrp|carp)$/i.test(value?.text ?? '');
}

function portInsteadOfProtocol({ conditions }: FilterRule) {
  if (!conditions.some(({ option, value }) => option === 'dport' && value?.text === '112')) return [];
  return conditions.find(({ option }) => option === 'protocol')?.value ?? [];
}
