import { defineRule } from '../../src/judge/rule.ts';
import { deadVips } from '../../src/model/live-vip.ts';

export default defineRule({
  id: 'drift/vip-on-no-host',
  severity: 'error',
  title: 'no host has the VIP',
  why: 'Nobody answers ARP for the address: clients get no answer at all, not even a refusal.',
  remedy:
    'See what the nodes say of their state (journalctl -t Keepalived_vrrp): FAULT names the interface, script or sync group that keeps them from it.',
  needs: ['vrrp', 'liveAddresses'],
  spans: true,
  evenIfPartial: true,
  follows: ['drift/daemon-not-running', 'vrrp/interface-not-usable'],
  check({ whole }, report) {
    for (const { group, vip, host } of deadVips(whole)) {
      const names = group.members.map((member) => member.host.label).join(' nor ');
      report({
        host,
        about: group,
        at: vip,
        message: `neither ${names} has VIP ${vip.value.key ?? vip.value.address}`,
        related: group.members.map((member) => {
          const said = member.host.loggedStates?.find(({ name }) => name === member.instance.name.value);
          return { at: said, message: `${member.host.label} entered ${said?.state}` };
        }),
      });
    }
  },
});
