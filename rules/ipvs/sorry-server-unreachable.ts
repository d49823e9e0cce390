import { defineRule } from '../../src/judge/rule.ts';
import { servicesOf } from '../../src/model/duties.ts';
import { familyOf, isLoopbackAddress } from '../../src/model/endpoint.ts';
import { onlyPort } from '../../src/model/ports.ts';
import type { SorryServer, VirtualService } from '../../src/model/service.ts';

export default defineRule({
  id: 'ipvs/sorry-server-unreachable',
  severity: 'warning',
  title: 'the sorry server cannot stand in for the real servers',
  why: 'It is used when all servers are down and is never checked: that it does not work shows only in the outage.',
  remedy:
    "Treat it as one more real server of the same method: the service's port, the VIP on lo for DR and TUN.",
  needs: ['services'],
  evenIfPartial: true,
  check(cluster, report) {
    for (const { director: host, service } of servicesOf(cluster.hosts)) {
      const flaw = service.sorryServer && flawOf(service, service.sorryServer);
      if (flaw !== undefined) report({ host, about: service, ...flaw });
    }
  },
});

function flawOf(service: VirtualService, sorry: SorryServer) {
  const { address, port } = sorry;
  const method = (sorry.method ?? service.method).value;
  const wanted = onlyPort(service);
  if (method !== 'TUN' && service.endpoints.every(({ family }) => family !== familyOf(address.value)))
    return {
      at: address,
      message: `keepalived skips sorry server ${address.value}: ${service.label} is of the other address family`,
      toldByKeepalived: true,
    };
  if (method === 'NAT' && isLoopbackAddress(address.value))
    return {
      at: address,
      message: `the kernel does not rewrite packets from outside to ${address.value}: by NAT the sorry server gets nothing`,
      remedy: 'Write sorry_server_lvs_method DR, and let the daemon listen on the VIP or on every address.',
    };
  const asked = port?.value || wanted;
  if ((method === 'DR' || method === 'TUN') && port && wanted !== undefined && asked !== wanted)
    return {
      at: port,
      message: `${method} keeps port ${wanted}: sorry server ${address.value} cannot get port ${asked}`,
      toldByKeepalived: true,
    };
  const same = service.realServers.find(
    (server) => server.address.value === address.value && (server.port?.value || wanted) === asked,
  );
  if (same === undefined) return undefined;
  return {
    at: address,
    message: `sorry server ${address.value} is one of the real servers of ${service.label}: it is down when they all are`,
    related: [{ at: same.address, message: 'a real server' }],
    toldByKeepalived:
      (sorry.inhibit?.value ?? false) !==
      ((same.inhibitOnFailure ?? service.inhibitOnFailure)?.value ?? false),
  };
}
