import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { gitlab } from '../../../src/report/gitlab.ts';
import { brokenCluster, dangerous, plain } from '../samples.ts';
import { everything, verdicts } from './verdicts.ts';

const text = { type: 'string', minLength: 1 } as const;

/** What docs.gitlab.com asks of a report, under "Code Quality report format"; content is of Code Climate's, before it. */
const validate = new Ajv({ allErrors: true }).compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    additionalProperties: false,
    properties: {
      description: text,
      check_name: text,
      fingerprint: text,
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        additionalProperties: false,
        properties: {
          path: { type: 'string', pattern: '^[^.]|^\\.[^/]' },
          lines: {
            type: 'object',
            required: ['begin'],
            additionalProperties: false,
            properties: { begin: { type: 'integer', minimum: 1 }, end: { type: 'integer', minimum: 1 } },
          },
        },
      },
      content: { type: 'object', required: ['body'], properties: { body: text } },
    },
  },
});

describe.each(verdicts)('%s', (_, verdict) => {
  const report = gitlab(verdict, everything);

  test('is as GitLab documents it', () => {
    validate(JSON.parse(report));
    expect(validate.errors ?? []).toEqual([]);
    expect(report.replaceAll('\n', '')).not.toMatch(dangerous);
    expect(report).not.toMatch(/secret1|cödé|1111/);
  });

  test('names each finding apart', () => {
    const names = JSON.parse(report).map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(new Set(names).size).toBe(verdict.findings.length);
  });
});

test('says what, where and how grave', () => {
  const [first] = JSON.parse(gitlab(brokenCluster(), plain));
  expect(first).toMatchObject({
    check_name: 'vrrp/virtual-router-id-differs',
    severity: 'critical',
    location: { path: 'lb2/keepalived.conf', lines: { begin: 8, end: 8 } },
  });
});
