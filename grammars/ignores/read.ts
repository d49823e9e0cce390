import type { Source } from '../../src/evidence/source.ts';
import { type Ignore, mayHoldIgnores } from './comment.ts';
import { ignoresInKeepalived } from './keepalived.ts';
import { ignoresInLines } from './lines.ts';
import { ignoresInScript } from './script.ts';

export { nearest } from '../keepalived/suggest.ts';
export type { Ignore } from './comment.ts';

/** The comments of a text that answer for findings, from the top down; what programs print has none. */
export function readIgnores(source: Source): readonly Ignore[] {
  if (!mayHoldIgnores(source.text)) return [];
  switch (source.format) {
    case 'keepalived.conf':
      return ignoresInKeepalived(source);
    case 'script':
      return ignoresInScript(source);
    case 'sysctl':
      return ignoresInLines(source, /^[ \t]*[#;]/);
    case 'ipvsadm-save':
      // ipvsadm-restore takes an indented one for a command.
      return ignoresInLines(source, /^#/);
    case 'haproxy.cfg':
    case 'nginx.conf':
    case 'manifest':
      return ignoresInLines(source, /^[ \t]*#/);
    default:
      return [];
  }
}
