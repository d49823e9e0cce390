import { expect, test } from 'vitest';
import { isWithin, readPortList, readPortRange } from '../../src/model/listeners.ts';

test('reads ranges as the kernel prints them and as lists write them', () => {
  expect(readPortRange('32768\t60999')).toEqual([32768, 60999]);
  expect(readPortRange(' 8000-8010 ')).toEqual([8000, 8010]);
  expect(readPortRange('8000')).toBeUndefined();
  expect(readPortRange('1024 65535 # wide')).toBeUndefined();
});

test('reads lists of ports and passes over what is none', () => {
  expect(readPortList('3306, 8000-8010,x,')).toEqual([
    [3306, 3306],
    [8000, 8010],
  ]);
  expect(readPortList('')).toEqual([]);
});

test('both ends belong to a range', () => {
  expect([79, 80, 90, 91].map((port) => isWithin(port, [80, 90]))).toEqual([false, true, true, false]);
});
