import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { processTerminal } from '../../src/cli/terminal.ts';
import { keepTimelines } from '../../src/cli/verify.ts';
import { readTimelines } from '../../src/verify/timeline-reader.ts';
import { failoverTimeline } from '../verify/failover-timeline.ts';

const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-timelines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const runs = [failoverTimeline({}), failoverTimeline({ takeover: 3500 })];

test.each([1, 2])('what %i runs left is read back as it was', (count) => {
  const terminal = { ...processTerminal(), workingFolder: folder };
  keepTimelines({ timeline: 'runs.json' }, runs.slice(0, count), terminal);
  const read = readTimelines(readFileSync(join(folder, 'runs.json'), 'utf8'));
  expect(read).toEqual({ timelines: runs.slice(0, count) });
});
