import { defineRule } from '../../src/judge/rule.ts';
import { arpFilterOf } from '../../src/model/arp-filter.ts';
import { arpGuard } from '../../src/model/arp-guard.ts';
import { heldVips } from '../../src/model/held-vip.ts';

export default defineRule({
  id: 'arp/arptables-incomplete',
  severity: 'warning',
  title: 'ARP rules of a real server keep only half of the VIP quiet',
  why: 'Requests for the VIP have to be dropped, and the VIP has to be replaced as the sender of own requests: with one half the router still learns the VIP from this server.',
  remedy:
    'Write both rules for each VIP (INPUT -d VIP -j DROP, OUTPUT -s VIP -j mangle --mangle-ip-s ADDRESS), or arp_ignore = 1 and arp_announce = 2 instead.',
  needs: ['addresses', 'netfilter'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const filter = arpFilterOf(host);
      const [rule] = filter === undefined ? [] : [...filter.dropped.values(), ...filter.replaced.values()];
      if (filter === undefined || filter.unclear || rule === undefined) continue;
      const ignores = (arpGuard(host, 'arp_ignore')?.value ?? 0) > 0;
      const announces = (arpGuard(host, 'arp_announce')?.value ?? 0) > 1;
      const open = heldVips(cluster.whole, host).filter(({ address: { key, family } }) => {
        const isHidden = ignores || filter.dropped.has(key);
        return family === 4 && !(isHidden && (announces || filter.replaced.has(key)));
      });
      const [vip] = open;
      if (vip === undefined) continue;
      const { key, address } = vip.address;
      const half = filter.dropped.get(key) ?? filter.replaced.get(key);
      const lacks =
        ignores || filter.dropped.has(key)
          ? 'nothing replaces it as the sender of ARP requests'
          : announces || filter.replaced.has(key)
            ? 'nothing drops ARP requests for it'
            : 'no ARP rule names it';
      report({
        host,
        about: host,
        at: half ?? address,
        message: `${host.label} holds VIP ${key}${open.length > 1 ? ` and ${open.length - 1} more like it` : ''}, and ${lacks}`,
        related: half === undefined ? [{ at: rule, message: 'this rule names another address' }] : [],
      });
    }
  },
});
