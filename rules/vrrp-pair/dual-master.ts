import { defineRule } from '../../src/judge/rule.ts';
import { dualMasters } from '../../src/model/live-vip.ts';

export default defineRule({
  id: 'vrrp-pair/dual-master',
  severity: 'error',
  title: 'several nodes are master of one virtual router at once',
  why: 'Both answer ARP for the VIP: clients and the gateway reach now this node, now that one, and about half of the connections break.',
  remedy:
    'Find out why adverts do not arrive (tcpdump -nn -i IFACE proto 112 on both nodes), and repair that; do not stop both.',
  needs: ['vrrp'],
  spans: true,
  evenIfPartial: true,
  follows: [
    'vrrp-pair/vrid-mismatch',
    'vrrp-pair/version-mismatch',
    'vrrp-pair/auth-mismatch',
    'vrrp-pair/advert-int-mismatch',
    'vrrp-pair/transport-mismatch',
    'vrrp-pair/unicast-peers-asymmetric',
    'vrrp-pair/vip-list-mismatch',
    'vrrp-pair/not-same-link',
    'firewall/vrrp-blocked',
  ],
  check({ whole }, report) {
    for (const { group, vip, masters } of dualMasters(whole)) {
      const [first, ...others] = masters as [(typeof masters)[0], ...typeof masters];
      const names = masters.map(({ host }) => host.label).join(' and ');
      report({
        host: first.host,
        about: group,
        at: first.at,
        message:
          vip === undefined
            ? `${names} are master of ${group.members[0]?.instance.label} at the same time`
            : `${names} have VIP ${vip} at the same time`,
        related: others.map(({ host, at }) => ({ at, message: `and ${host.label}` })),
      });
    }
  },
});
