import { describe, expect, test } from 'vitest';
import type { Finding } from '../src/judge/finding.ts';
import { fixedFully, fixedWith, gist, newlyGrave } from './support/fix.ts';
import { allRules, lint } from './support/lint.ts';
import { filesOf, pagesBelow, sectionsOf } from './support/page.ts';

const pages = pagesBelow('docs/rules');

/** Every example of a rule: the bad one of its page, and its awkward cases. */
function examplesOf(id: string): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  const page = sectionsOf(pages.get(id) ?? '');
  const bad = page.find(({ title }) => title === 'Bad');
  const cases = sectionsOf(CASES.get(id) ?? '').slice(1);
  return [
    ['its page', filesOf(bad)] as const,
    ...cases.map((section) => [section.title, withoutMarks(filesOf(section))] as const),
  ].filter(([, files]) => Object.keys(files).length > 0);
}

const CASES = pagesBelow('test/rules');

function withoutMarks(files: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, text.replaceAll(/<\||\|>/g, '')]),
  );
}

describe.each(allRules.map(({ id }) => id))('%s', (id) => {
  test.each(examplesOf(id))(
    '%s: each fix ends what it is for, and all together come to an end',
    async (_, files) => {
      const { findings } = await lint(files);
      for (const finding of findings.filter(({ rule, fix }) => rule === id && fix !== undefined)) {
        const after = fixedWith(files, [finding]);
        expect(after).not.toEqual(files);
        const left = await lint(after);
        expect(left.findings.map(gist)).not.toContain(gist(finding));
        expect(newlyGrave(findings, left.findings).filter((text) => isFault(text, finding))).toEqual([]);
      }
      for (const isWanted of [isSafe, isFixable]) {
        if (!findings.some(isWanted)) continue;
        const { files: after } = await fixedFully(files, isWanted);
        const left = await lint(after);
        expect(left.findings.filter(isWanted).map(gist)).toEqual([]);
      }
    },
  );
});

describe('of a setting that stands several times, one round leaves the line that counts', () => {
  test.each([
    ['priority', ['100', '150', '100'], '100'],
    ['priority', ['100', '100', '150'], '150'],
    ['priority', Array.from({ length: 120 }, (_, at) => String(at + 1)), '120'],
    ['state', ['BACKUP', 'MASTER', 'BACKUP', 'MASTER'], 'MASTER'],
    ['notify', ['/a', '/b', '/a'], '/a'],
  ])('%s', async (keyword, values, left) => {
    const filesOf = (all: readonly string[]) => ({
      'lb1.conf': `vrrp_instance VI_1 {\n${all.map((value) => `    ${keyword} ${value}\n`).join('')}}\n`,
    });
    const { findings } = await lint(filesOf(values));
    const repeats = findings.filter(({ rule }) => rule === 'syntax/repeated-keyword');
    expect(fixedWith(filesOf(values), repeats)).toEqual(filesOf([left]));
  });
});

/** Nothing new may come of a safe fix. One for review may show what it hid, but is no new mistake of writing. */
function isFault(text: string, { rule, fix }: Finding): boolean {
  return fix?.safety === 'safe' || text.includes(' syntax/') || text.includes(` ${rule} `);
}

function isFixable({ fix }: Finding): boolean {
  return fix !== undefined;
}

function isSafe({ fix }: Finding): boolean {
  return fix?.safety === 'safe';
}
