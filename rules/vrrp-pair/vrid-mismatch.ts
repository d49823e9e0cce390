import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf } from '../../src/model/deviation.ts';

export default defineRule({
  id: 'vrrp-pair/vrid-mismatch',
  severity: 'error',
  title: 'directors that share a VIP use different virtual router ids',
  why: 'Adverts with another id are discarded without a log line, so every node becomes master and holds the VIP.',
  remedy: 'Give both instances the same virtual_router_id, one that nobody else uses on this link.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  evenIfPartial: true,
  check(cluster, report) {
    const idOf = ({ instance }: { instance: { virtualRouterId?: { value: number } } }) =>
      instance.virtualRouterId?.value.toString();
    for (const { group, expected, found } of deviationsOf(cluster, idOf)) {
      const wanted = expected.instance.virtualRouterId;
      const { virtualRouterId } = found.instance;
      if (wanted === undefined || virtualRouterId === undefined) continue;
      report({
        host: found.host,
        about: group,
        at: virtualRouterId,
        message: `${found.host.label} uses virtual router id ${virtualRouterId.value}, ${expected.host.label} uses ${wanted.value}`,
        related: [
          { at: wanted, message: `${expected.host.label} uses ${wanted.value} for the same addresses` },
        ],
      });
    }
  },
});
