import { relative } from 'node:path';
import type { ChangedFile } from './working-copy.ts';

/** With more changed lines than this, to look for the least patch takes longer than anybody waits. */
const MOST_CHANGES = 3000;

/** What `patch -p0` takes in the working folder. */
export async function patchOf(files: readonly ChangedFile[], workingFolder: string): Promise<string> {
  if (files.length === 0) return '';
  const { createTwoFilesPatch, formatPatch, FILE_HEADERS_ONLY } = await import('diff');
  return files
    .map(({ path, before, after }) => {
      const name = relative(workingFolder, path);
      // Without a tab behind it, a name ends at its first blank.
      const [oldHeader, newHeader] = name.includes(' ') ? ['as it is', 'fixed'] : [];
      const options = { context: 3, headerOptions: FILE_HEADERS_ONLY, maxEditLength: MOST_CHANGES };
      const patch = createTwoFilesPatch(name, name, before, after, oldHeader, newHeader, options);
      if (patch !== undefined) return patch;
      const names = { oldFileName: name, newFileName: name, oldHeader, newHeader };
      return formatPatch({ ...names, hunks: [wholeText(before, after)] }, FILE_HEADERS_ONLY);
    })
    .join('');
}

/** Says of two texts which lines of the second are not in the first: all, where to find out would take too long. */
export async function addedLines(): Promise<(before: string, after: string) => (line: number) => boolean> {
  const { structuredPatch } = await import('diff');
  return (before, after) => {
    const options = { context: 0, maxEditLength: MOST_CHANGES };
    const patch = structuredPatch('', '', before, after, undefined, undefined, options);
    if (patch === undefined) return () => true;
    return (line) =>
      patch.hunks.some(({ newStart, newLines }) => line >= newStart && line < newStart + newLines);
  };
}

/** All lines for all lines. */
function wholeText(before: string, after: string) {
  const [old, fixed] = [markedLines('-', before), markedLines('+', after)];
  const counts = { oldLines: countOf(old), newLines: countOf(fixed) };
  return { oldStart: 1, newStart: 1, ...counts, lines: [...old, ...fixed] };
}

function markedLines(sign: string, text: string): readonly string[] {
  const lines = text.split('\n').map((line) => sign + line);
  return text.endsWith('\n') ? lines.slice(0, -1) : [...lines, NO_NEWLINE];
}

const NO_NEWLINE = '\\ No newline at end of file';

function countOf(lines: readonly string[]): number {
  return lines.filter((line) => line !== NO_NEWLINE).length;
}
