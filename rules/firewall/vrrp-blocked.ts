import { defineRule } from '../../src/judge/rule.ts';
import { type Packet, verdictOn } from '../../src/model/packet-verdict.ts';
import type { VrrpInstance } from '../../src/model/vrrp.ts';
import { isUnicast, multicastGroupOf } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'firewall/vrrp-blocked',
  severity: 'error',
  title: 'the packet filter drops VRRP adverts',
  why: 'A backup that hears no adverts becomes master too: both nodes hold the VIP, and the master logs nothing.',
  remedy:
    'Accept protocol 112 from the peers: iptables -A INPUT -p 112 -s PEER -j ACCEPT, before the rule that drops.',
  needs: ['vrrp', 'commands'],
  evenIfPartial: true,
  follows: ['firewall/vrrp-rule-wrong-protocol'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const blocked = advertsOf(instance).flatMap(
          ({ chain, packet }) => verdictOn(host, chain, packet) ?? [],
        );
        const first = blocked.find(({ verdict, isCertain }) => verdict === 'drop' && isCertain);
        if (first === undefined) continue;
        report({
          host,
          about: host,
          at: first.by,
          message: `the packet filter of ${host.label} drops the adverts of ${instance.label}: nothing accepts protocol ${protocolOf(instance)}`,
          related: [{ at: instance, message: 'its adverts are dropped' }],
        });
      }
    }
  },
});

/** Authentication headers wrap the whole advert (keepalived.conf(5), auth_type AH). */
function protocolOf({ authType }: VrrpInstance): string {
  return authType?.value === 'AH' ? '51' : '112';
}

function advertsOf(instance: VrrpInstance): readonly { chain: string; packet: Packet }[] {
  const { family, interface: device } = instance;
  const common = { protocol: protocolOf(instance), family, state: 'NEW' } as const;
  const peers = isUnicast(instance) ? instance.unicastPeers.map(({ value }) => value) : [undefined];
  const group = isUnicast(instance) ? undefined : multicastGroupOf(instance);
  return peers.flatMap((peer) => [
    {
      chain: 'INPUT',
      packet: {
        ...common,
        source: peer,
        destination: group ?? instance.unicastSource?.value,
        input: device?.value,
      },
    },
    { chain: 'OUTPUT', packet: { ...common, destination: group ?? peer, output: device?.value } },
  ]);
}
