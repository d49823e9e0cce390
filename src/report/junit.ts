import { spanOf } from '../evidence/frame.ts';
import type { Finding, Verdict } from '../judge/finding.ts';
import type { ReportContext, Reporter } from './context.ts';
import { maskSecrets } from './mask.ts';
import { counted, errorText, nameOf, plainWords, wordsOf } from './words.ts';
import { type Element, xmlDocument } from './xml.ts';

/**
 * For CI services that show tests: a suite for each host, in it a test for each rule that looked at it. What could not be
 * judged is skipped, with the reason, and so is what somebody has answered for.
 */
export const junit: Reporter = (verdict, context) => {
  const suites = [...suitesOf(verdict, context)].filter(([, tests]) => tests.size > 0);
  const content = suites.map(([host, tests]) => suiteOf(host, tests));
  const all = suites.flatMap(([, tests]) => [...tests.values()]);
  const { tests, failures, errors } = totalOf(all);
  return xmlDocument({
    name: 'testsuites',
    attributes: { name: 'lvsdoctor', tests, failures, errors, time: 0 },
    content,
  });
};

/** How each test of a host ended, by name: undefined is passed. */
type Tests = Map<string, Element | undefined>;

/** What is said first of a test counts, so the worst is said first. */
function suitesOf(verdict: Verdict, { hosts }: ReportContext): ReadonlyMap<string, Tests> {
  const suites = new Map<string, Tests>(hosts.map(({ name }) => [name, new Map()]));
  const say = (host: string, test: string, outcome: Element | undefined) => {
    const tests: Tests = suites.get(host) ?? new Map();
    suites.set(host, tests);
    if (!tests.has(test)) tests.set(test, outcome);
  };
  for (const { rule, error } of verdict.broken)
    say('lvsdoctor', rule, { name: 'error', attributes: { message: errorText(error) } });
  for (const findings of byTest(verdict.findings.filter(({ severity }) => severity !== 'info')))
    for (const { host, rule } of findings.slice(0, 1)) say(host, rule, failureOf(findings));
  for (const { finding, by, reason } of verdict.ignored)
    say(finding.host, finding.rule, skipped(`ignored by ${by}: ${plainWords(maskSecrets(reason))}`));
  for (const { host, name, why } of verdict.gaps)
    say(host || 'lvsdoctor', plainWords(name), skipped(`not read: ${plainWords(why)}`));
  for (const { host, rule, why } of verdict.notJudged)
    say(host, rule, skipped(`not judged: ${plainWords(why)}`));
  const touched = new Set(verdict.findings.flatMap(testsTouched));
  for (const [rule, judged] of verdict.judged)
    for (const host of judged) if (!touched.has(`${rule}\n${host}`)) say(host, rule, undefined);
  return suites;
}

function byTest(findings: readonly Finding[]): Iterable<readonly Finding[]> {
  const tests = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.rule}\n${finding.host}`;
    const own = tests.get(key) ?? [];
    tests.set(key, own);
    own.push(finding);
  }
  return tests.values();
}

/** The tests that did not pass for a finding: its own, those of the other hosts it names, those of what follows from it. */
function testsTouched({ rule, severity, host, related, also }: Finding): readonly string[] {
  const own = severity === 'info' ? [] : [host, ...related.map(({ at }) => at.source.host)];
  return [...own.map((name) => `${rule}\n${name}`), ...also.flatMap(testsTouched)];
}

function failureOf(findings: readonly Finding[]): Element {
  const [first] = findings;
  const more = findings.length > 1 ? ` (and ${findings.length - 1} more)` : '';
  const message = first === undefined ? '' : wordsOf(first, first.message) + more;
  const type = findings.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
  return { name: 'failure', attributes: { message, type }, content: findings.map(detailsOf).join('\n') };
}

function detailsOf(finding: Finding): string {
  const { line, column } = spanOf(finding.at);
  const also =
    finding.also.length === 0 ? [] : [`${counted(finding.also.length, 'more finding')} follow from it`];
  const lines = [
    `${nameOf(finding.at.source)}:${line}:${column}: ${wordsOf(finding, finding.message)}`,
    `why: ${wordsOf(finding, finding.why)}`,
    `fix: ${wordsOf(finding, finding.remedy)}`,
    ...also,
  ];
  return `${lines.join('\n')}\n`;
}

/** As text: Jenkins' older schemas know no attribute of it. */
function skipped(content: string): Element {
  return { name: 'skipped', attributes: {}, content };
}

function suiteOf(host: string, tests: Tests): Element {
  const attributes = { name: host, ...totalOf([...tests.values()]), time: 0 };
  const content = [...tests].map(([name, outcome]) => ({
    name: 'testcase',
    attributes: { name, classname: host, time: 0 },
    ...(outcome && { content: [outcome] }),
  }));
  return { name: 'testsuite', attributes, content };
}

function totalOf(outcomes: readonly (Element | undefined)[]) {
  const number = (kind: string) => outcomes.filter((outcome) => outcome?.name === kind).length;
  return {
    tests: outcomes.length,
    failures: number('failure'),
    errors: number('error'),
    skipped: number('skipped'),
  };
}
