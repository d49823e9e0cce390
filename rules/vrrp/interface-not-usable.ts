import type { Located } from '../../src/evidence/fact.ts';
import { defineRule } from '../../src/judge/rule.ts';
import type { VrrpInstance } from '../../src/model/vrrp.ts';

export default defineRule({
  id: 'vrrp/interface-not-usable',
  severity: 'error',
  title: 'VRRP cannot run on an alias or on the loopback interface',
  why: 'keepalived refuses the interface and does not start, so this node never takes the VIP.',
  remedy: 'Name the real interface; for an alias write its base name, and `label` at the address.',
  needs: ['vrrp'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        for (const { at, device, use } of devicesOf(instance)) {
          const alias = device.includes(':');
          if (!alias && (device !== 'lo' || use !== 'runs on')) continue;
          report({
            host,
            about: instance,
            at,
            message: alias
              ? `${instance.label} ${use} ${device}, which is an alias and no interface`
              : `${instance.label} ${use} the loopback interface`,
            toldByKeepalived: true,
            ...(alias && {
              remedy: `Write ${device.slice(0, device.indexOf(':'))}; where the alias name matters, add \`label ${device}\` to the address.`,
            }),
          });
        }
      }
    }
  },
});

function devicesOf({ interface: own, tracks, vips, excludedVips }: VrrpInstance): {
  at: Located;
  device: string;
  use: string;
}[] {
  const watched = tracks.filter(({ kind }) => kind === 'interface').map(({ name }) => name);
  // `dev lo` is a routed VIP, see vrrp/vip-not-assignable.
  const carrying = [...vips, ...excludedVips].filter(({ value }) => value.device?.includes(':'));
  return [
    ...(own === undefined ? [] : [{ at: own, device: own.value, use: 'runs on' }]),
    ...watched.map((name) => ({ at: name, device: name.value, use: 'tracks' })),
    ...carrying.map((vip) => ({
      at: vip,
      device: vip.value.device ?? '',
      use: `puts ${vip.value.address} on`,
    })),
  ];
}
