import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'syntax/repeated-keyword',
  severity: 'warning',
  title: 'a setting stands twice in one block',
  why: 'The last one counts, or the first, without a word: whoever edits the other one changes nothing.',
  remedy: 'Keep one of the two lines.',
  kinds: ['repeated-keyword'],
});
