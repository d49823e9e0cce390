import { safeFix, shortened } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import type { VrrpInstance } from '../../src/model/vrrp.ts';

const LENGTH = 8;

export default defineRule({
  id: 'vrrp/auth-pass-too-long',
  severity: 'warning',
  title: 'a VRRP password is longer than what is sent',
  why: 'Only the first 8 characters travel: the rest protects nothing, and keepalived -t fails on it.',
  remedy: 'Cut the password to 8 characters on every node at the same time.',
  needs: ['vrrp'],
  evenIfPartial: true,
  toldByKeepalived: true,
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const [first, ...others] = host.vrrp.flatMap((instance) => longPassword(instance));
      if (first === undefined) continue;
      report({
        host,
        about: first.instance,
        at: first.at,
        message: `the password of ${first.instance.label} has ${first.at.value.length} characters, of which 8 are used`,
        related: others.map(({ instance, at }) => ({
          at,
          message: `too long for ${instance.label} as well`,
        })),
        fix: safeFix('cut it to 8 characters', ...[first, ...others].map(({ at }) => shortened(at, LENGTH))),
      });
    }
  },
});

/** A word for a template to fill in says nothing of the password. */
const PLACEHOLDER = /\$|^[A-Z]+(?:_[A-Z]+)+$/;

function longPassword(instance: VrrpInstance) {
  const { authPass: at } = instance;
  if (at === undefined || at.value.length <= LENGTH || PLACEHOLDER.test(at.value)) return [];
  return [{ instance, at }];
}
