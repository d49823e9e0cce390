import { describe, expect, test } from 'vitest';
import { chiSquareTail, logGamma, upperGamma } from '../../src/verify/gamma.ts';
import { FALSE_ALARM, fitOf, trialsFor } from '../../src/verify/multinomial.ts';

describe('the upper tail of chi-square', () => {
  /* Critical values as tables print them. */
  test.each([
    [3.841, 1, 0.05],
    [10.828, 1, 0.001],
    [16.266, 3, 0.001],
    [27.877, 9, 0.001],
    [58.301, 29, 0.001],
    [124.342, 100, 0.05],
  ])('of %f with %i degrees is %f', (x, freedom, probability) => {
    expect(chiSquareTail(x, freedom) / probability).toBeCloseTo(1, 3);
  });

  test('is right far out, where 1 minus the rest would be 0', () => {
    // With two degrees it is exp(-x / 2).
    expect(chiSquareTail(200, 2) / Math.exp(-100)).toBeCloseTo(1, 10);
    expect(chiSquareTail(1000, 2) / Math.exp(-500)).toBeCloseTo(1, 10);
    expect(chiSquareTail(0, 5)).toBe(1);
  });

  test('meets itself where the two ways of computing it meet', () => {
    for (const a of [0.5, 1, 3, 20, 200])
      expect(upperGamma(a, a + 1 + 1e-9) / upperGamma(a, a + 1 - 1e-9)).toBeCloseTo(1, 7);
  });

  test('stands on factorials', () => {
    let factorial = 1;
    for (let n = 1; n < 100; n++) {
      factorial *= n;
      expect(logGamma(n + 1)).toBeCloseTo(Math.log(factorial), 9);
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
  });
});

describe('a fit', () => {
  test('is exact for few trials', () => {
    // Ten heads of ten, or ten tails: 2 / 1024.
    expect(fitOf([10, 0], [0.5, 0.5])).toEqual({
      method: 'exact',
      probability: expect.closeTo(2 / 1024, 12),
    });
    // 1 of 27, and two more of the same kind.
    expect(fitOf([3, 0, 0], [1 / 3, 1 / 3, 1 / 3])?.probability).toBeCloseTo(3 / 27, 12);
    expect(fitOf([1, 1, 1], [1 / 3, 1 / 3, 1 / 3])?.probability).toBeCloseTo(1, 12);
  });

  test('agrees with chi-square where both can be had', () => {
    const exact = fitOf([560, 440], [0.5, 0.5]);
    expect(exact?.method).toBe('exact');
    expect((exact?.probability ?? 0) / chiSquareTail(14.4, 1)).toBeCloseTo(1, 0);
    const large = fitOf([100_600, 99_400], [0.5, 0.5]);
    expect(large).toEqual({ method: 'chi-square', probability: expect.closeTo(chiSquareTail(7.2, 1), 12) });
  });

  test('leaves nothing to a share of 0', () => {
    expect(fitOf([5, 5, 1], [0.5, 0.5, 0])?.probability).toBe(0);
    expect(fitOf([5, 5, 0], [0.5, 0.5, 0])?.probability).toBeCloseTo(1, 12);
  });

  test('is not had for many classes and few trials', () => {
    const shares = Array.from({ length: 60 }, () => 1 / 60);
    expect(fitOf([...shares.map(() => 0).slice(1), 8], shares)).toBeUndefined();
  });
});

test('the sample grows as the share shrinks, and a fair sample of that size is rarely accused', () => {
  // Two equal classes: (3.29 + 1.645)² / 0.01, from the normal distribution.
  expect(trialsFor([0.5, 0.5], 0.1)).toBeGreaterThan(2400);
  expect(trialsFor([0.5, 0.5], 0.1)).toBeLessThan(2480);
  expect(trialsFor([0.75, 0.25], 0.1)).toBeGreaterThan(2.9 * trialsFor([0.5, 0.5], 0.1));
  expect(FALSE_ALARM).toBeLessThanOrEqual(0.001);
});
