import { readFileSync } from 'node:fs';
import { Ajv, type AnySchemaObject } from 'ajv';
import { describe, expect, test } from 'vitest';
import { json } from '../../src/report/json.ts';
import { awkward } from './awkward.ts';
import { closed } from './closed-schema.ts';
import { brokenCluster, dangerous, findingAt, placeOf, plain, sourceOf, verdictOf } from './samples.ts';

const docs = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const schema = JSON.parse(docs('report.schema.json')) as AnySchemaObject;

const validate = new Ajv({ allErrors: true }).compile(closed(schema) as AnySchemaObject);
const errorsIn = (report: string) => {
  validate(JSON.parse(report));
  return validate.errors ?? [];
};

describe('the published schema', () => {
  test('describes the report of a cluster with mistakes', () => {
    expect(errorsIn(json(brokenCluster(), plain))).toEqual([]);
  });

  test.each(Object.entries(awkward))('describes %s', (_, finding) => {
    expect(errorsIn(json(verdictOf([finding]), plain))).toEqual([]);
  });

  test('describes an empty verdict and a gap of a known format', () => {
    const gaps = [{ host: 'lb1', format: 'sysctl', name: 'a.conf', why: 'no such file' }] as const;
    expect(errorsIn(json(verdictOf([], { gaps }), { ...plain, hosts: [] }))).toEqual([]);
  });

  test('describes the example in the documentation', () => {
    const example = /```json\n([\s\S]*?)```/.exec(docs('json-report.md'))?.[1] ?? '';
    expect(errorsIn(example)).toEqual([]);
  });

  test('refuses what is not a report', () => {
    const report = JSON.parse(json(brokenCluster(), plain)) as { findings: object[] };
    const [finding] = report.findings;
    const wrong = { ...report, schemaVersion: 2, findings: [{ ...finding, severity: 'fatal', place: {} }] };
    expect(errorsIn(JSON.stringify(wrong)).length).toBeGreaterThan(3);
    expect(errorsIn(JSON.stringify({ ...report, findings: [{ ...finding, extra: 1 }] })).length).toBe(1);
  });
});

describe('a report', () => {
  const report = JSON.parse(json(brokenCluster(), plain));

  test('counts, and names the hosts', () => {
    expect(report.summary).toEqual({
      errors: 2,
      warnings: 2,
      info: 1,
      ignored: 0,
      notJudged: 8,
      gaps: 1,
      broken: 1,
      hosts: plain.hosts,
    });
    expect(report.tool).toEqual({ name: 'lvsdoctor', version: '0.1.0' });
  });

  test('holds all findings, advice included, in order', () => {
    expect(report.findings.map(({ severity }: { severity: string }) => severity)).toEqual([
      'error',
      'warning',
      'error',
      'warning',
      'info',
    ]);
  });

  test('says where everything stands', () => {
    const [first] = report.findings;
    const place = {
      file: 'lb2/keepalived.conf',
      from: 'file',
      host: 'lb2',
      line: 8,
      column: 23,
      endLine: 8,
      endColumn: 25,
    };
    expect(first.place).toEqual(place);
    expect(first.related).toEqual([
      { message: 'lb1 says 51', place: { ...place, file: 'lb1/keepalived.conf', host: 'lb1' } },
    ]);
    expect(first.also[0]).toMatchObject({ rule: 'vrrp/vip-list-differs', place: { line: 15, column: 5 } });
  });

  test('says of a rule that broke what it threw', () => {
    expect(report.broken).toEqual([{ rule: 'drift/table-differs', error: 'TypeError: x is undefined' }]);
  });
});

test('no secret and nothing that a terminal obeys is in any report', () => {
  const report = json(verdictOf(Object.values(awkward)), plain);
  expect(report).not.toMatch(/secret1|cödé|1111/);
  expect(report.replaceAll('\n', '')).not.toMatch(dangerous);
});

test('foreign text is kept as it is', () => {
  const source = sourceOf('lb1', 'a\u202eb.conf', 'x');
  const report = JSON.parse(
    json(verdictOf([findingAt(placeOf(source, 'x'), { message: 'a\x1b[31m\u009b' })]), plain),
  );
  expect(report.findings[0]).toMatchObject({ message: 'a\x1b[31m\u009b', place: { file: 'a\u202eb.conf' } });
});
