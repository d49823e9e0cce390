import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';
import { UPDATE } from '../support/update.ts';

const PAGE = 'docs/templates.md';
const program = useProgram();

test('the page of templates shows what the program prints', () => {
  const page = readFileSync(PAGE, 'utf8');
  const fences = [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)];
  const files = fences.flatMap(([, , name, text = '']) =>
    name === undefined ? [] : [[name, text] as const],
  );
  const folder = program.folderWith(Object.fromEntries(files));
  let shown = page;
  for (const [, language, , text = ''] of fences) {
    if (language !== 'console') continue;
    const [command = ''] = text.slice(2).split('\n');
    shown = shown.replace(text, () => `$ ${command}\n${program.run(command, folder).out}`);
  }
  if (UPDATE) writeFileSync(PAGE, shown);
  else expect(page).toBe(shown);
});
