import { expect, test } from 'vitest';
import { allServices } from '../../src/model/duties.ts';
import { heldAddresses } from '../../src/model/held-addresses.ts';
import { expectLinear } from '../support/cost.ts';
import { clusterOf } from '../support/lint.ts';

/** A director that moves one VIP and serves it. */
function director(number: number): string {
  const vip = `10.${number >> 8}.${number & 255}.10`;
  return `vrrp_instance VI {
    interface eth0
    virtual_router_id ${1 + (number % 255)}
    virtual_ipaddress {
        ${vip}/24
    }
}
virtual_server ${vip} 80 {
    protocol TCP
}
`;
}

test('a host holds what VRRP moves to it or to a peer', async () => {
  const cluster = await clusterOf({ 'lb1/keepalived.conf': director(1), 'lb2/keepalived.conf': director(2) });
  const [first] = cluster.hosts;
  const held = first && heldAddresses(first, cluster);
  expect(['10.0.1.10', '10.0.2.10', '10.0.1.11'].map((address) => held?.has(address))).toEqual([
    true,
    true,
    false,
  ]);
});

test('many directors cost what they are', async () => {
  const sizes = [250, 2000];
  const clusters = await Promise.all(
    sizes.map(async (size) => {
      const files = Array.from(
        { length: size },
        (_, at) => [`lb${at}/keepalived.conf`, director(at)] as const,
      );
      return [size, await clusterOf(Object.fromEntries(files))] as const;
    }),
  );
  expectLinear(250, (size) => {
    const known = new Map(clusters).get(size);
    // A fresh cluster, so that nothing is remembered of the one before.
    const cluster = { hosts: known?.hosts ?? [], target: {} };
    for (const host of cluster.hosts)
      for (const { endpoints } of allServices(host))
        for (const { address } of endpoints) heldAddresses(host, cluster)?.has(address?.value ?? '');
  });
});
