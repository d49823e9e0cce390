import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'ignore/incomplete',
  severity: 'warning',
  title: 'a comment that is to ignore a finding gives no reason, or names no rule',
  why: 'It does not count. A finding that is ignored without a reason is one that nobody can judge again.',
  remedy:
    'Write the rule, a colon and the reason behind it: # lvsdoctor ignore vrrp/no-tracking: the link is watched from outside.',
  kinds: ['incomplete-ignore'],
  ignorable: false,
});
