import { readIgnores } from '../../grammars/ignores/read.ts';
import type { Source } from '../evidence/source.ts';
import { remembered } from './memory.ts';

export { type Ignore, nearest } from '../../grammars/ignores/read.ts';

/** The comments of a text that answer for findings. */
export const ignoresOf = remembered(readIgnores);

/** The same for all texts of a host, with what they include. */
export function ignoresAmong(sources: readonly Source[]) {
  const texts = new Set(sources);
  for (const text of texts)
    for (const inclusion of text.includes?.values() ?? [])
      for (const included of inclusion.sources) texts.add(included);
  return [...texts].flatMap(ignoresOf);
}
