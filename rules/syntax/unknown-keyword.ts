import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'syntax/unknown-keyword',
  severity: 'error',
  title: 'keepalived does not know this word here',
  why: 'The line is skipped and the setting keeps its default; if it opens a block, the block is read as part of the one around it.',
  remedy: 'Write the keyword as this release knows it, in the block where it belongs.',
  kinds: ['unknown-keyword'],
});
