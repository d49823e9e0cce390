import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { complaintsOf, findingsOf, lineOf, linesIn, readCorpus, toldOf } from '../support/oracle.ts';
import { NAMED_DIFFERENCES } from './named-differences.ts';
import { SILENT_IN_SAMPLES } from './silent-in-samples.ts';

/** A folder of real files with what keepalived 2.2.7 said of each; without it these tests are skipped. */
const CORPUS = process.env['LVSDOCTOR_CORPUS'] ?? '';

/** Of files that both complain of, so many have a finding on a line that keepalived names. */
const SAME_LINE = 0.95;
const AGREED = 0.98;

describe.skipIf(CORPUS === '')('keepalived 2.2.7 on real files (skipped: set LVSDOCTOR_CORPUS)', () => {
  const answers = (CORPUS === '' ? [] : readCorpus(CORPUS)).flatMap((file) => {
    const complaints = complaintsOf(file);
    if (complaints === undefined) return [];
    const text = readFileSync(join(CORPUS, file.file), 'utf8');
    const findings = findingsOf(text);
    return [{ ...file, name: basename(file.file), text, complaints, findings, told: toldOf(findings) }];
  });

  test('the tool complains where keepalived does, but for the differences that have a name', () => {
    const differences = answers.flatMap(({ name, complaints, told }) => {
      if (complaints.length > 0 === told.length > 0) return [];
      const says = told.length > 0 ? 'the tool alone' : 'keepalived alone';
      return [{ name, says, example: complaints[0] ?? `${told[0]?.rule}: ${told[0]?.message}` }];
    });
    const isNamed = (one: { name: string; says: string }) =>
      NAMED_DIFFERENCES.some(({ file, says }) => one.name.startsWith(file) && one.says === says);
    const gone = NAMED_DIFFERENCES.filter(
      ({ file }) => !differences.some(({ name }) => name.startsWith(file)),
    );
    expect(answers.length).toBeGreaterThan(400);
    expect(differences.filter((one) => !isNamed(one))).toEqual([]);
    expect(gone).toEqual([]);
    expect(1 - differences.length / answers.length).toBeGreaterThanOrEqual(AGREED);
  });

  test('the samples of keepalived itself give no false alarm', () => {
    const samples = answers.filter((file) => file.class === 'upstream');
    const alarms = samples.flatMap(({ name, complaints, findings }) => {
      const told = new Set(linesIn(complaints));
      return findings
        .filter((finding) => finding.severity !== 'info' && !finding.toldByKeepalived)
        .filter((finding) => !told.has(lineOf(finding)))
        .map(({ rule, message }) => ({ name, rule, message }));
    });
    expect(samples.length).toBeGreaterThanOrEqual(25);
    const named = SILENT_IN_SAMPLES.flatMap(({ rule, files }) => files.map((file) => ({ rule, file })));
    const isOf = (alarm: (typeof alarms)[number]) => (one: (typeof named)[number]) =>
      one.rule === alarm.rule && alarm.name.startsWith(one.file);
    expect(alarms.filter((alarm) => !named.some(isOf(alarm)))).toEqual([]);
    expect(named.filter((one) => !alarms.some((alarm) => isOf(alarm)(one)))).toEqual([]);
  });

  test('a finding stands on a line that keepalived names', () => {
    const both = answers.filter(({ complaints, told }) => told.length > 0 && linesIn(complaints).length > 0);
    const elsewhere = both.filter(({ text, complaints, told }) => {
      const named = new Set(linesIn(complaints).flatMap((line) => [...linesMeant(text, line)]));
      return !told.some((finding) => named.has(lineOf(finding)));
    });
    expect(both.length).toBeGreaterThan(150);
    expect(
      elsewhere.length / both.length,
      elsewhere.map(({ name, complaints }) => `${name}: ${complaints[0]}`).join('\n'),
    ).toBeLessThanOrEqual(1 - SAME_LINE);
  });
});

/** What a block lacks is said at its closing brace, which then stands for the whole block. */
function linesMeant(text: string, line: number): readonly number[] {
  const lines = text.split('\n').map((each) => each.replace(/[#!].*/, '').trim());
  if (lines[line - 1] !== '}') return [line];
  let depth = 0;
  for (let at = line; at > 0; at--) {
    for (const sign of lines[at - 1] ?? '') depth += sign === '}' ? 1 : sign === '{' ? -1 : 0;
    if (depth === 0) return Array.from({ length: line - at + 1 }, (_, index) => at + index);
  }
  return [line];
}
