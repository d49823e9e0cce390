import { defineRule } from '../../src/judge/rule.ts';
import type { Cluster, HostWith } from '../../src/model/cluster.ts';
import { allServices, dutiesOf, methodsOf } from '../../src/model/duties.ts';
import type { KernelSetting } from '../../src/model/kernel.ts';
import type { ForwardingMethod } from '../../src/model/service.ts';

/** What only connections of the host's own programs feel (Documentation/networking/ip-sysctl.rst, admin-guide/sysctl/net.rst). */
const OF_SOCKETS =
  /^net\/(?:core\/(?:[rw]mem_(?:max|default)|optmem_max|somaxconn)|ipv4\/(?:tcp_(?:[rw]?mem|max_syn_backlog|syn_retries|synack_retries|fin_timeout|keepalive_\w+|max_orphans|fastopen|slow_start_after_idle|congestion_control|no_metrics_save|sack|window_scaling|moderate_rcvbuf)|udp_\w*mem\w*))$/;
const OF_ARP = /^net\/ipv4\/conf\/[^/]+\/arp_(?:ignore|announce)$/;

export default defineRule({
  id: 'kernel/setting-for-another-role',
  severity: 'info',
  title: 'kernel keys that do nothing for what this host does',
  why: 'They hide the keys that matter here, and the next person believes that they were needed.',
  remedy: 'Give directors and real servers their own files, each with the keys of its role.',
  needs: ['sysctl'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const [misplaced, what] = misplacedOn(cluster.whole, host);
      const [first, ...others] = misplaced;
      if (first === undefined) continue;
      const more = others.length === 0 ? '' : ` (${misplaced.length} keys)`;
      report({
        host,
        about: host,
        at: first,
        message: `${what}${more}`,
        related: others.slice(0, 4).map((at) => ({ at, message: 'and here' })),
      });
    }
  },
});

function misplacedOn(
  cluster: Cluster,
  host: HostWith<'sysctl'>,
): readonly [readonly KernelSetting[], string] {
  const written = host.sysctl.settings.filter(({ by }) => by === 'file');
  const keys = (pattern: RegExp) =>
    written.filter(({ key, value }) => pattern.test(key) && value.value !== '0');
  if (host.roles.size !== 1) return [[], ''];
  if (host.roles.has('director')) {
    const methods = new Set(allServices(host).flatMap((service) => [...methodsOf(service)]));
    if (!isDirect(methods) || host.globals?.syncDaemon !== undefined) return [[], ''];
    return [
      keys(OF_SOCKETS),
      'this tunes connections of the director itself; those of clients only pass through',
    ];
  }
  const methods = new Set(dutiesOf(cluster, host).map(({ method }) => method));
  if (isDirect(methods))
    return [keys(/^net\/ipv4\/ip_forward$/), 'a DR or TUN real server does not forward packets'];
  const isNat = methods.size === 1 && methods.has('NAT');
  return [isNat ? keys(OF_ARP) : [], 'behind NAT a real server holds no VIP that ARP could tell'];
}

function isDirect(methods: ReadonlySet<ForwardingMethod>): boolean {
  return methods.size > 0 && [...methods].every((method) => method === 'DR' || method === 'TUN');
}
