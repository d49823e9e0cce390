import { expect, test } from 'vitest';
import { collectFiles } from '../../src/collect/collection.ts';
import { alternatives } from '../../src/collect/includes.ts';
import type { Source } from '../../src/evidence/source.ts';
import { diskOf, ROOT } from '../support/disk.ts';

async function sourcesOf(files: Readonly<Record<string, string>>, paths: readonly string[] = ['.']) {
  const { evidence } = await collectFiles({ paths, workingFolder: ROOT, declared: [] }, diskOf(files));
  return evidence.sources;
}

/** The include patterns of a source with the files they led to, and why not. */
function led(source: Source | undefined): Record<string, string> {
  return Object.fromEntries(
    [...(source?.includes ?? [])].map(([pattern, { sources, why, elsewhere }]) => [
      pattern,
      [...sources.map(({ name }) => name), ...(why ? [why] : []), ...(elsewhere ? ['elsewhere'] : [])].join(
        ' | ',
      ),
    ]),
  );
}

const INSTANCE = 'vrrp_instance VI_1 {\n}\n';

test('an include leads to the files beside the including one, wildcards and lists included', async () => {
  const [main, ...others] = await sourcesOf({
    'lb1/keepalived.conf': `${INSTANCE}include conf.d/*.conf\n  include one.conf # here\n@id include {two,three}.conf\n`,
    'lb1/conf.d/b.conf': 'virtual_server 192.0.2.1 80 {\n}\n',
    'lb1/conf.d/a.conf': 'virtual_server 192.0.2.1 81 {\n}\n',
    'lb1/one.conf': INSTANCE,
    'lb1/two.conf': INSTANCE,
  });
  expect(led(main)).toEqual({
    'conf.d/*.conf': 'lb1/conf.d/a.conf | lb1/conf.d/b.conf',
    'one.conf': 'lb1/one.conf',
    '{two,three}.conf': expect.stringMatching(/^lb1\/two\.conf \| lb1\/three\.conf: /),
  });
  expect(others, 'included files are no main files').toEqual([]);
  expect(
    [...(main?.includes?.values() ?? [])].flatMap(({ sources }) => sources.map(({ host }) => host)),
  ).toEqual(['lb1', 'lb1', 'lb1', 'lb1']);
});

test('definitions are put into patterns, those of including files too', async () => {
  const [main] = await sourcesOf({
    'lb1/keepalived.conf': '$DIR=parts\n$FILE=one\ninclude $DIR/${FILE}.conf\n',
    'lb1/parts/one.conf': `${INSTANCE}include more/$FILE.conf\n`,
    'lb1/parts/more/one.conf': INSTANCE,
  });
  expect(led(main)).toEqual({ 'parts/one.conf': 'lb1/parts/one.conf' });
  const [one] = main?.includes?.get('parts/one.conf')?.sources ?? [];
  expect(led(one)).toEqual({ 'more/one.conf': 'lb1/parts/more/one.conf' });
});

test('an absolute path is looked for below the host’s own root, or beside the main file, and nowhere else', async () => {
  const [rooted] = await sourcesOf({
    'lb1/etc/keepalived/keepalived.conf': `${INSTANCE}include /etc/keepalived/x.conf\ninclude /usr/share/y.conf\n`,
    'lb1/etc/keepalived/x.conf': INSTANCE,
  });
  expect(led(rooted)).toEqual({
    '/etc/keepalived/x.conf': 'lb1/etc/keepalived/x.conf',
    '/usr/share/y.conf': 'nothing here stands for /usr/share/y.conf | elsewhere',
  });
  const [beside] = await sourcesOf({
    'lb1/keepalived.conf': `${INSTANCE}include /etc/keepalived/conf.d/*.conf\ninclude /etc/passwd\n`,
    'lb1/conf.d/x.conf': INSTANCE,
  });
  expect(led(beside)).toEqual({
    '/etc/keepalived/conf.d/*.conf': 'lb1/conf.d/x.conf',
    '/etc/passwd': 'nothing here stands for /etc/passwd | elsewhere',
  });
});

test('a circle of includes ends, and the file with the proper name stays the main one', async () => {
  const sources = await sourcesOf({
    'lb1/a.conf': `${INSTANCE}include keepalived.conf\n`,
    'lb1/keepalived.conf': `${INSTANCE}include a.conf\ninclude keepalived.conf\n`,
  });
  expect(sources.map(({ name }) => name)).toEqual(['lb1/keepalived.conf']);
  expect(led(sources[0])['keepalived.conf']).toContain('circle');
});

test('files that double at every step do not blow up', async () => {
  const files: Record<string, string> = { 'lb1/keepalived.conf': `${INSTANCE}include f1.conf\n` };
  for (let step = 1; step < 30; step++)
    files[`lb1/f${step}.conf`] =
      `include f${step + 1}.conf\ninclude ./f${step + 1}.conf\ninclude f${step + 1}.conf\n`;
  files['lb1/f30.conf'] = INSTANCE;
  const [main] = await sourcesOf(files);
  const count = (source: Source): number =>
    [...(source.includes?.values() ?? [])]
      .flatMap(({ sources }) => sources)
      .reduce((sum, next) => sum + count(next), 1);
  expect(count(main as Source)).toBeLessThan(300_000);
});

test('quotes are part of an include’s name', async () => {
  const sources = await sourcesOf({
    'lb1/keepalived.conf': `${INSTANCE}include "a.conf"\n`,
    'lb1/a.conf': INSTANCE,
  });
  const main = sources.find(({ name }) => name === 'lb1/keepalived.conf');
  expect(led(main)).toEqual({ '"a.conf"': 'the quotes are taken as part of the name' });
});

test('lists of alternatives are written out, absurd ones only in part', () => {
  expect(alternatives('a/{b,c{d,e}}.conf')).toEqual(['a/b.conf', 'a/cd.conf', 'a/ce.conf']);
  expect(alternatives('{a,b}'.repeat(40)).length).toBeLessThanOrEqual(1000);
});

test('a line of 200 KB and a file of blanks cost no more than their length', async () => {
  const started = process.cpuUsage().user;
  const text = `include\n${' '.repeat(200_000)}\n@${'x'.repeat(200_000)}\ninclude ${' '.repeat(200_000)}\n`;
  const [main] = await sourcesOf({ 'lb1/keepalived.conf': `${INSTANCE}${text}` });
  const once = process.cpuUsage().user - started;
  expect(led(main)).toEqual({});
  expect(once / 1000, 'milliseconds').toBeLessThan(1000);
});
