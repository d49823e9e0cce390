import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { entriesIn } from '../src/cli/baseline-file.ts';
import { lint } from './support/lint.ts';
import { filesOf, sectionsOf } from './support/page.ts';

const page = readFileSync('docs/ignores.md', 'utf8');
const sections = new Map(sectionsOf(page).map((section) => [section.title, section]));

test('each comment of the page answers for a finding', async () => {
  const files = filesOf(sections.get('A comment'));
  const { findings, ignored } = await lint(files);
  expect(findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('ignore/'))).toEqual([]);
  const named = [
    ...Object.values(files)
      .join('')
      .matchAll(/ignore (\S+):/g),
  ].map(([, rule]) => rule);
  expect(ignored.map(({ finding }) => finding.rule).sort()).toEqual(named.sort());
});

test('the baseline of the page can be used', () => {
  const json = sections.get('A baseline')?.fences.find(({ text }) => text.startsWith('{'));
  expect(entriesIn('baseline.json', json?.text ?? '').length).toBe(1);
});
