import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'syntax/comment-and-hidden-characters',
  severity: 'error',
  title: 'a sign that nobody sees, or a comment of another language',
  why: 'It becomes part of a word: the keyword is unknown, or the value is another one than the eye reads.',
  remedy: "Replace the sign by its plain counterpart; start comments with the format's own sign.",
  kinds: ['hidden-character', 'foreign-comment'],
});
