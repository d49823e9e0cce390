import { expect, test } from 'vitest';
import { kernelNumber, kernelNumbers } from '../../src/model/kernel-number.ts';

test.each([
  ['1', 1],
  ['-3', -3],
  ['010', 8],
  ['0', 0],
  ['00', 0],
  ['0x1F', 31],
  ['1 # on', 1],
  ['1\tx', 1],
  [' 2', 2],
  ['08', undefined],
  ['0x', undefined],
  ['1x', undefined],
  ['+1', undefined],
  ['"1"', undefined],
  ['', undefined],
  ['abc', undefined],
  ['1,2', undefined],
  ['9'.repeat(30), undefined],
])('the kernel reads %j as %s', (text, value) => {
  expect(kernelNumber(text)).toBe(value);
});

test('several numbers stand between blanks; what follows them is not looked at', () => {
  expect(kernelNumbers('1024\t65000 # wide', 2)).toEqual([1024, 65000]);
  expect(kernelNumbers('3', 2)).toEqual([3]);
  expect(kernelNumbers('1024-65000', 2)).toBeUndefined();
  expect(kernelNumbers('', 2)).toBeUndefined();
});
