import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'syntax/refused-command',
  severity: 'error',
  title: 'the program does not load what the lines ask for',
  why: 'What was meant to be set is not set. Where ipvsadm-restore stops, the lines behind are not loaded either.',
  remedy: 'Correct the line as the message says.',
  follows: ['fullnat/not-in-upstream'],
  kinds: ['refused-command'],
});
