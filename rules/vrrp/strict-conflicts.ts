import type { Located } from '../../src/evidence/fact.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { groupWith } from '../../src/model/peers.ts';
import { refusedInStrict, strictSubject } from '../../src/model/strict.ts';
import { authenticationOf } from '../../src/model/vrrp-effect.ts';

export default defineRule({
  id: 'vrrp/strict-conflicts',
  severity: 'warning',
  title: 'strict mode takes away what an instance asks for',
  why: 'What strict mode does not know is reset or ignored; where only one node loses its password, both become master.',
  remedy: 'Delete vrrp_strict, or delete what it excludes, and do the same on every node.',
  needs: ['vrrp'],
  evenIfPartial: true,
  follows: ['vrrp/strict-drops-vip'],
  toldByKeepalived: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const said = new Set<Located>();
      for (const instance of host.vrrp) {
        const refused = refusedInStrict(instance);
        const { strict } = instance;
        if (strict === undefined || refused.length === 0 || said.has(strict)) continue;
        said.add(strict);
        const members = groupWith(cluster.whole, instance)?.members ?? [];
        const expecting = members.find((member) => authenticationOf(member.instance) !== undefined);
        const expected = expecting && (expecting.instance.authPass ?? expecting.instance);
        const names = refused.map(({ what }) => what).join(', ');
        report({
          host,
          about: strictSubject(host, instance),
          at: strict,
          message:
            expecting === undefined
              ? `strict mode takes from ${instance.label}: ${names}`
              : `strict mode takes the password from the adverts of ${host.label}, ${expecting.host.label} expects one`,
          related: [
            ...refused.map(({ what, at }) => ({ at, message: `${what} has no effect` })),
            { at: expected, message: `${expecting?.host.label} expects it` },
          ],
          severity: expecting && 'error',
        });
      }
    }
  },
});
