import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../src/judge/finding.ts';
import type { AnyRule, Mistake } from '../src/judge/rule.ts';
import { text } from '../src/report/text.ts';
import { outcomes } from '../src/verify/outcomes.ts';
import { CATALOGUE, ELSEWHERE, SPLIT } from './support/catalogue.ts';
import { allRules, lint } from './support/lint.ts';
import { filesOf, pagesBelow, sectionsOf } from './support/page.ts';
import { UPDATE } from './support/update.ts';

const PAGES = 'docs/rules';
const context = {
  colour: false,
  width: 80,
  advice: true,
  reportIgnored: false,
  version: '',
  hosts: [],
  root: '',
  rules: () => [],
};
const pages = pagesBelow(PAGES);

const mistakes: readonly Mistake[] = [...allRules, ...outcomes].sort((one, other) =>
  one.id < other.id ? -1 : 1,
);

test('every rule and every outcome of verify has a page, and every page one of them', () => {
  expect([...pages.keys()].sort()).toEqual(mistakes.map(({ id }) => id));
});

const SECTIONS = ['Why', 'When it does not apply', 'Bad', 'Report', 'Good', 'Sources'];

/** What `verify` finds is shown by no file, but by a timeline that was recorded. */
const SECTIONS_OF_OUTCOMES = SECTIONS.filter((title) => title !== 'Bad' && title !== 'Good');

describe.each(mistakes.map((mistake) => [mistake.id, mistake] as const))('%s', (id, mistake) => {
  const section = new Map(sectionsOf(pages.get(id) ?? '').map((part) => [part.title, part]));

  test('opens with its id, severity and title', () => {
    expect(section.get(id)?.prose.split('\n')[0]).toBe(`**${mistake.severity}** · ${mistake.title}`);
    const own = 'check' in mistake ? SECTIONS : SECTIONS_OF_OUTCOMES;
    const sections = mistake.thresholds === undefined ? own : own.toSpliced(-1, 0, 'Settings');
    expect([...section.keys()].filter((title) => 'check' in mistake || title !== 'Report')).toEqual([
      id,
      ...sections.filter((title) => 'check' in mistake || title !== 'Report'),
    ]);
  });

  test('says why, when not, and where the fact comes from', () => {
    for (const heading of ['Why', 'When it does not apply'])
      expect(section.get(heading)?.prose.length ?? 0, heading).toBeGreaterThan(20);
    expect(section.get('Sources')?.prose).toMatch(/^- .*\]\(https?:\/\/[^\s)]+\)/m);
  });
});

describe.each(allRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const section = new Map(sectionsOf(pages.get(id) ?? '').map((part) => [part.title, part]));

  test('shows files under Bad and Good', () => {
    for (const heading of ['Bad', 'Good'])
      expect(Object.keys(filesOf(section.get(heading))), `files under ${heading}`).not.toEqual([]);
  });

  test('tells its thresholds as the rule has them', () => {
    const prose = thresholdsOf(rule);
    if (UPDATE) writeSection(id, 'Settings', prose);
    else expect(section.get('Settings')?.prose ?? '').toBe(prose);
  });

  test('shows the true report of its bad example', async () => {
    const { findings } = await lint(filesOf(section.get('Bad')));
    const own = findings.map((finding) => withoutFolded(finding)).filter((finding) => finding.rule === id);
    expect(own.length, `${id} finds nothing in the bad example of its page`).toBeGreaterThan(0);
    const report = withoutSummary(
      text({ findings: own, ignored: [], notJudged: [], judged: new Map(), gaps: [], broken: [] }, context),
    );
    if (UPDATE) writeSection(id, 'Report', `\`\`\`text\n${report.trimEnd()}\n\`\`\``);
    else expect(section.get('Report')?.fences[0]?.text.trimEnd()).toBe(report.trimEnd());
  });

  test('is silent on its good example', async () => {
    const { findings } = await lint(filesOf(section.get('Good')));
    const all = findings.flatMap((finding) => [finding, ...finding.also]);
    expect(all.filter((finding) => finding.rule === id).map(({ message }) => message)).toEqual([]);
  });
});

test('the index of rules is fresh', async () => {
  const index = indexOfRules();
  if (UPDATE) writeFileSync(`${PAGES}/README.md`, index);
  await expect(index).toMatchFileSnapshot(`../${PAGES}/README.md`);
});

/** The last line counts files and hosts, of which a page has none. */
function withoutSummary(report: string): string {
  return report.trimEnd().split('\n').slice(0, -1).join('\n').trimEnd();
}

function withoutFolded(finding: Finding): Finding {
  return { ...finding, also: [] };
}

function thresholdsOf({ id, thresholds = {} }: AnyRule): string {
  const items = Object.entries(thresholds);
  if (items.length === 0) return '';
  const list = items.map(
    ([name, { default: standard, unit, why }]) => `- \`${name}\`, by default ${standard} ${unit}: ${why}`,
  );
  const example = items.map(([name, { default: standard }]) => `${name}: ${standard}`).join(', ');
  return `${list.join('\n')}\n\nIn lvsdoctor.yaml: \`rules: { ${id}: { ${example} } }\``;
}

/** Writes a section of a page anew, or in front of the sources where there was none. */
function writeSection(id: string, title: string, body: string): void {
  const file = `${PAGES}/${id}.md`;
  const page = readFileSync(file, 'utf8');
  const old = new RegExp(`^## ${title}\\n[\\s\\S]*?(?=^## )`, 'm');
  const section = body === '' ? '' : `## ${title}\n\n${body}\n\n`;
  writeFileSync(
    file,
    old.test(page) ? page.replace(old, () => section) : page.replace(/^(?=## Sources$)/m, () => section),
  );
}

function indexOfRules(): string {
  const rows = mistakes.map(({ id, severity, title }) => `| ${linkTo(id)} | ${severity} | ${title} |`);
  const own = CATALOGUE.filter((id) => pages.has(id)).length;
  const elsewhere = [...ELSEWHERE].map(([id, where]) => {
    const answer = 'rules' in where ? where.rules.map(linkTo).join(', ') : `no rule: ${where.why}`;
    return `| ${id} | ${answer} |`;
  });
  const split = [...SPLIT].map(
    ([id, from]) => `| ${linkTo(id)} | ${from === undefined ? 'nothing: it stands alone' : linkTo(from)} |`,
  );
  return `# Rules

Written by \`npm run generate\`; every page is also what \`lvsdoctor explain RULE\` prints.

| rule | severity | what is wrong |
|---|---|---|
${rows.join('\n')}

## From the catalogue to the rules

${CATALOGUE.length} mistakes of the field were collected before the rules were written. ${own} of them have a rule of the same name.
${elsewhere.length === 0 ? '' : `\n| mistake | where it went |\n|---|---|\n${elsewhere.join('\n')}\n`}
Rules that tell a part of a mistake by itself:

| rule | a part of |
|---|---|
${split.join('\n')}
`;
}

function linkTo(id: string): string {
  return `[${id}](${id}.md)`;
}
