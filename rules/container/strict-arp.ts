import { defineRule } from '../../src/judge/rule.ts';
import { announcerFor, ipvsProxies, keepsQuiet } from '../../src/model/kube-proxy.ts';

export default defineRule({
  id: 'container/strict-arp',
  severity: 'error',
  title: 'every node answers ARP for the service addresses of kube-proxy',
  why: 'kube-proxy puts them on kube-ipvs0 of each node, and the kernel answers for what it has anywhere: traffic goes to a node by chance.',
  remedy: 'Write ipvs.strictARP: true, and restart kube-proxy on every node.',
  needs: ['workloads'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { host, proxy } of ipvsProxies(cluster.hosts)) {
      const announcer = announcerFor(cluster.whole, host);
      if (proxy.strictArp?.value || announcer === undefined || keepsQuiet(host)) continue;
      report({
        host,
        about: proxy,
        at: proxy.strictArp ?? proxy.mode ?? proxy,
        message: `strictARP is ${proxy.strictArp === undefined ? 'left out, so it is false' : 'false'}, and ${announcer.what} announces addresses by ARP`,
        related: [{ at: announcer, message: announcer.what }],
      });
    }
  },
});
