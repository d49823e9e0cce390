import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'syntax/unbalanced-braces',
  severity: 'error',
  title: 'a brace or a quote is missing or too many',
  why: 'Everything behind it is read in the wrong block: whole instances or services are missing, and the daemon starts all the same.',
  remedy: 'Close each block where it ends; the indentation shows where that was meant to be.',
  kinds: ['unbalanced-braces', 'unclosed-quote'],
  ignorable: false,
});
