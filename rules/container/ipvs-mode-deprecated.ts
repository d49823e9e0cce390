import { defineRule } from '../../src/judge/rule.ts';
import { ipvsProxies } from '../../src/model/kube-proxy.ts';

export default defineRule({
  id: 'container/ipvs-mode-deprecated',
  severity: 'info',
  title: 'kube-proxy uses IPVS, which Kubernetes 1.35 deprecates',
  why: 'The mode gets repairs only and is to be removed: one of the next upgrades will not start with it.',
  remedy: 'Plan for mode: nftables (kernel 5.13 or newer).',
  needs: ['workloads'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { host, proxy } of ipvsProxies(cluster.hosts))
      report({ host, about: proxy, at: proxy.mode ?? proxy, message: 'kube-proxy runs in mode ipvs' });
  },
});
