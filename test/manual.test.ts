import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { HEADS } from '../src/cli/help.ts';
import { manualPage } from './support/manual.ts';
import { UPDATE } from './support/update.ts';

const FILE = 'docs/lvsdoctor.1';

test('the manual page is fresh', () => {
  const page = manualPage(packageJson.version);
  if (UPDATE) writeFileSync(FILE, page);
  else expect(readFileSync(FILE, 'utf8')).toBe(page);
});

const formatter = spawnSync('man', ['--version']).error === undefined;
if (!formatter && !process.env['CI']) console.log('manual page: not rendered, install man-db to do so');

test.skipIf(!formatter && !process.env['CI'])(
  'man renders it without a complaint, with every command',
  () => {
    const { stdout, stderr } = spawnSync('man', ['--warnings', '-E', 'UTF-8', '-l', FILE], {
      encoding: 'utf8',
      env: { ...process.env, MANWIDTH: '80', MANPAGER: 'cat', LC_ALL: 'C.UTF-8' },
    });
    expect(stderr).toBe('');
    for (const { does } of Object.values(HEADS)) {
      const [word = ''] = does.split(/[ ,;]/).slice(-1);
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(word);
    }
    expect(stdout).toMatch(/--fail-on error\|warning\|info/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  },
);
