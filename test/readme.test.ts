import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UPDATE } from './support/update.ts';

const FENCE = /^```text\n[\s\S]*?^```$/m;

/** The bundle as the demo runs it. */
function lint(folder: string): string {
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, COLUMNS: undefined };
  return execFileSync(process.execPath, ['dist/lvsdoctor.mjs', 'lint', '--exit-zero', folder], {
    encoding: 'utf8',
    env,
  });
}

test('the README shows what the demo prints', () => {
  const readme = readFileSync('README.md', 'utf8');
  const shown = `\`\`\`text\n${lint('docs/examples/broken-dr').trimEnd()}\n\`\`\``;
  if (UPDATE)
    writeFileSync(
      'README.md',
      readme.replace(FENCE, () => shown),
    );
  else expect(FENCE.exec(readme)?.[0]).toBe(shown);
});

test('the repaired twin of the demo gives nothing', () => {
  expect(lint('docs/examples/sound-dr')).toMatch(/^no errors, no warnings in 8 files of 4 hosts/);
});
