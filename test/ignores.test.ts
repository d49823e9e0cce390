import { expect, test } from 'vitest';
import { linesOf } from '../src/evidence/lines.ts';
import type { Finding, Verdict } from '../src/judge/finding.ts';
import { allRules, lint } from './support/lint.ts';
import { filesOf, pagesBelow, sectionsOf } from './support/page.ts';

const SIGN: Readonly<Record<string, string>> = {
  'keepalived.conf': '#',
  'ipvsadm-save': '#',
  sysctl: ';',
  script: '#',
};

/** What is said of whom, whatever is folded or merged: each place of what several hosts share counts. */
function said({ findings, ignored }: Verdict): readonly string[] {
  const each = (finding: Finding): readonly string[] => [
    ...[
      finding.at,
      ...finding.related.filter(({ message }) => /^the same on/.test(message)).map(({ at }) => at),
    ].map((at) => `${finding.rule} ${at.source.name} ${wordsAt(at)}`),
    ...finding.also.flatMap(each),
  ];
  return [...findings, ...ignored.map(({ finding }) => finding)].flatMap(each).sort();
}

function wordsAt({ source, range }: Finding['at']): string {
  return source.text.slice(range.start, range.end);
}

const answered = new Set<string>();

/** The bad example of each rule's page, with a comment above what the rule finds. */
test.each(allRules.filter(({ ignorable }) => ignorable !== false).map(({ id }) => id))(
  'to ignore %s changes no other finding',
  async (id) => {
    const bad = sectionsOf(pagesBelow('docs/rules').get(id) ?? '').find(({ title }) => title === 'Bad');
    const files = filesOf(bad);
    const before = await lint(files);
    const all = (finding: Finding): readonly Finding[] => [finding, ...finding.also.flatMap(all)];
    for (const { at } of before.findings.flatMap(all).filter(({ rule }) => rule === id)) {
      const { source, range } = at;
      const sign = source.name in files && source.basis === 'written' ? SIGN[source.format] : undefined;
      const line = linesOf(source).positionAt(range.start).line;
      const { start } = linesOf(source).lineRange(line);
      const continues = linesOf(source)
        .lineText(line - 1)
        .endsWith('\\');
      if (sign === undefined || continues) continue;
      const { text } = source;
      const after = await lint({
        ...files,
        [source.name]: `${text.slice(0, start)}${sign} lvsdoctor ignore ${id}: a test\n${text.slice(start)}`,
      });
      if (after.ignored.length === 0) continue;
      answered.add(id);
      expect(new Set(after.ignored.map(({ finding }) => finding.rule))).toEqual(new Set([id]));
      expect(said(after)).toEqual(said(before));
    }
  },
);

test('most rules have such an example', () => {
  expect(answered.size).toBeGreaterThan(120);
});
