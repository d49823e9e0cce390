import { describe, expect, test } from 'vitest';
import { linesOf } from '../src/evidence/lines.ts';
import type { Finding } from '../src/judge/finding.ts';
import { lint } from './support/lint.ts';
import { filesOf, pagesBelow, sectionsOf } from './support/page.ts';

/** What is told under other advice aside. */
const MOST_ADVICE = 6;
const OUT_OF_THE_ORDINARY = new Set(['# What looks odd and is meant', '# A file of conf.d alone']);

test('at least twelve of them are ordinary', () => {
  expect(pagesBelow('test/clusters').size - OUT_OF_THE_ORDINARY.size).toBeGreaterThanOrEqual(12);
});

/** Each page of test/clusters is a sound cluster, as careful people write them: the tool has nothing to say but advice. */
describe.each([...pagesBelow('test/clusters')])('%s', (_, page) => {
  const files = filesOf(sectionsOf(page)[0]);

  test('the whole cluster gives advice at most, and a handful of it', async () => {
    const { findings } = await lint(files);
    expect(findings.filter(isGrave).map(spoken)).toEqual([]);
    if (!OUT_OF_THE_ORDINARY.has(page.split('\n')[0] ?? ''))
      expect(findings.map(spoken).slice(MOST_ADVICE), 'more advice than anybody reads').toEqual([]);
  });

  test.each(hostsOf(files))('%s alone gives advice at most', async (host) => {
    const own = Object.entries(files).filter(([name]) => name.startsWith(`${host}/`));
    const { findings } = await lint(Object.fromEntries(own));
    expect(findings.filter(isGrave).map(spoken)).toEqual([]);
  });

  test.each(wholeFiles(files))('%s alone gives advice at most', async (name, text) => {
    const { findings } = await lint({ [name]: text });
    expect(findings.filter(isGrave).map(spoken)).toEqual([]);
  });
});

function hostsOf(files: Readonly<Record<string, string>>): readonly string[] {
  return [...new Set(Object.keys(files).map((name) => name.replace(/\/.*/, '')))];
}

/** The files that nobody includes and that include none. */
function wholeFiles(files: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  const including = Object.entries(files).flatMap(([name, text]) =>
    /^\s*include/m.test(text) ? name.replace(/[^/]*$/, '') : [],
  );
  return Object.entries(files).filter(([name]) => !including.some((folder) => name.startsWith(folder)));
}

function isGrave({ severity }: Finding): boolean {
  return severity !== 'info';
}

function spoken({ severity, rule, message, at: { source, range } }: Finding): string {
  return `${severity} ${rule} ${source.name}:${linesOf(source).positionAt(range.start).line}: ${message}`;
}
