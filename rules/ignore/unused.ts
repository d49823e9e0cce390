import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'ignore/unused',
  severity: 'warning',
  title: 'a comment ignores a finding that is not there',
  why: 'The mistake is gone, or was never here. When it comes back, with another reason, the comment hides it.',
  remedy: 'Delete the comment, or take the rule out of it.',
  kinds: ['unused-ignore'],
  ignorable: false,
});
