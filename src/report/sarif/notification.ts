import type { Verdict } from '../../judge/finding.ts';
import { errorText } from '../words.ts';

/** `notification` (SARIF 2.1.0, 3.58): what nobody looked at, so that no results are not taken for a clean bill. */
export function notificationsOf({ notJudged, gaps, broken }: Verdict): readonly object[] {
  return [
    ...broken.map(({ rule, error }) => ({
      level: 'error',
      message: { text: `rule ${rule} stopped with ${errorText(error)}` },
      associatedRule: { id: rule },
    })),
    ...gaps.map(({ host, name, why }) => ({
      level: 'warning',
      message: { text: `not read: ${name}: ${why}` },
      properties: { host },
    })),
    ...notJudged.map(({ rule, host, why }) => ({
      level: 'note',
      message: { text: `not judged on ${host}: ${why}` },
      associatedRule: { id: rule },
      properties: { host },
    })),
  ];
}
