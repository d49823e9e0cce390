import { expect, test } from 'vitest';
import { framesOf, type Mark, spanOf } from '../../src/evidence/frame.ts';
import type { Place } from '../../src/evidence/place.ts';
import { placeOf, sourceOf } from '../report/samples.ts';

const lb1 = sourceOf('lb1', 'lb1.conf', 'vrrp_instance VI_1 {  \r\n    priority 100\r\n}\r\n');
const lb2 = sourceOf('lb2', 'lb2.conf', 'vrrp_instance VI_1 {\n    priority 90\n}\n');
const main = (at: Place): Mark => ({ at, label: '', main: true });
const related = (at: Place, label = 'here'): Mark => ({ at, label, main: false });
const whole = { source: lb1, range: { start: 0, end: lb1.text.length } };

test('a span ends at the first column behind its place', () => {
  expect(spanOf(placeOf(lb1, '100'))).toEqual({ line: 2, column: 14, endLine: 2, endColumn: 17 });
  expect(spanOf(whole)).toEqual({ line: 1, column: 1, endLine: 4, endColumn: 1 });
});

test('offsets outside the text count as its ends', () => {
  const span = spanOf({ source: lb2, range: { start: -5, end: 10_000 } });
  expect(span).toEqual({ line: 1, column: 1, endLine: 4, endColumn: 1 });
  expect(spanOf({ source: lb2, range: { start: 9999, end: 3 } })).toMatchObject({
    line: 4,
    column: 1,
    endLine: 4,
  });
});

test('one frame a source, first named first, lines from top to bottom', () => {
  const frames = framesOf([
    main(placeOf(lb2, '90')),
    related(placeOf(lb1, '100')),
    related(placeOf(lb2, 'VI_1')),
    related(placeOf(lb1, 'VI_1')),
  ]);
  expect(frames.map(({ source }) => source.name)).toEqual(['lb2.conf', 'lb1.conf']);
  expect(frames.map(({ lines }) => lines.map(({ number }) => number))).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test('the main place stands for its frame, else the topmost one', () => {
  const [own, other] = framesOf([
    main(placeOf(lb2, '90')),
    related(placeOf(lb2, 'VI_1')),
    related(placeOf(lb1, '100')),
    related(placeOf(lb1, 'VI_1')),
  ]);
  expect(own).toMatchObject({ line: 2, column: 14 });
  expect(other).toMatchObject({ line: 1, column: 15 });
});

test('a place of several lines is marked on its first, without the blanks at its end', () => {
  const [frame] = framesOf([main(whole)]);
  expect(frame?.lines).toMatchObject([{ number: 1, marks: [{ start: 0, end: 20 }] }]);
});

test('an empty place is marked one column wide, at the end of the text too', () => {
  const [frame] = framesOf([main({ source: lb2, range: { start: lb2.text.length, end: lb2.text.length } })]);
  expect(frame?.lines).toMatchObject([{ number: 4, marks: [{ start: 0, end: 1 }] }]);
});

test('marks of one line stand from left to right', () => {
  const [frame] = framesOf([main(placeOf(lb2, 'VI_1')), related(placeOf(lb2, 'vrrp_instance'))]);
  expect(frame?.lines[0]?.marks.map(({ start }) => start)).toEqual([0, 14]);
});
