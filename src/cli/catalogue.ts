import * as all from '../../rules/index.ts';
import type { AnyRule } from '../judge/rule.ts';

/** Every rule, by name. */
export const rules: readonly AnyRule[] = Object.values<AnyRule>(all).sort((one, other) =>
  one.id < other.id ? -1 : 1,
);
