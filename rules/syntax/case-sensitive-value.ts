import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'syntax/case-sensitive-value',
  severity: 'error',
  title: 'a word is written in the wrong case',
  why: 'keepalived falls back to a default: a director becomes BACKUP, a DR service becomes NAT and answers nobody.',
  remedy: 'Write the word as keepalived does: MASTER and BACKUP, DR, NAT and TUN, rr and wlc.',
  kinds: ['case-sensitive-value'],
});
