import { expect, test } from 'vitest';
import type { Finding } from '../../src/judge/finding.ts';
import { mergeHosts } from '../../src/judge/merge.ts';
import { sourceOf } from '../support/source.ts';

function finding(host: string, start: number, message = 'the same'): Finding {
  return {
    rule: 'a/rule',
    severity: 'error',
    host,
    message,
    at: { source: sourceOf('', 'keepalived.conf', { host }), range: { start, end: start + 1 } },
    related: [],
    why: '',
    remedy: '',
    subject: host,
    also: [],
  };
}

const shape = (findings: readonly Finding[]) =>
  findings.map(({ host, at, related }) => [
    `${host}:${at.range.start}`,
    ...related.map((other) => `${other.at.source.host}:${other.at.range.start} ${other.message}`),
  ]);

test('what two hosts have alike is one finding with both places', () => {
  expect(shape(mergeHosts([finding('lb1', 5), finding('lb2', 7)]))).toEqual([
    ['lb1:5', 'lb2:7 the same on lb2'],
  ]);
});

test('what both have twice is two findings: the first goes with the first, the second with the second', () => {
  const found = [finding('lb1', 5), finding('lb1', 9), finding('lb2', 5), finding('lb2', 9)];
  expect(shape(mergeHosts(found))).toEqual([
    ['lb1:5', 'lb2:5 the same on lb2'],
    ['lb1:9', 'lb2:9 the same on lb2'],
  ]);
});

test('one host alone, other words, and what one has once more stay apart', () => {
  const found = [finding('lb1', 5), finding('lb1', 9)];
  expect(mergeHosts(found)).toEqual(found);
  expect(shape(mergeHosts([...found, finding('lb2', 5), finding('lb2', 9, 'another')]))).toEqual([
    ['lb1:5', 'lb2:5 the same on lb2'],
    ['lb1:9'],
    ['lb2:9'],
  ]);
});
