import { defineRule } from '../../src/judge/rule.ts';

export default defineRule({
  id: 'container/keepalived-environment',
  severity: 'warning',
  title: 'keepalived runs in a container that cannot move addresses of the host',
  why: 'The VIP is set inside of the container, or not at all: the host never has it, whatever the log says.',
  remedy: 'Give the container the network of the host (hostNetwork: true, network_mode: host) and NET_ADMIN.',
  needs: ['workloads'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const container of host.workloads.keepaliveds) {
        const { image, hostNetwork, privileged, capabilities, label } = container;
        const say = { host, about: container, at: image };
        if (!hostNetwork)
          report({ ...say, message: `${label} runs keepalived without the network of the host` });
        else if (!privileged && !capabilities.has('NET_ADMIN') && !capabilities.has('ALL'))
          report({ ...say, message: `${label} runs keepalived without the capability NET_ADMIN` });
      }
    }
  },
});
