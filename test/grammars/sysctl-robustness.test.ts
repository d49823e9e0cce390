import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSysctl } from '../../grammars/sysctl/read.ts';
import type { Source } from '../../src/evidence/source.ts';
import { kernelSettingsFrom } from '../../src/model/from-sysctl.ts';
import { expectLinear } from '../support/cost.ts';
import { sysctlSource } from '../support/sysctl.ts';

/** Reads a text through to the settings, and checks that every range lies in the text. */
function readWhole(source: Source): void {
  const tree = readSysctl(source);
  const { faults } = kernelSettingsFrom([tree]);
  const ranges = [
    ...tree.statements.flatMap((statement) => [
      statement.range,
      ...statement.words.map((word) => word.range),
    ]),
    ...tree.refused.map((statement) => statement.range),
    ...[...tree.faults, ...faults].map((fault) => fault.at.range),
  ];
  const bad = ranges.filter(({ start, end }) => start < 0 || end < start || end > source.text.length);
  expect(bad).toEqual([]);
}

const piece = fc.oneof(
  fc.constantFrom(
    'net.ipv4.conf.',
    'all',
    'eth0/100',
    '.arp_ignore',
    ' = ',
    '=',
    '1',
    '010',
    '"',
    "'",
    '#',
    '-',
  ),
  fc.constantFrom(
    '\n',
    '\r\n',
    '\t',
    ' ',
    '*',
    '[',
    '?',
    '\\',
    ';',
    '//',
    '\uFEFF',
    '\u00A0',
    '\0',
    '\uFFFD',
    '\ud800',
  ),
  fc.constantFrom('sysctl -w ', 'echo 1 > /proc/sys/', 'net/ipv4/ip_forward', 'net.ipv4.vs.sync_threshold'),
  fc.string(),
);

test('no text makes the reader throw or point outside', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), fc.boolean(), (pieces, observed) => {
      readWhole(sysctlSource(pieces.join(''), 'sysctl.conf', observed ? 'observed' : 'written'));
    }),
    { numRuns: 500 },
  );
});

test('what stands before damage is kept', () => {
  const sound = 'net.ipv4.conf.all.arp_ignore = 1\n';
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const { statements } = readSysctl(sysctlSource(sound + pieces.join('')));
      expect(statements[0]?.words.map((word) => word.text)).toEqual(['net.ipv4.conf.all.arp_ignore', '1']);
    }),
  );
});

describe('eight times the text costs about eight times the time', () => {
  test.each([
    ['one long value', (n: number) => `net.ipv4.ip_forward = ${'1 '.repeat(n)}`],
    ['one long key', (n: number) => `${'a.'.repeat(n)} = 1`],
    ['blanks', (n: number) => `net.ipv4.ip_forward${' '.repeat(2 * n)}x\r`],
    ['blanks behind an equals sign', (n: number) => `net.ipv4.ip_forward = 1${' '.repeat(2 * n)}x`],
    ['many patterns', (n: number) => 'net.ipv4.conf.*.rp_filter = 1\n'.repeat(n / 10)],
    ['many pieces of a pattern', (n: number) => `net.ipv4.conf.${'*a'.repeat(n)}.rp_filter = 1\n`],
    ['many stray lines', (n: number) => 'net.ipv4.ip_forward 1\n'.repeat(n / 10)],
    ['shell', (n: number) => `echo ${'a.b '.repeat(n)}`],
    ['hidden characters', (n: number) => `net.ipv4.x = ${'\u00A0'.repeat(n)}`],
    ['digits', (n: number) => `net.ipv4.ip_forward = ${'9'.repeat(n)}`],
  ])('%s', (_, textOf) => {
    expectLinear(20_000, (size) => readWhole(sysctlSource(textOf(size))));
  });
});

const corpus = process.env['LVSDOCTOR_CORPUS'];
const folder = corpus && join(corpus, 'sysctl');
test.skipIf(!folder)('every collected file is read, and lines that sysctl takes are statements', () => {
  for (const name of readdirSync(folder as string)) {
    const text = readFileSync(join(folder as string, name), 'utf8');
    readWhole(sysctlSource(text, name));
    const lines = text
      .split('\n')
      .filter((line) => /^\s*-?[a-z][\w.*/-]*[./][\w.*/-]*\s*=\s*[\w|]/.test(line));
    const { statements, refused } = readSysctl(sysctlSource(text, name));
    expect(statements.length + refused.length, name).toBeGreaterThanOrEqual(lines.length);
  }
});
