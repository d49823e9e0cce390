import { defineRule } from '../../src/judge/rule.ts';
import { type FilterRule, packetFilterOf } from '../../src/model/packet-filter.ts';

export default defineRule({
  id: 'security/vrrp-open-to-untrusted',
  severity: 'info',
  title: 'everybody on the link may send VRRP adverts',
  why: 'One forged advert a second with a higher priority takes the VIP away from both directors.',
  remedy: 'Accept protocol 112 from the addresses of the peers only: -p 112 -s PEER.',
  needs: ['netfilter'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const family of [4, 6] as const) {
        for (const rule of packetFilterOf(host, family)?.get('INPUT')?.rules ?? []) {
          const protocol = openedFor(rule);
          if (protocol === undefined) continue;
          const message = 'protocol 112 is accepted from any address on any interface';
          report({ host, about: host, at: protocol, message });
        }
      }
    }
  },
});

/** The word that opens VRRP, where nothing else narrows the rule down. */
function openedFor({ target, conditions }: FilterRule) {
  const wide = conditions.every(
    ({ option, negated }) => !negated && (option === 'protocol' || option === 'destination'),
  );
  if (target !== 'ACCEPT' || !wide) return undefined;
  return conditions.find(
    ({ option, value }) => option === 'protocol' && /^(?:112|vrrp|carp)$/i.test(value?.text ?? ''),
  )?.value;
}
