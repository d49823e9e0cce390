import * as all from '../../rules/index.ts';
import type { AnyRule, Mistake } from '../judge/rule.ts';
import { outcomes } from '../verify/outcomes.ts';

/** Every rule, by name. */
export const rules: readonly AnyRule[] = Object.values<AnyRule>(all).sort((one, other) =>
  one.id < other.id ? -1 : 1,
);

/** Everything that can be found: by a rule, or by a test of `verify`. */
export const mistakes: readonly Mistake[] = [...rules, ...outcomes].sort((one, other) =>
  one.id < other.id ? -1 : 1,
);
