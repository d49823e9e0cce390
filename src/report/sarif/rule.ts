import type { RuleHelp } from '../context.ts';
import { LEVEL } from './result.ts';

/** Code scanning's words for the same: docs.github.com, "SARIF support for code scanning". */
const PROBLEM = { error: 'error', warning: 'warning', info: 'recommendation' } as const;

/** `reportingDescriptor` (SARIF 2.1.0, 3.49) of a rule, with its page as help. */
export function descriptorOf({ id, severity, title, why, remedy, page }: RuleHelp): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${remedy}`, markdown: page },
    defaultConfiguration: { level: LEVEL[severity] },
    properties: { tags: [id.split('/', 1)[0]], 'problem.severity': PROBLEM[severity] },
  };
}
