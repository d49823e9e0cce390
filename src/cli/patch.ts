import { relative } from 'node:path';
import type { ChangedFile } from './working-copy.ts';

/** What `patch -p0` takes in the working folder. */
export async function patchOf(files: readonly ChangedFile[], workingFolder: string): Promise<string> {
  if (files.length === 0) return '';
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  return files
    .map(({ path, before, after }) => {
      const name = relative(workingFolder, path);
      // Without a tab behind it, a name ends at its first blank.
      const [old, fixed] = name.includes(' ') ? ['as it is', 'fixed'] : [];
      return createTwoFilesPatch(name, name, before, after, old, fixed, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      });
    })
    .join('');
}
