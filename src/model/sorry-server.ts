import { reviewedFix, valued } from '../evidence/fix.ts';
import { lineAdded } from '../evidence/line-edit.ts';
import type { Doubt } from './doubt.ts';
import { familyOf, isLoopbackAddress } from './endpoint.ts';
import { isDirect } from './method.ts';
import { onlyPort } from './ports.ts';
import type { VirtualService } from './service.ts';

/** Why the server of last resort gets no packets, or is down when it is wanted. */
export function doubtAboutSorryServer(service: VirtualService): Doubt | undefined {
  const { sorryServer: sorry } = service;
  if (sorry === undefined) return undefined;
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
      fix: reviewedFix('add sorry_server_lvs_method DR', lineAdded(address, 'sorry_server_lvs_method DR')),
    };
  const asked = port?.value || wanted;
  if (isDirect(method) && port && wanted !== undefined && asked !== wanted)
    return {
      at: port,
      message: `${method} keeps port ${wanted}: sorry server ${address.value} cannot get port ${asked}`,
      toldByKeepalived: true,
      fix: reviewedFix(`write ${wanted}`, valued(port, wanted)),
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
