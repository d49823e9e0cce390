import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'syntax/malformed-list-or-address',
  severity: 'warning',
  title: 'a value is not one that the program takes',
  why: 'The value is ignored or replaced, often without a message at run time, and the cluster runs with another one.',
  remedy: 'Write the value as the program reads it.',
  // These know what the word does to the service.
  follows: ['ipvs/persistence-invalid', 'fullnat/not-in-upstream'],
  kinds: ['malformed-value', 'undefined-variable'],
});
