import { expect, test } from 'vitest';
import { allRules, lint } from './support/lint.ts';
import { filesOf, pagesBelow, sectionsOf } from './support/page.ts';

const PAGES = pagesBelow('docs/rules');
const CASES = pagesBelow('test/rules');

/** The bad example of a rule's page and its awkward cases, where they show several hosts. */
function examplesOf(id: string) {
  const bad = sectionsOf(PAGES.get(id) ?? '').filter(({ title }) => title === 'Bad');
  return [...bad, ...sectionsOf(CASES.get(id) ?? '').slice(1)]
    .map(filesOf)
    .map((files) =>
      Object.entries(files).map(([name, text]) => [name, text.replaceAll(/<\||\|>/g, '')] as const),
    )
    .filter((files) => new Set(files.map(([name]) => hostIn(name))).size > 1);
}

function hostIn(name: string): string | undefined {
  return name === 'lvsdoctor.yaml' ? undefined : /^[^/$]+(?=[/$])/.exec(name)?.[0];
}

/** An ignore of such a rule that answers for nothing is no mistake where only one host was given. */
test.each(allRules.filter(({ spans }) => !spans).map(({ id }) => id))(
  '%s finds on a host alone what it finds there among others, unless it spans hosts',
  async (id) => {
    for (const files of examplesOf(id)) {
      const { findings } = await lint(Object.fromEntries(files));
      const own = findings.flatMap((finding) => [finding, ...finding.also]).filter(({ rule }) => rule === id);
      for (const host of new Set(own.map((finding) => finding.host))) {
        const alone = files.filter(([name]) => [host, undefined].includes(hostIn(name)));
        const { findings: left, judged, notJudged } = await lint(Object.fromEntries(alone));
        const saysSo =
          left.flatMap((finding) => [finding, ...finding.also]).some(({ rule }) => rule === id) ||
          notJudged.some((note) => note.rule === id && note.host === host) ||
          !judged.get(id)?.has(host);
        expect(saysSo, `${id} is silent on ${host} alone: it spans hosts`).toBe(true);
      }
    }
  },
);
