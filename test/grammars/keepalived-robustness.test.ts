import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseKeepalived, readKeepalived } from '../../grammars/keepalived/read.ts';
import { expectLinear } from '../support/cost.ts';
import { outlineOf } from '../support/outline.ts';
import { sourceOf } from '../support/source.ts';

describe('any input', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '"',
    '#',
    '!',
    '\n',
    ' ',
    '\t',
    '$A=',
    '$A',
    '${A}',
    '~SEQ(X,1,3)',
    '@x ',
    'include ',
    '//',
    '\\\n',
    'vrrp_instance V',
    '\u00a0',
    '\ufeff',
    '\0',
    'a',
    '1',
  );

  test('is read without a throw, and every place lies in the text', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const { statements, faults } = parseKeepalived(sourceOf(text), 'x');
        const places = [...faults.map(({ at }) => at.range)];
        const pending = [...statements];
        for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
          places.push(next.range, ...next.words.map(({ range }) => range));
          pending.push(...(next.block ?? []));
        }
        for (const { start, end } of places)
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('what stands before a cut is not lost', () => {
    const text =
      'global_defs {\n  a 1\n}\nvrrp_instance V {\n  b 2\n  virtual_ipaddress {\n    c\n  }\n}\nvirtual_server x 1 {\n  d 3\n}\n';
    const whole = ['a 1', 'b 2', 'c', 'd 3'];
    for (let cut = 0; cut <= text.length; cut++) {
      const words = JSON.stringify(outlineOf(text.slice(0, cut)).outline);
      for (const line of whole) if (text.indexOf(line) + line.length <= cut) expect(words).toContain(line);
    }
  });

  test('10,000 nested blocks and a line of 200 KB', () => {
    const tree = (text: string) => parseKeepalived(sourceOf(text));
    expect(tree(`${'a {\n'.repeat(10_000)}${'}\n'.repeat(10_000)}`).faults).toEqual([]);
    expect(tree('a {'.repeat(10_000)).faults).toHaveLength(1);
    expect(tree(`a ${'b '.repeat(100_000)}`).statements).toHaveLength(1);
  });
});

describe('the cost grows with the length of the text, not faster', () => {
  test.each<[string, (size: number) => string]>([
    ['braces without a keyword', (n) => `${'{'.repeat(n)}\n${'a 1\n'.repeat(n)}${'}'.repeat(n)}`],
    ['blocks on one line that lacks a brace', (n) => `z {${'a { b } '.repeat(n)}`],
    ['names of definitions that never end', (n) => `a ${'${X '.repeat(2 * n)}`],
    ['blanks in a path', (n) => `include a${' '.repeat(5 * n)}b`],
    ['comments that never end', (n) => '/* x\n'.repeat(n)],
    ['quotes that never end', (n) => '"a\n'.repeat(n)],
    [
      'definitions beside sequences',
      (n) => `${'$A=1\n'.repeat(n)}${'~SEQ(X,9) ~SEQ(Y,9) a\n'.repeat(n / 100)}`,
    ],
    ['crowded lines', (n) => `virtual_server 192.0.2.1 80 {\n${'delay_loop 1 retry 1\n'.repeat(n)}}\n`],
  ])('%s', (_, text) => {
    expectLinear(3000, (size) => void readKeepalived(sourceOf(text(size))));
  });
});
