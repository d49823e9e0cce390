import type { Located } from '../evidence/fact.ts';
import type { Fix } from '../evidence/fix.ts';

/** What is wrong with something, in the words of a report: a rule adds whose it is. */
export interface Doubt {
  readonly at: Located;
  readonly message: string;
  readonly related?: readonly { readonly at: Located; readonly message: string }[];
  /** Where the case is graver or lighter than the rule says, or wants other words. */
  readonly severity?: 'error' | 'warning' | 'info';
  readonly why?: string;
  readonly remedy?: string;
  readonly fix?: Fix | undefined;
  readonly toldByKeepalived?: boolean;
}
