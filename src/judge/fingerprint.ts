import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';
import { withoutHost } from './merge.ts';

/** Names a finding for good: what is said of what, without lines and columns, so that lines inserted above change nothing. */
export function fingerprintOf(finding: Finding): string {
  const text = `${finding.rule}\n${withoutHost(finding)}\n${finding.message}`;
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
