import { expect, test } from 'vitest';
import { checkstyle } from '../../../src/report/checkstyle.ts';
import { brokenCluster, dangerous, plain } from '../samples.ts';
import { everything, verdicts } from './verdicts.ts';
import { validatorFor, valuesIn } from './xml.ts';

const validate = validatorFor('checkstyle.xsd');

test.each(verdicts)('%s is what readers of such reports know', (_, verdict) => {
  const report = checkstyle(verdict, everything);
  expect(() => validate(report)).not.toThrow();
  expect(valuesIn(report, '//error/@source')).toHaveLength(verdict.findings.length);
  expect(report.replaceAll('\n', '')).not.toMatch(dangerous);
  expect(report).not.toMatch(/secret1|cödé|1111/);
});

test('a reader gets file, line and words back', () => {
  const report = checkstyle(brokenCluster(), plain);
  expect(valuesIn(report, '//file/@name')).toEqual([
    'lb2/keepalived.conf',
    'lb1/keepalived.conf',
    'rs1/rs.sh',
  ]);
  expect(valuesIn(report, '//file[1]/error/@line')).toEqual(['8', '9']);
  expect(valuesIn(report, '//file[3]/error/@message')).toEqual([
    'rs1 raises 192.0.2.10/24 on lo, so all of 192.0.2.0/24 counts as its own\nfix: Use 192.0.2.10/32.',
  ]);
});
