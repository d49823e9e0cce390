import fc from 'fast-check';
import { parse } from 'parse5';
import { expect, test } from 'vitest';
import { FORMAT_NAMES, formatCalled, type ReportFormat } from '../../../src/report/reporter.ts';
import { expectLinear } from '../../support/cost.ts';
import { anyCharacter, dangerous, findingAt, placeOf, sourceOf, verdictOf } from '../samples.ts';
import { everything } from './verdicts.ts';
import { validatorFor } from './xml.ts';

const foreign = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'<>&"\'%:,;]-!/\n\r\t\0{}\\ a1'), maxLength: 20 }),
);
const jsonOnly = (report: string) => void JSON.parse(report);
const junit = validatorFor('junit.xsd');
const checkstyle = validatorFor('checkstyle.xsd');

/** What each format has to be, whatever stands in it. */
const isSound: Readonly<Record<string, (report: string) => void>> = {
  json: jsonOnly,
  sarif: jsonOnly,
  gitlab: jsonOnly,
  junit,
  checkstyle,
  github: (report) => expect(report).toMatch(/^::warning [^\n]*::[^\n]*\n$/),
  html: (report) =>
    parse(report, {
      onParseError: ({ code }) => {
        throw new Error(code);
      },
    }),
};

test.each(Object.keys(isSound))('whatever words a cluster has, %s stays sound', async (name) => {
  const { lint } = await formatCalled(name as ReportFormat);
  fc.assert(
    fc.property(foreign, foreign, foreign, (host, path, words) => {
      const source = sourceOf(host, `n${path}`, `priority 100 ${words}\n`);
      const finding = findingAt(placeOf(source, '100'), {
        message: `m${words}`,
        why: words,
        related: [{ at: { source, range: { start: 13, end: source.text.length } }, message: words }],
      });
      const report = lint(verdictOf([finding]), everything);
      isSound[name]?.(report);
      expect(report.replaceAll('\n', '')).not.toMatch(dangerous);
    }),
  );
});

test.each(FORMAT_NAMES)('%s costs what is said', async (name) => {
  const { lint } = await formatCalled(name as ReportFormat);
  const source = sourceOf('lb1', 'lb1.conf', 'priority 100\n'.repeat(20));
  expectLinear(150, (size) => {
    const findings = Array.from({ length: size }, (_, at) =>
      findingAt(placeOf(source, '100', (at % 20) + 1), { message: `finding ${at}` }),
    );
    const hosts = Array.from({ length: size }, (_, at) => ({ name: `h${at}`, roles: [], files: [] }));
    expect(lint(verdictOf(findings), { ...everything, hosts }).length).toBeGreaterThan(size * 20);
  });
});
