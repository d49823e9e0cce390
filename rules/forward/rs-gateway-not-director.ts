import { defineRule } from '../../src/judge/rule.ts';
import type { Duty } from '../../src/model/duties.ts';
import { gatewayDuties, strandedServers } from '../../src/model/gateways.ts';
import { hidesClients } from '../../src/model/source-nat.ts';
import { unseenNatServers } from '../../src/model/unseen-servers.ts';

export default defineRule({
  id: 'forward/rs-gateway-not-director',
  severity: 'error',
  title: 'the answers of a NAT real server do not pass the director',
  why: "Only the director can turn the server's address back into the VIP: clients ignore answers from an address that they never asked, and connections hang.",
  remedy: 'Make the VIP that VRRP moves in the inside network the default gateway of every NAT real server.',
  needs: [],
  spans: true,
  check({ whole }, report) {
    for (const { host, why } of unseenNatServers(whole)) report.notJudged(host, why);
    for (const { host, gateway, kind, duty } of gatewayDuties(whole, ['NAT'])) {
      if (kind === 'floating' || kind === 'unknown' || hidesClients(duty)) continue;
      report({
        host,
        about: host,
        at: gateway,
        message:
          kind === 'own'
            ? `${host.label} sends its answers to ${gateway.value}, one director's own address: they are lost after a failover`
            : `${host.label} sends its answers to ${gateway.value}, which is no address of the directors`,
        related: [balancedBy(duty)],
      });
    }
    for (const { host, address, duty } of strandedServers(whole)) {
      if (hidesClients(duty)) continue;
      report({
        host,
        about: host,
        at: address,
        message: `${host.label} has no default route: its answers do not leave its own network`,
        related: [balancedBy(duty)],
      });
    }
  },
});

function balancedBy({ director, service, server }: Duty) {
  return { at: server ?? service, message: `${director.label} balances ${service.label} to it by NAT` };
}
