import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/judge/finding.ts';
import { widthOf } from '../../src/report/cells.ts';
import { text } from '../../src/report/text.ts';
import { expectLinear } from '../support/cost.ts';
import { awkward } from './awkward.ts';
import {
  anyCharacter,
  brokenCluster,
  dangerous,
  findingAt,
  placeOf,
  plain,
  sourceOf,
  verdictOf,
} from './samples.ts';

const reportOf = (finding: Finding, width = 80) => text(verdictOf([finding]), { ...plain, width, hosts: [] });
/** A file with line and column, alone on its line: never broken, so that it can be copied and clicked. */
const position = /^ {2}\S+:\d+:\d+(?: {2}\(\S+\))?$/;
const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

describe('a cluster with mistakes', () => {
  test.each([40, 80, 120])('in %i columns', async (width) => {
    const report = text(brokenCluster(), { ...plain, width });
    await expect(report).toMatchFileSnapshot(`golden/cluster-${width}.txt`);
    for (const line of report.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
  });

  test('with advice', () => {
    const report = text(brokenCluster(), { ...plain, advice: true });
    expect(report).toContain('info     lb2 has the same router_id\n         lb1  vrrp/same-router-id\n');
    expect(report.trimEnd().split('\n').at(-1)).toBe('2 errors, 2 warnings in 4 files of 3 hosts; 1 info');
  });

  test('in colour says the same words', async () => {
    const report = text(brokenCluster(), { ...plain, colour: true });
    expect(report.replace(escapes, '')).toBe(text(brokenCluster(), plain));
    await expect(report).toMatchFileSnapshot('golden/cluster-colour.txt');
  });

  test('a colour never runs over a line end', () => {
    for (const line of text(brokenCluster(), { ...plain, colour: true }).split('\n')) {
      const codes = [...line.matchAll(escapes)].map(([code]) => code.slice(2, -1));
      const closers = codes.filter((code) => code === '22' || code === '39').length;
      expect(closers * 2, line).toBe(codes.length);
    }
  });
});

describe('awkward places', () => {
  test.each(Object.entries(awkward))('%s', async (name, finding) => {
    const file = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    await expect(reportOf(finding)).toMatchFileSnapshot(`golden/${file}.txt`);
  });

  test.each(Object.entries(awkward))('%s, within every width', (_, finding) => {
    for (const width of [40, 57, 80, 120]) {
      for (const line of reportOf(finding, width).split('\n')) {
        if (!position.test(line)) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(line).not.toMatch(dangerous);
        expect(line).not.toMatch(/secret1|cödé|1111/);
      }
    }
  });
});

describe('the closing lines', () => {
  test('a sound cluster gets one line', () => {
    expect(text(verdictOf([]), plain)).toBe('no errors, no warnings in 4 files of 3 hosts\n');
  });

  test('hidden advice is counted', () => {
    const lb1 = sourceOf('lb1', 'lb1.conf', 'priority 100');
    const info = findingAt(placeOf(lb1, '100'), { severity: 'info' });
    const hosts = [{ name: 'lb1', roles: [], files: ['lb1.conf'] }];
    expect(text(verdictOf([info, info]), { ...plain, hosts })).toBe(
      'no errors, no warnings in 1 file of 1 host; 2 info hidden, --advice shows them\n',
    );
  });

  test('one reason is one note, however many rules and hosts it concerns', () => {
    const why = 'no sysctl settings were given';
    const notJudged = ['lb1', 'lb2'].flatMap((host) =>
      Array.from({ length: 12 }, (_, at) => ({ rule: `kernel/r${at + 1}`, host, why })),
    );
    expect(text(verdictOf([], { notJudged }), plain)).toBe(
      [
        'not judged: no sysctl settings were given (lb1, lb2; 12 rules: kernel/r1,',
        '            kernel/r2, kernel/r3, kernel/r4 and 8 more)',
        '',
        'no errors, no warnings in 4 files of 3 hosts',
        '',
      ].join('\n'),
    );
  });

  test('a thousand reasons do not scroll the findings away', () => {
    const notJudged = Array.from({ length: 1000 }, (_, at) => ({
      rule: 'arp/vip-missing',
      host: 'lb1',
      why: `the files of real server 10.0.0.${at} were not given`,
    }));
    const lines = text(verdictOf([], { notJudged }), plain).split('\n');
    expect(lines.length).toBeLessThan(30);
    expect(lines.join('\n')).toContain('990 more, all of them in --format json');
  });

  test('a broken rule is called our own mistake, in one line of what it threw', () => {
    const broken = [{ rule: 'vrrp/x', error: new TypeError('a is undefined\nauth_pass hunter2') }];
    const report = text(verdictOf([], { broken }), plain);
    expect(report).toContain('rule vrrp/x stopped with TypeError: a is undefined, a mistake');
    expect(report).not.toContain('hunter2');
  });
});

test('what is told once is not told again for the same rule', () => {
  const lb1 = sourceOf('lb1', 'lb1.conf', 'priority 100\npriority 101\npriority 102\n');
  const [first, second, other] = ['100', '101', '102'].map((needle) => findingAt(placeOf(lb1, needle)));
  if (!first || !second || !other) throw new Error('three findings');
  const report = text(verdictOf([first, second, { ...other, remedy: 'Use 103.' }]), plain);
  expect(report.match(/why:/g)).toHaveLength(1);
  expect(report.match(/fix: {2}Give the preferred/g)).toHaveLength(1);
  expect(report.match(/fix: {2}as for the first vrrp\/duplicate-priority above/g)).toHaveLength(1);
  expect(report.match(/fix: {2}Use 103\./g)).toHaveLength(1);
});

test('the host of a related place is named where the path does not tell it', () => {
  const own = sourceOf('lb2', 'keepalived.conf', 'priority 100');
  const other = sourceOf('lb1', '/etc/keepalived/keepalived.conf', 'priority 100');
  const related = [{ at: placeOf(other, '100'), message: 'here' }];
  expect(reportOf(findingAt(placeOf(own, '100'), { related }))).toContain('keepalived.conf:1:10  (lb1)\n');
});

test('no foreign text reaches the terminal raw, wherever it stands', () => {
  const foreign = fc.string({ unit: anyCharacter, maxLength: 60 });
  fc.assert(
    fc.property(foreign, foreign, foreign, fc.nat(60), fc.nat(60), (line, words, name, start, end) => {
      const source = sourceOf(`host${words}`, `name${name}`, line);
      const at = { source, range: { start, end } };
      const finding = findingAt(at, {
        message: `m${words}`,
        related: [{ at, message: words }],
        why: words,
        remedy: name,
      });
      const verdict = verdictOf([{ ...finding, also: [finding] }], {
        gaps: [{ host: words, name, why: line }],
        notJudged: [{ rule: 'a/b', host: words, why: line }],
        broken: [{ rule: 'a/b', error: new Error(words) }],
      });
      for (const printed of text(verdict, plain).split('\n')) expect(printed).not.toMatch(dangerous);
    }),
  );
});

test('the caret stands under what is marked, whatever stands before it', () => {
  const unit = fc.constantFrom('a', ' ', '\t', '中', 'é', 'e\u0301', '👍', '\u00a0', '\x1b', '{');
  fc.assert(
    fc.property(
      fc.string({ unit, maxLength: 300 }),
      fc.string({ unit, maxLength: 300 }),
      (before, behind) => {
        const source = sourceOf('lb1', 'lb1.conf', `${before}MARKED${behind}`);
        const lines = reportOf(findingAt(placeOf(source, 'MARKED'), { message: 'm' })).split('\n');
        const at = lines.findIndex((line) => line.endsWith('^^^^^^'));
        const code = lines[at - 1] ?? '';
        expect(widthOf(code.slice(0, code.indexOf('MARKED')))).toBe((lines[at] ?? '').indexOf('^'));
      },
    ),
  );
});

/** A quadratic reporter would take a hundred times as long for ten times as many findings. */
test('thousands of findings on a line of 200 KB cost in proportion', () => {
  const line = sourceOf('lb1', 'lb1.conf', 'priority 100 auth_pass 1111 '.repeat(8000));
  expectLinear(250, (count) => {
    const findings = Array.from({ length: count }, (_, at) => findingAt(placeAt(line, at * 28 + 9)));
    text(verdictOf(findings), plain);
  });
});

function placeAt(source: ReturnType<typeof sourceOf>, start: number) {
  return { source, range: { start, end: start + 3 } };
}
