import { defineRule } from '../../src/judge/rule.ts';
import { socketText } from '../../src/model/endpoint.ts';
import { arrivals, deafProxy, shadowedListeners, unbindable } from '../../src/model/tier.ts';

export default defineRule({
  id: 'l4l7/backend-does-not-listen-on-vip',
  severity: 'error',
  title: 'a proxy does not listen where its connections arrive',
  why: 'DR and TUN leave the VIP as the destination: a daemon that listens on the own address alone never sees these connections, and the kernel refuses them.',
  remedy: 'Let it listen on every address (*), or on the VIP as well.',
  needs: ['proxies'],
  spans: true,
  check(cluster, report) {
    for (const arrival of arrivals(cluster.whole)) {
      const { host, address, port, direct, director, service, server } = arrival;
      const deaf = direct && cluster.hosts.includes(host) ? deafProxy(arrival) : undefined;
      if (deaf === undefined) continue;
      const { proxy, listener } = deaf;
      const [bound] = [listener.address ?? '*'];
      report({
        host,
        about: proxy,
        at: listener,
        message: `${proxy.label} on ${host.label} listens on ${socketText(bound, port)}, and connections arrive for ${socketText(address, port)}`,
        related: [{ at: server ?? service, message: `${director.label} sends them here unchanged` }],
      });
    }
    for (const host of cluster.hosts)
      for (const doubt of [...unbindable(host), ...shadowedListeners(host)])
        report({ host, about: host, ...doubt });
  },
});
