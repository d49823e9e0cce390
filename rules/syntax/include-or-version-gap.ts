import { defineFaultRule } from '../../src/judge/fault-rule.ts';

export default defineFaultRule({
  id: 'syntax/include-or-version-gap',
  severity: 'warning',
  title: 'an included file is not there',
  why: 'keepalived goes on without it: parts of the cluster are missing, and the exit status stays 0.',
  remedy: 'Correct the path, or delete the line; includea makes keepalived insist on the file.',
  kinds: ['missing-include'],
});
