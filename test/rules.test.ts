import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Place } from '../src/evidence/place.ts';
import type { Finding } from '../src/judge/finding.ts';
import { allRules, lint } from './support/lint.ts';
import { readMarks, writeMarks } from './support/marks.ts';
import { filesOf, pagesBelow, sectionsOf } from './support/page.ts';

const CASES = 'test/rules';

/** Each section of test/rules/<topic>/<rule>.md is a case: `<|…|>` marks what the rule has to point at, nothing else. */
for (const [id, page] of existsSync(CASES) ? pagesBelow(CASES) : []) {
  describe(id, () => {
    test('is a rule', () => expect(allRules.map((rule) => rule.id)).toContain(id));
    test.each(
      sectionsOf(page)
        .slice(1)
        .map((section) => [section.title, filesOf(section)] as const),
    )('%s', async (_, files) => {
      const marked = Object.entries(files).map(([path, text]) => [path, readMarks(text)] as const);
      const { findings } = await lint(Object.fromEntries(marked.map(([path, { text }]) => [path, text])));
      const found = findings
        .flatMap((finding) => [finding, ...finding.also])
        .filter(({ rule }) => rule === id);
      const actual = marked.map(([path, { text }]) => {
        const ranges = found
          .flatMap(placesOf)
          .filter(({ source }) => source.name === path)
          .map(({ range }) => range);
        return [path, writeMarks({ text, ranges })];
      });
      expect(Object.fromEntries(actual)).toEqual(files);
    });
  });
}

/** Where a finding points: at its own place, and at the other places that have the same. */
function placesOf({ at, related }: Finding): Place[] {
  return [
    at,
    ...related.filter(({ message }) => /^the same (?:on|here)\b/.test(message)).map((other) => other.at),
  ];
}
