import type { Fact } from '../../src/evidence/fact.ts';
import { quotedToBlank, reviewedFix } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import type { HostWith } from '../../src/model/cluster.ts';
import { routerOf } from '../../src/model/peers.ts';
import { endsAtCommentSign } from '../../src/model/spelling.ts';

export default defineRule({
  id: 'vrrp/auth-pass-cut-by-comment',
  severity: 'warning',
  title: 'a comment sign cuts a value short',
  why: 'keepalived takes everything behind # or ! for a comment, in the middle of a word too: the nodes differ as soon as one file quotes the value.',
  remedy: 'Put the value in double quotes on every node, or use other characters.',
  needs: ['vrrp'],
  evenIfPartial: true,
  follows: ['vrrp-pair/auth-mismatch'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const instance of host.vrrp) {
        const { authPass, label } = instance;
        if (authPass === undefined || !endsAtCommentSign(authPass)) continue;
        report({
          host,
          about: routerOf(cluster.whole, instance),
          at: authPass,
          message: `the password of ${label} ends at a comment sign after ${authPass.value.length === 1 ? 'one character' : `${authPass.value.length} characters`}`,
          fix: reviewedFix('put the password in quotes', ...quotedToBlank(authPass)),
        });
      }
      for (const value of otherValues(host)) {
        if (!endsAtCommentSign(value)) continue;
        report({
          host,
          about: host,
          at: value,
          message: `this value ends at a comment sign: keepalived reads ${value.value}`,
          why: 'keepalived takes everything behind # or ! for a comment, in the middle of a word too.',
        });
      }
    }
  },
});

function otherValues(host: HostWith<'vrrp'>): readonly Fact<string>[] {
  const commands = (host.trackScripts ?? []).flatMap(({ command }) => command ?? []);
  return [...commands, ...(host.globals?.notificationEmail ?? [])];
}
