import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { useProgram } from '../support/program.ts';

const program = useProgram();
const folder = `${import.meta.dirname}/timelines`;
const judge = (words: string) => program.run(`lvsdoctor verify judge --no-settings ${words}`, folder);

/** What a run in the lab came to, by the name of its file: whatever a judge becomes, it says the same of it. */
const FOUND: Readonly<Record<string, readonly string[]>> = {
  'failover-stop-v2.json': [],
  'distribution-sound.json': [],
  // One of 88 connections came from a port that IPVS still knew.
  'distribution-reused-port.json': [],
};

describe('timelines that were recorded in the lab', () => {
  test.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s', (name) => {
    const { out, err, status } = judge(`--format json ${name}`);
    expect(err).toBe('');
    const { findings, notJudged, verification } = JSON.parse(out);
    const rules = (findings as readonly { rule: string }[]).map(({ rule }) => rule);
    if (FOUND[name] !== undefined) expect(rules).toEqual(FOUND[name]);
    expect(status).toBe(notJudged.length > 0 ? 3 : rules.length > 0 ? 1 : 0);
    const [{ measures, shares }] = verification.tests;
    expect(measures.length + shares.length, name).toBeGreaterThan(0);
  });

  test('a measured takeover falls into the window that theory gives, and two runs have a median', () => {
    const { out } = judge('--format json failover-stop-v2.json failover-stop-v2.json');
    const { tests, series } = JSON.parse(out).verification;
    expect(tests.map(({ name }: { name: string }) => name)).toEqual([
      'failover of VI_1, run 1',
      'failover of VI_1, run 2',
    ]);
    const [{ what, expected, measured, within }] = tests[0].measures;
    expect(what).toBe('takeover');
    expect(measured).toBeGreaterThanOrEqual(expected.least - within);
    expect(measured).toBeLessThanOrEqual(expected.most + within + 50);
    expect(series.runs).toBe(2);
    expect(series.year.failovers).toBe(12);
  });
});

describe('a file that is no timeline', () => {
  test('is told, and what else is named is judged', () => {
    const { out, err, status } = judge(
      '--format short nothing.json distribution-sound.json ../recorded.test.ts',
    );
    expect(err).toBe(
      'lvsdoctor: nothing.json cannot be read (ENOENT)\nlvsdoctor: ../recorded.test.ts: it is no JSON\n',
    );
    expect(out).toBe('');
    expect(status).toBe(3);
  });

  test('from standard input too', () => {
    const { err, status } = program.run('echo [] | lvsdoctor verify judge -', folder);
    expect(err).toBe('lvsdoctor: /dev/stdin: it holds no timeline\n');
    expect(status).toBe(3);
  });
});

test('a test that was stopped, or whose undo nobody saw, ends as it ended', () => {
  const stopped = `sed '/"undone"/d' failover-stop-v2.json | lvsdoctor verify judge --no-settings --format short -`;
  const { out, status } = program.run(stopped, folder);
  expect(out).toMatch(/verify\/undo-unconfirmed/);
  expect(status).toBe(5);
});

test.each(['0', '1.5', 'x'])('%s failovers a year are refused', (number) => {
  const { err, status } = judge(`--per-year ${number} failover-stop-v2.json`);
  expect(err).toContain(`--per-year ${number} is no whole number from 1 to 1000000`);
  expect(status).toBe(2);
});
