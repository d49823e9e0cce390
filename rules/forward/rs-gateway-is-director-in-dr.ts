import { defineRule } from '../../src/judge/rule.ts';
import { gatewayDuties } from '../../src/model/gateways.ts';
import { acceptsLocal } from '../../src/model/source-nat.ts';

export default defineRule({
  id: 'forward/rs-gateway-is-director-in-dr',
  severity: 'warning',
  title: 'the default gateway of a DR or TUN real server is a director',
  why: 'The director holds the VIP itself and drops answers that come from it as martians, whatever rp_filter says; through the backup they may pass until it takes over.',
  remedy: 'Send the answers of DR and TUN real servers to the router.',
  needs: [],
  spans: true,
  check(cluster, report) {
    for (const { host, gateway, kind, duty } of gatewayDuties(cluster.whole, ['DR', 'TUN'])) {
      const { director, service } = duty;
      if ((kind !== 'floating' && kind !== 'own') || acceptsLocal(director)) continue;
      report({
        host,
        about: host,
        at: gateway,
        message: `${host.label} sends its answers to ${gateway.value}, an address of director ${director.label}`,
        related: [
          {
            at: duty.server ?? service,
            message: `${director.label} balances ${service.label} to it by ${duty.method}`,
          },
        ],
      });
    }
  },
});
