import { reviewedFix, valued, worded } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { isTunnelDevice } from '../../src/model/device.ts';
import { isNetworkAddress, networkText } from '../../src/model/endpoint.ts';
import { dottedMask } from '../../src/model/granularity.ts';
import { heldVipsByLine } from '../../src/model/held-vip.ts';

export default defineRule({
  id: 'arp/vip-not-host-mask',
  severity: 'error',
  title: 'the VIP on lo takes a whole network with it',
  why: 'Every address of that network becomes local to lo: the server no longer reaches clients, gateway or directors in it and answers its own pings.',
  remedy: 'Give the VIP the prefix /32, or netmask 255.255.255.255 with ifconfig.',
  needs: ['addresses'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const { address } of heldVipsByLine(cluster.whole, host)) {
        const { key, prefix, family } = address;
        const device = address.interface.value;
        const isOnLo = device === 'lo' || isTunnelDevice(device);
        if (family === 6 || prefix === undefined || prefix.value >= 32 || !isOnLo) continue;
        if (isNetworkAddress(key, prefix.value)) continue;
        const network = networkText(key, prefix.value);
        const cause =
          prefix.basis === 'default'
            ? `${key} has no netmask and ifconfig takes /${prefix.value}`
            : `VIP ${key} has the prefix /${prefix.value}`;
        const effect = device === 'lo' ? `becomes local to ${host.label}` : `is routed into ${device}`;
        report({
          host,
          about: host,
          at: prefix,
          message: `${cause} on ${device}, so all of ${network} ${effect}`,
          fix: reviewedFix(
            'write the mask of one host',
            valued(prefix, 32) ?? worded(prefix, dottedMask(prefix.value), dottedMask(32)),
          ),
        });
      }
    }
  },
});
