import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'syntax/several-keywords-on-one-line',
  severity: 'error',
  title: 'several statements stand on one line',
  why: 'keepalived takes the first one and drops the rest without a word; a block behind it makes it lose its place in the file.',
  remedy: 'Put each keyword on a line of its own.',
  kinds: ['several-keywords-on-one-line'],
});
