import { readFileSync } from 'node:fs';
import { Ajv, type AnySchemaObject } from 'ajv';
import { describe, expect, test } from 'vitest';
import { junit } from '../../../src/report/junit.ts';
import { verificationJson } from '../../../src/report/verification/json.ts';
import { failoverTimeline } from '../../verify/failover-timeline.ts';
import { realServerTimeline } from '../../verify/real-server-timeline.ts';
import { closed } from '../closed-schema.ts';
import { validatorFor } from '../formats/xml.ts';
import { reported, timelines } from './samples.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../docs/report.schema.json', import.meta.url), 'utf8'),
) as AnySchemaObject;
const validate = new Ajv({ allErrors: true }).compile(closed(schema) as AnySchemaObject);

describe('JSON', () => {
  const report = JSON.parse(verificationJson(...reported(timelines)));

  test('is what the published schema describes, and nothing else', () => {
    validate(report);
    expect(validate.errors ?? []).toEqual([]);
  });

  test('holds what was expected and measured', () => {
    const [first] = report.verification.tests;
    expect(first.measures).toContainEqual({
      what: 'takeover',
      unit: 'milliseconds',
      expected: { least: 2609, most: 3609 },
      measured: 3100,
      within: 0,
    });
    expect(report.verification.series.runs).toBe(2);
    expect(report.verification.tests[3].shares[0].servers[0]).toMatchObject({ count: 300, share: 0.75 });
  });
});

describe('JUnit', () => {
  const casesOf = (report: string) => [
    ...report.matchAll(/<testcase name="([^"]*)" classname="([^"]*)"[^>]*?(\/?)>/g),
  ];

  test.each([
    ['failover', failoverTimeline({}), 'verify/takeover-late lb2'],
    ['real server', realServerTimeline({}), 'verify/server-not-removed lb1'],
    ['distribution', timelines[3] ?? failoverTimeline({}), 'verify/shares-not-as-expected lb1'],
  ])('of a %s without findings has a case that passes for each outcome', (_, timeline, example) => {
    const report = junit(...reported([timeline]));
    expect(() => validatorFor('junit.xsd')(report)).not.toThrow();
    const cases = casesOf(report);
    expect(cases.length).toBeGreaterThanOrEqual(4);
    expect(cases.every(([, , , end]) => end === '/')).toBe(true);
    expect(cases.map(([, name, host]) => `${name} ${host}`)).toContain(example);
  });

  test('has a failure for what is wrong, and skips what was not judged', () => {
    const report = junit(...reported([failoverTimeline({ takeover: 9000, packets: false })]));
    expect(report).toMatch(/<testcase name="verify\/takeover-late" classname="lb2" time="0">\s*<failure/);
    expect(report).toMatch(/<testcase name="verify\/vip-not-announced" classname="lb2" time="0">\s*<skipped/);
  });
});
