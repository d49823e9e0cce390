import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'ignore/stale-baseline',
  severity: 'warning',
  title: 'a baseline lets something through that is not there',
  why: 'The mistake is gone. When it comes back, the baseline hides it.',
  remedy: 'Write the baseline again with lint --write-baseline: reasons and dates of the other entries stay.',
  kinds: ['stale-baseline'],
  ignorable: false,
});
