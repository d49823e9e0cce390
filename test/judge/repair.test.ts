import { describe, expect, test } from 'vitest';
import { stated } from '../../src/evidence/fact.ts';
import {
  type Edit,
  joinedFix,
  reviewedFix,
  safeFix,
  shortened,
  valued,
  worded,
} from '../../src/evidence/fix.ts';
import { repair } from '../../src/judge/repair.ts';
import { sourceOf } from '../support/source.ts';
import { findingOf } from './findings.ts';

const source = sourceOf('one two three\n');
const put = (start: number, end: number, text: string): Edit => ({ source, range: { start, end }, text });
const findingWith = (...edits: Edit[]) => ({
  ...findingOf('a/b'),
  fix: { title: 'x', safety: 'safe' as const, edits },
});
const textAfter = (...fixes: Edit[][]) => {
  const { texts, fixed } = repair(
    fixes.map((edits) => findingWith(...edits)),
    () => 'file',
  );
  return [texts.get('file')?.text ?? source.text, fixed.length];
};

describe('repairs', () => {
  test('change nothing but what they name, whatever their order', () => {
    expect(textAfter([put(8, 13, '3')], [put(0, 3, '1')])).toEqual(['1 two 3\n', 2]);
  });

  test('of several parts go in whole or not at all', () => {
    expect(textAfter([put(4, 7, '2')], [put(0, 3, '1'), put(5, 6, 'W')])).toEqual(['one 2 three\n', 1]);
  });

  test('that touch the same words wait for the next round', () => {
    expect(textAfter([put(0, 7, 'x')], [put(3, 3, 'y')], [put(7, 7, 'z')])).toEqual(['xz three\n', 2]);
    expect(textAfter([put(3, 3, 'y')], [put(3, 3, 'z')])).toEqual(['oney two three\n', 1]);
  });

  test('that are the same are made once', () => {
    expect(textAfter([put(4, 7, '2')], [put(4, 7, '2')])).toEqual(['one 2 three\n', 2]);
  });

  test('leave a file alone that may not change, and with it all that hangs together', () => {
    const other = sourceOf('x', 'sysctl');
    const both = findingWith(put(0, 3, '1'), { source: other, range: { start: 0, end: 1 }, text: 'y' });
    const { texts } = repair([both], (each) => (each === other ? undefined : 'file'));
    expect(texts.size).toBe(0);
  });
});

describe('an edit of words', () => {
  const at = (start: number, end: number) => ({ place: { source, range: { start, end } } });

  test('is made where these words stand, and nowhere else', () => {
    expect(worded(at(4, 7), 'two', '2')).toEqual(put(4, 7, '2'));
    expect(worded(at(4, 7), '$TWO', '2')).toBeUndefined();
    expect(worded(at(4, 7), 'two', 'two')).toBeUndefined();
  });

  test('keeps the quotes of a value that it cuts', () => {
    const quoted = sourceOf('pass "abcdefghij"\n');
    const fact = stated('abcdefghij', { place: { source: quoted, range: { start: 5, end: 17 } } });
    expect(shortened(fact, 8)).toEqual({ source: quoted, range: { start: 14, end: 16 }, text: '' });
    expect(valued(fact, 'x')).toBeUndefined();
  });

  test('that is missing leaves no fix', () => {
    expect(safeFix('x', put(0, 3, '1'), undefined)).toBeUndefined();
    expect(safeFix('x')).toBeUndefined();
  });

  test('for review makes all that it is joined with one for review', () => {
    const fixes = [safeFix('x', put(0, 3, '1')), undefined, reviewedFix('y', put(4, 7, '2'))];
    expect(joinedFix(fixes)).toEqual({
      title: 'x',
      safety: 'review',
      edits: [put(0, 3, '1'), put(4, 7, '2')],
    });
  });
});
