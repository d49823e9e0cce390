import { isSample } from '../../src/evidence/sample-password.ts';
import { defineRule } from '../../src/judge/rule.ts';
import { passwordsOf } from '../../src/model/password.ts';

export default defineRule({
  id: 'security/plaintext-auth',
  severity: 'warning',
  title: 'the VRRP password protects nothing',
  why: 'It travels in clear text in every advert. What it still does is keep clusters apart that share an id by accident, and a sample password does not even do that.',
  remedy:
    'Choose a password of 8 random characters per cluster, and let only the peers send protocol 112 on that link.',
  needs: ['vrrp'],
  evenIfPartial: true,
  // What is wrong with the word is to be put right first.
  follows: ['vrrp/auth-pass-cut-by-comment', 'vrrp/auth-pass-too-long'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      const used = passwordsOf(host.vrrp);
      const samples = used.filter(({ at }) => isSample(at.value));
      const [sample, ...more] = samples;
      if (sample !== undefined)
        report({
          host,
          about: sample.instance,
          at: sample.at,
          message: `the password of ${sample.instance.label} is one that samples use`,
          related: more.map(({ instance, at }) => ({ at, message: `so is that of ${instance.label}` })),
        });
      const [first] = used;
      if (first === undefined || samples.length > 0) continue;
      report({
        host,
        about: first.instance,
        at: first.at,
        message:
          first.type === 'AH'
            ? `${first.instance.label} signs adverts with AH: a weak digest, and not for IPv6 or version 3`
            : `the password of ${first.instance.label} travels in clear text`,
        severity: 'info',
        remedy: 'Let only the peers send protocol 112 on that link: a packet filter, or a VLAN of their own.',
      });
    }
  },
});
