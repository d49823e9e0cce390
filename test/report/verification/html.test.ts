import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParserError, parse } from 'parse5';
import { afterAll, describe, expect, test } from 'vitest';
import { verificationHtml } from '../../../src/report/html/verification.ts';
import type { Timeline } from '../../../src/verify/timeline.ts';
import { dangerous } from '../samples.ts';
import { reported, timelines } from './samples.ts';

const recorded = ['failover-stop-v2', 'distribution-sound'].map((name) =>
  JSON.parse(readFileSync(new URL(`../../verify/timelines/${name}.json`, import.meta.url), 'utf8')),
) as readonly Timeline[];

const pages = [
  ['every test', verificationHtml(...reported(timelines))],
  ['what the lab recorded', verificationHtml(...reported(recorded))],
] as const;

describe.each(pages)('the page of %s', (_, page) => {
  test('is HTML without a flaw, and asks nobody for anything', () => {
    const errors: ParserError[] = [];
    parse(page, { onParseError: (error) => errors.push(error) });
    expect(errors).toEqual([]);
    expect(page).not.toMatch(/\s(?:style|src|href|on\w+)=|https?:|url\(|@import|<script/);
    expect(page.replaceAll('\n', '')).not.toMatch(dangerous);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});

test('drawings stay small, however long a test is', () => {
  const [first] = timelines as readonly [Timeline];
  const end = first.moments.at(-1)?.at ?? 0;
  const request = {
    kind: 'request',
    service: '192.0.2.100:80/TCP',
    outcome: 'answered',
    milliseconds: 3,
  } as const;
  const more = Array.from({ length: 100_000 }, (_, at) => ({ at: end + at * 20, observed: request }));
  const page = verificationHtml(...reported([{ ...first, moments: [...first.moments, ...more] }]));
  expect(page.length).toBeLessThan(400_000);
});

const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);
const isWanted = chromium !== undefined || Boolean(process.env.CI);
if (!isWanted) console.log('pages in a browser: skipped, install chromium to run them');

describe.runIf(isWanted)('in a real browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-page-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The page, and what a browser asks its maker for when it starts. */
  const OWN =
    /^(?:file|data|chrome|chrome-extension|chrome-search|devtools):|^https?:\/\/[\w.-]+\.(?:google|googleapis|gvt1|gstatic)\.com[/:]/;

  /** The page as the browser has it, and every address that it asked for. */
  function browsed(page: string) {
    const [file, log] = [join(folder, 'page.html'), join(folder, 'net.json')];
    writeFileSync(file, page);
    const dom = execFileSync(
      chromium ?? 'chromium',
      [
        '--headless=new',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
        '--host-resolver-rules=MAP * ~NOTFOUND',
        `--user-data-dir=${join(folder, 'profile')}`,
        `--log-net-log=${log}`,
        '--dump-dom',
        `file://${file}`,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 120_000 },
    );
    const asked = [...readFileSync(log, 'utf8').matchAll(/"url":"([^"]+)"/g)].map(([, url = '']) => url);
    return { dom, asked };
  }

  test.each(pages)('%s is shown with its plots, and nothing is loaded', { timeout: 180_000 }, (_, page) => {
    const { dom, asked } = browsed(page);
    const pageItself = page.match(/<svg class="plot/g)?.length ?? 0;
    expect(pageItself).toBeGreaterThanOrEqual(2);
    expect(dom.match(/<svg class="plot/g)?.length).toBe(pageItself);
    for (const mark of ['fault', 'takeover', 'undo', 'return']) expect(dom).toContain(`>${mark}</text>`);
    expect(dom).toContain('>no master</text>');
    expect(dom).toContain('class="confidence"');
    expect(asked.filter((url) => !OWN.test(url))).toEqual([]);
  });

  test('a page that does load something is noticed', { timeout: 180_000 }, () => {
    const { asked } = browsed('<!DOCTYPE html><title>x</title><img src="http://elsewhere.invalid/x.png">');
    expect(asked.filter((url) => !OWN.test(url))).toContain('http://elsewhere.invalid/x.png');
  });
});
