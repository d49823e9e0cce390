import { reviewedFix, safeFix } from '../../src/evidence/fix.ts';
import { lineAddedIn } from '../../src/evidence/line-edit.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { speaksDatagrams } from '../../src/model/applications.ts';
import { isLeftOut } from '../../src/model/left-out.ts';
import { onlyPort } from '../../src/model/ports.ts';

export default defineRule({
  id: 'ipvs/protocol-missing',
  severity: 'error',
  title: 'a virtual server names no protocol, so it balances UDP',
  why: 'keepalived takes UDP: TCP clients meet no service and are refused by the director itself.',
  remedy: 'Write protocol TCP, or protocol UDP where that is meant.',
  needs: ['services'],
  evenIfPartial: true,
  toldByKeepalived: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const service of host.services) {
        const { protocol, realServers } = service;
        if (protocol === undefined || !isLeftOut(protocol, service)) continue;
        const meansUdp =
          speaksDatagrams(onlyPort(service)) ||
          realServers.some(({ checkers }) =>
            checkers?.some(({ kind }) => kind === 'UDP_CHECK' || kind === 'DNS_CHECK'),
          );
        report({
          host,
          about: service,
          at: protocol,
          message: `${service.label} has no protocol line, so keepalived takes UDP`,
          ...(meansUdp && { severity: 'warning' }),
          fix: meansUdp
            ? safeFix('write protocol UDP, which is what runs', lineAddedIn(service, 'protocol UDP'))
            : reviewedFix('write protocol TCP', lineAddedIn(service, 'protocol TCP')),
        });
      }
    }
  },
});
