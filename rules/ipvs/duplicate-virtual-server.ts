import { defineRule } from '../../src/judge/rule.ts';
import { repeatedServer } from '../../src/model/repeated-server.ts';
import type { Endpoint, VirtualService } from '../../src/model/service.ts';

export default defineRule({
  id: 'ipvs/duplicate-virtual-server',
  severity: 'error',
  title: 'one service or real server is defined twice',
  why: "The kernel keeps one service: the second block's scheduler and persistence are lost, its servers join the first.",
  remedy: 'Merge the blocks into one, with the settings that are meant.',
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const owners = new Map<string, VirtualService>();
      for (const service of host.services) {
        if (service.manager !== 'keepalived') continue;
        const [taken] = service.endpoints.flatMap((endpoint) => {
          const owner = owners.get(endpoint.key);
          if (owner === undefined) owners.set(endpoint.key, service);
          return owner === undefined ? [] : [{ endpoint, owner }];
        });
        if (taken !== undefined) {
          const { owner, endpoint } = taken;
          const within = owner === service;
          report({
            host,
            about: service,
            at: within ? wordOf(endpoint, service) : (service.group ?? wordOf(endpoint, service)),
            message: `${nameOf(endpoint)} ${within ? `stands twice in ${service.label}` : 'is defined twice'}`,
            related: within ? [] : [{ at: owner, message: 'defined first here' }],
            ...(within && { severity: 'warning' }),
          });
        }
        const again = repeatedServer(service);
        if (again !== undefined)
          report({
            host,
            about: service,
            at: again.address,
            message: `${again.label} is listed twice in ${service.label}`,
            severity: 'warning',
            toldByKeepalived: true,
            why: 'keepalived removes the second entry: its weight and its checks do not count.',
            remedy: 'Delete one of the two, or correct its address.',
          });
      }
    }
  },
});

function wordOf(endpoint: Endpoint, service: VirtualService) {
  return endpoint.address ?? endpoint.mark ?? service;
}

/** `TCP 192.0.2.10:80`, `FWM 1/4` */
function nameOf({ key, mark }: Endpoint): string {
  return mark === undefined ? key : `fwmark ${mark.value}`;
}
