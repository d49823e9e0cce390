import { describe, expect, test } from 'vitest';
import { github } from '../../../src/report/github.ts';
import { brokenCluster, dangerous, findingAt, placeOf, plain, sourceOf, verdictOf } from '../samples.ts';
import { everything, verdicts } from './verdicts.ts';

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** What the runner makes of a line, restated from actions/runner, src/Runner.Common/ActionCommand.cs, TryParseV2. */
function parsed(line: string): Command | undefined {
  const end = line.indexOf('::', 2);
  if (!line.trimStart().startsWith('::') || end < 0) return undefined;
  const info = line.slice(2, end);
  const space = info.indexOf(' ');
  const pairs = space < 0 ? [] : info.slice(space + 1).split(',');
  const properties = pairs.flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 ? [[pair.slice(0, at).trim(), unescaped(pair.slice(at + 1), true)]] : [];
  });
  return {
    name: space < 0 ? info : info.slice(0, space),
    properties: Object.fromEntries(properties),
    data: unescaped(line.slice(end + 2), false),
  };
}

function unescaped(text: string, isProperty: boolean): string {
  const data = text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  return (isProperty ? data.replaceAll('%3A', ':').replaceAll('%2C', ',') : data).replaceAll('%25', '%');
}

describe.each(verdicts)('%s', (_, verdict) => {
  const report = github(verdict, everything);
  const lines = report.split('\n').slice(0, -1);

  test('is a command for each finding, and nothing else', () => {
    expect(lines.length).toBe(verdict.findings.length);
    for (const line of lines) {
      const command = parsed(line);
      expect(command?.name).toMatch(/^(?:error|warning|notice)$/);
      expect(Object.keys(command?.properties ?? {})).toEqual(
        expect.arrayContaining(command?.properties['file'] === undefined ? ['title'] : ['line', 'title']),
      );
      expect(line).not.toMatch(dangerous);
    }
    expect(report).not.toMatch(/secret1|cödé|1111/);
  });
});

test('the runner gets place and words back', () => {
  const source = sourceOf('lb1', 'lb1, 100%: a.conf', 'x\n  priority 100\n');
  const [line = ''] = github(
    verdictOf([findingAt(placeOf(source, '100'), { message: '100% of 192.0.2.1:80, or %0A' })]),
    plain,
  ).split('\n');
  expect(parsed(line)).toEqual({
    name: 'warning',
    properties: {
      file: 'lb1, 100%: a.conf',
      line: '2',
      endLine: '2',
      col: '12',
      endColumn: '14',
      title: 'vrrp/duplicate-priority (lb1)',
    },
    data: expect.stringMatching(/^100% of 192\.0\.2\.1:80, or %0A\nThe tie.*\nfix: Give/),
  });
});

test('a place on several lines has no columns; what no repository holds is named in the words', () => {
  const source = sourceOf('lb1', 'lb1.conf', 'a\nb\n');
  const live = {
    ...source,
    name: 'lb1$ ip -j rule',
    origin: { kind: 'command', path: 'ip -j rule' },
  } as const;
  const range = { start: 0, end: 3 };
  const [several, printed] = github(
    verdictOf([findingAt({ source, range }), findingAt({ source: live, range })]),
    plain,
  )
    .split('\n')
    .map(parsed);
  expect(several?.properties).toEqual({
    file: 'lb1.conf',
    line: '1',
    endLine: '2',
    title: 'vrrp/duplicate-priority (lb1)',
  });
  expect(printed?.properties).toEqual({ title: 'vrrp/duplicate-priority (lb1)' });
  expect(printed?.data).toContain('\nlb1$ ip -j rule, line 1\n');
});

test('advice comes for those who ask for it', () => {
  expect(github(brokenCluster(), plain)).not.toContain('::notice');
  expect(github(brokenCluster(), { ...plain, advice: true })).toContain('::notice file=lb1/keepalived.conf,');
});
