import type { Located } from '../../src/evidence/fact.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { deviationsOf } from '../../src/model/deviation.ts';
import type { VrrpMember } from '../../src/model/peers.ts';
import { authenticationKey, authenticationOf } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp-pair/auth-mismatch',
  severity: 'error',
  title: 'directors of one virtual router authenticate differently',
  why: 'Each node refuses the adverts of the other, so both become master and hold the VIP.',
  remedy: 'Write the same auth_type and auth_pass on every node, or remove authentication from all of them.',
  needs: ['vrrp'],
  spans: true,
  compares: true,
  evenIfPartial: true,
  follows: ['vrrp-pair/version-mismatch', 'vrrp-pair/vrid-mismatch'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      if (host.vrrp.some(({ authPass }) => authPass?.value.includes('$')))
        report.notJudged(host, 'its VRRP password holds a variable that nobody defines');
    }
    for (const { group, expected, found } of deviationsOf(cluster, ({ instance }) =>
      authenticationKey(instance),
    )) {
      report({
        host: found.host,
        about: group,
        at: placeOf(found),
        message: difference(expected, found),
        related: [{ at: placeOf(expected), message: `${expected.host.label} ${summary(expected)}` }],
      });
    }
  },
});

function placeOf({ instance }: VrrpMember): Located {
  return instance.authPass ?? instance.writtenAuthType ?? instance;
}

function difference(expected: VrrpMember, found: VrrpMember): string {
  const [wanted, own] = [authenticationOf(expected.instance), authenticationOf(found.instance)];
  if (wanted !== undefined && wanted.type === own?.type)
    return `${found.host.label} has another VRRP password than ${expected.host.label}`;
  return `${found.host.label} ${summary(found)}, ${expected.host.label} ${summary(expected)}`;
}

function summary({ instance }: VrrpMember): string {
  const authentication = authenticationOf(instance);
  return authentication === undefined ? 'sends no password' : `authenticates with ${authentication.type}`;
}
