import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parser from 'test-results-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { junit } from '../../../src/report/junit.ts';
import { brokenCluster, dangerous, findingAt, placeOf, plain, sourceOf, verdictOf } from '../samples.ts';
import { everything, verdicts } from './verdicts.ts';
import { validatorFor } from './xml.ts';

const validate = validatorFor('junit.xsd');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-junit-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a consumer of such reports makes of one. */
function readBy(report: string) {
  const file = join(folder, 'junit.xml');
  writeFileSync(file, report);
  const { result, errors } = parser.parseV2({ type: 'junit', files: [file] });
  expect(errors).toEqual([]);
  return result;
}

describe.each(verdicts)('%s', (_, verdict) => {
  const report = junit(verdict, everything);

  test('is what Jenkins takes', () => {
    expect(() => validate(report)).not.toThrow();
    expect(report.replaceAll('\n', '')).not.toMatch(dangerous);
    expect(report).not.toMatch(/secret1|cödé|1111/);
  });

  test('is read by a consumer, with the counts that it states', () => {
    const { total, passed, failed, errors, skipped } = readBy(report);
    const cases = report.match(/<testcase /g)?.length ?? 0;
    expect(passed + failed + errors + skipped).toBe(total);
    if (cases > 0) expect(total).toBe(cases);
  });
});

test('a rule that found something failed, one that nobody could judge is skipped, one that looked has passed', () => {
  const verdict = {
    ...brokenCluster(),
    judged: new Map([
      ['vrrp/duplicate-priority', new Set(['lb1', 'lb2'])],
      ['vrrp/vip-list-differs', new Set(['lb2'])],
      ['vrrp/same-router-id', new Set(['lb1', 'lb2'])],
    ]),
  };
  const tests = readBy(junit(verdict, plain)).suites.flatMap((suite) =>
    suite.cases.map(({ name, status }) => `${suite.name} ${name} ${status}`),
  );
  expect(tests).toContain('lb2 vrrp/duplicate-priority FAIL');
  expect(tests).toContain('lb1 kernel/a SKIP');
  expect(tests).toContain('lvsdoctor drift/table-differs FAIL');
  expect(tests).toContain('lb2 vrrp/same-router-id PASS');
  // Advice fails nobody, a pair fails at both ends, and what follows from a cause has not passed.
  expect(tests).toContain('lb1 vrrp/same-router-id PASS');
  expect(tests.join('\n')).not.toMatch(/lb1 vrrp\/duplicate-priority PASS|lb2 vrrp\/vip-list-differs PASS/);
});

test('several findings of a rule on a host are one failure that tells them all', () => {
  const source = sourceOf('lb1', 'lb1.conf', '100 101');
  const report = junit(
    verdictOf(['100', '101'].map((value) => findingAt(placeOf(source, value), { message: `has ${value}` }))),
    plain,
  );
  expect(report).toContain('tests="1" failures="1"');
  expect(report).toContain('message="has 100 (and 1 more)"');
  expect(report).toContain('lb1.conf:1:5: has 101');
});
