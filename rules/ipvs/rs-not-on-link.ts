import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { addressKey, isLoopbackAddress } from '../../src/model/endpoint.ts';
import { isOnLink, subnetsOf } from '../../src/model/subnets.ts';

export default defineRule({
  id: 'ipvs/rs-not-on-link',
  severity: 'warning',
  title: 'a DR real server is in none of the networks that the files show for the director',
  why: 'DR changes only the MAC address: a router in between gets the packet and sends it back to the VIP, in a loop, or drops it.',
  remedy: 'Put the server into a network of the director, or use TUN.',
  needs: ['services', 'vrrp'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const subnets = subnetsOf(host);
      if (subnets.keys.size === 0) continue;
      for (const { service } of servicesOf([host])) {
        const direct = service.realServers.filter(({ method }) => method.value === 'DR');
        const far = direct.find(
          ({ address: { value } }) =>
            isOnLink(subnets, value) === false &&
            addressKey(value) !== undefined &&
            !isLoopbackAddress(value) &&
            !host.ownAddresses.has(value),
        );
        if (far === undefined) continue;
        const near = direct.find(({ address }) => isOnLink(subnets, address.value));
        report({
          host,
          about: service,
          at: far.address,
          message: `${far.label} gets packets by DR, but lies in no network that the files show for the director${near ? `; ${near.label} does` : ''}`,
          related: near ? [{ at: near.address, message: 'on the link' }] : [],
          // A second interface that no file mentions is as likely as a mistake where all servers are elsewhere.
          ...(near === undefined && { severity: 'info' }),
        });
      }
    }
  },
});
