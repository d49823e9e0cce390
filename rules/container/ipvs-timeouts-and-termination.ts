import { defineRule } from '../../src/judge/rule.ts';
import { ipvsProxies, timeoutDoubts } from '../../src/model/kube-proxy.ts';

export default defineRule({
  id: 'container/ipvs-timeouts-and-termination',
  severity: 'warning',
  title: 'kube-proxy forgets connections too early, or keeps them with a pod that is gone',
  why: 'Packets of a forgotten connection are refused or lost: pools of database connections hang after a quiet while.',
  remedy: 'Leave ipvs.tcpTimeout out (900 s), and let applications send keepalives more often than that.',
  needs: ['workloads'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { host, proxy } of ipvsProxies(cluster.hosts))
      for (const doubt of timeoutDoubts(proxy)) report({ host, about: proxy, ...doubt });
  },
});
