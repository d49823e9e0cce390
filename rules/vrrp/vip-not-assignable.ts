import { defineRule } from '../../src/judge/rule.ts';
import { inPrefix } from '../../src/model/endpoint.ts';
import { doubtAbout } from '../../src/model/vip-doubt.ts';

export default defineRule({
  id: 'vrrp/vip-not-assignable',
  severity: 'error',
  title: 'nobody can reach an address like this VIP',
  why: 'keepalived -t accepts it; the kernel then refuses it, or no neighbour can use it.',
  remedy: 'Write an unused host address of the network on that interface.',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const say = (at: (typeof instance.vips)[number], message: string) => ({
          host,
          about: instance,
          at,
          message: `${at.value.address} of ${instance.label} ${message}`,
        });
        for (const vip of [...instance.vips, ...instance.excludedVips]) {
          const doubt = doubtAbout(host, instance, vip.value);
          if (doubt !== undefined) report({ ...say(vip, doubt.why), severity: doubt.severity });
        }
        const other = instance.vips.find(
          ({ value }) => value.key !== undefined && value.family !== instance.family,
        );
        if (other !== undefined)
          report({
            ...say(
              other,
              `is IPv${other.value.family} in a list of IPv${instance.family} addresses, so keepalived leaves it out`,
            ),
            toldByKeepalived: true,
            remedy: 'Move it to virtual_ipaddress_excluded, or give it an instance of its own.',
          });
        const [first] = instance.vips;
        if (instance.family === 6 && first?.value.key && !inPrefix(first.value.key, 'fe80::', 10))
          report({
            ...say(first, 'is the first IPv6 address and not link-local'),
            severity: 'info',
            toldByKeepalived: instance.strict?.value === true,
            why: 'RFC 5798 wants the link-local address of the virtual router first; keepalived runs without it.',
            remedy: 'List a link-local VIP such as fe80::100/64 first.',
          });
      }
    }
  },
});
