import type { Source } from '../../src/evidence/source.ts';
import type { Node, RawWord } from './node.ts';
import { nodesOf } from './nodes.ts';

/** The commands of `sh -c '…'`, also behind sudo, where the text between the quotes is the command as it stands. */
export function nestedCommands(source: Source, words: readonly RawWord[]): readonly Node[] | undefined {
  const shell = words.findIndex(({ raw }) => /^(?:\/\w+)*\/?(?:ba|da|k|a)?sh$/.test(raw));
  if (shell === -1 || shell > 2 || (shell > 0 && !/sudo$/.test(words[0]?.raw ?? ''))) return undefined;
  const command = words[shell + 2];
  if (!/^-\w*c$/.test(words[shell + 1]?.raw ?? '') || command === undefined) return undefined;
  if (!/^(?:"[^"\\]*"|'[^']*')$/.test(command.raw)) return undefined;
  return nodesOf(source, command.start + 1, command.start + command.raw.length - 1).nodes;
}
