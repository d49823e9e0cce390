import { describe, expect, test } from 'vitest';
import { linesOf } from '../src/evidence/lines.ts';
import type { Place } from '../src/evidence/place.ts';
import type { Finding } from '../src/judge/finding.ts';
import { allRules, lint } from './support/lint.ts';
import { readMarks } from './support/marks.ts';
import { filesOf, pagesBelow, sectionsOf } from './support/page.ts';

/**
 * The audit of the five texts that the project started from has 56 rows. A section of test/audit/*.md is one row and
 * what becomes of it: `2 error syntax/unknown-keyword` is found on the marked lines and on no other, `22 nothing` has
 * no finding above advice there, `45 not <rule>` never fires, `41 not judged <rule>` says so, `26 not from files: …`.
 */
const ROWS = 56;
const ROW = /^(\d+) (nothing|not from files: \S.*|(error|warning|info|not judged|not) (\S+))$/;

const sections = [...pagesBelow('test/audit').values()].flatMap((page) => sectionsOf(page).slice(1));

test('every row of the audit is there', () => {
  const rows = new Set(sections.map(({ title }) => Number(ROW.exec(title)?.[1])));
  expect([...rows].sort((one, other) => one - other)).toEqual(
    Array.from({ length: ROWS }, (_, index) => index + 1),
  );
});

test('every rule that a row names is one', () => {
  const ids = allRules.map(({ id }) => id);
  const named = sections.flatMap(({ title }) => ROW.exec(title)?.[4] ?? []);
  expect(named.filter((rule) => !ids.some((id) => id === rule || isTopic(rule, id)))).toEqual([]);
});

test('39: the remedy lets VRRP through and leaves the filter on', () => {
  const { remedy } = allRules.find(({ id }) => id === 'firewall/vrrp-blocked') ?? {};
  expect(remedy).toMatch(/\b112\b/);
  expect(remedy).not.toMatch(/disable|stop|flush|off/i);
});

describe('the audit of the five texts', () => {
  test.each(
    sections
      .filter(({ title }) => !title.includes('not from files'))
      .map((section) => [section.title, section] as const),
  )('%s', async (title, section) => {
    const [, , what, verdict, rule = ''] = ROW.exec(title) ?? [];
    const marked = Object.entries(filesOf(section)).map(([name, text]) => [name, readMarks(text)] as const);
    const { findings, notJudged } = await lint(
      Object.fromEntries(marked.map(([name, { text }]) => [name, text])),
    );
    const all = findings.flatMap((finding) => [finding, ...finding.also]);
    const expected = marked.flatMap(([name, { text, ranges }]) =>
      ranges.map(({ start }) => `${name}:${text.slice(0, start).split('\n').length}`),
    );
    const ofRule = all.filter((finding) => finding.rule === rule || isTopic(rule, finding.rule));
    if (verdict === 'not judged') return expect(notJudged.map((gap) => gap.rule)).toContain(rule);
    if (verdict === 'not') return expect(ofRule.map(spoken)).toEqual([]);
    expect(expected.length, 'a row marks its lines').toBeGreaterThan(0);
    if (what === 'nothing') {
      const grave = all.filter(({ severity, at }) => severity !== 'info' && expected.includes(lineOf(at)));
      return expect(grave.map(spoken)).toEqual([]);
    }
    const found = ofRule.map(({ severity, at }) => `${severity} ${lineOf(at)}`);
    expect(found.sort(), ofRule.map(spoken).join('\n')).toEqual(
      expected.map((line) => `${verdict} ${line}`).sort(),
    );
  });
});

/** `syntax/` stands for all rules of the topic. */
function isTopic(row: string, rule: string): boolean {
  return row.endsWith('/') && rule.startsWith(row);
}

function lineOf({ source, range }: Place): string {
  return `${source.name}:${linesOf(source).positionAt(range.start).line}`;
}

function spoken({ severity, rule, at, message }: Finding): string {
  return `${severity} ${rule} ${lineOf(at)}: ${message}`;
}
