import { reviewedFix, valued } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { subjectOn } from '../../src/model/cluster.ts';
import { isWiredDevice } from '../../src/model/device.ts';
import { rivalAddresses } from '../../src/model/duplicate-detection.ts';
import { heldVipsByLine } from '../../src/model/held-vip.ts';

export default defineRule({
  id: 'arp/ipv6-vip-answers-nd',
  severity: 'error',
  title: 'neighbours learn an IPv6 VIP from the wrong host, or not at all',
  why: 'arp_ignore knows no IPv6: a host answers for every address of the interface that is asked, and gives up an address that another host already has.',
  remedy:
    'Put the VIP on lo with /128 on real servers; raise it with nodad on directors, or leave that to keepalived.',
  needs: ['addresses'],
  spans: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const { address, quiet } of heldVipsByLine(cluster.whole, host)) {
        const { key, family, interface: device, prefix } = address;
        if (family === 4) continue;
        const say = { host, about: subjectOn(host, key, address) };
        if (!quiet && isWiredDevice(device.value))
          report({
            ...say,
            at: device,
            message: `${host.label} raises VIP ${key} on ${device.value} and answers neighbours that ask for it`,
          });
        else if (device.value === 'lo' && prefix !== undefined && prefix.value < 128)
          report({
            ...say,
            at: prefix,
            message: `VIP ${key} has the prefix /${prefix.value} on lo, so ${host.label} routes all of that network into lo`,
            why: 'Clients, gateway and directors of that network cannot be reached any more.',
            remedy: 'Give the VIP the prefix /128.',
            fix: reviewedFix('write 128', valued(prefix, 128)),
          });
      }
      for (const { address, rival } of rivalAddresses(cluster.whole, host))
        report({
          host,
          about: subjectOn(host, address.key, address),
          at: address.address,
          message: `${host.label} raises VIP ${address.key} without nodad, and ${rival.label} may still have it`,
          severity: 'warning',
          why: 'Duplicate address detection finds the other director and marks the address dadfailed: after a failover nobody has it.',
          remedy: 'Add nodad to the command.',
        });
    }
  },
});
