import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'ignore/unknown-rule',
  severity: 'warning',
  title: 'a comment is to ignore a rule that there is not',
  why: 'The name answers for nothing, and the finding that was meant is still reported.',
  remedy: 'Copy the name from the report: it stands under the message, behind the host.',
  kinds: ['unknown-rule'],
  ignorable: false,
});
