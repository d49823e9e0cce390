import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'syntax/refused-command',
  severity: 'error',
  title: 'the program refuses this line',
  why: 'What the line was meant to set is not set. ipvsadm-restore stops there: the lines behind it are not loaded.',
  remedy: 'Correct the line as the message says.',
  follows: ['fullnat/not-in-upstream'],
  kinds: ['refused-command'],
});
