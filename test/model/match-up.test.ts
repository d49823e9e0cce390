import { expect, test } from 'vitest';
import { matchUp } from '../../src/model/match-up.ts';

const up = (first: string[], second: string[]) =>
  matchUp(
    first,
    second,
    (item) => [item],
    (item) => [item.charAt(0)],
  );

test('puts equal keys together, whatever their order', () => {
  expect(up(['a1', 'b1'], ['b1', 'a1'])).toEqual({
    pairs: [
      ['a1', 'a1'],
      ['b1', 'b1'],
    ],
    onlyFirst: [],
    onlySecond: [],
  });
});

test('puts what is left of one kin together, in order', () => {
  expect(up(['a1', 'a2', 'b1'], ['a3', 'a1', 'c1'])).toEqual({
    pairs: [
      ['a1', 'a1'],
      ['a2', 'a3'],
    ],
    onlyFirst: ['b1'],
    onlySecond: ['c1'],
  });
});

test('gives no item away twice', () => {
  expect(up(['a1', 'a1'], ['a1'])).toEqual({ pairs: [['a1', 'a1']], onlyFirst: ['a1'], onlySecond: [] });
});

test('takes time that grows with the lists, not with their product', () => {
  const steps = (size: number) => {
    let asked = 0;
    const items = Array.from({ length: size }, (_, index) => ({ key: `k${index % 7}` }));
    const keysOf = ({ key }: { key: string }) => {
      asked++;
      return [key];
    };
    matchUp(items, [...items].reverse(), keysOf);
    return asked;
  };
  expect(steps(4000) / steps(2000)).toBeCloseTo(2, 1);
});
