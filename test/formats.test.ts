import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { FORMAT_NAMES } from '../src/report/reporter.ts';
import { filesOf, sectionsOf } from './support/page.ts';
import { useProgram } from './support/program.ts';
import { UPDATE } from './support/update.ts';

const PAGE = 'docs/formats.md';
const EXAMPLE = 'docs/examples/report.html';
const program = useProgram();
const sections = new Map(sectionsOf(readFileSync(PAGE, 'utf8')).map((section) => [section.title, section]));
let folder = '';

beforeAll(() => {
  folder = program.folderWith(filesOf(sections.get('The example')));
});

describe('the page of formats', () => {
  const shown = [...sections.values()].flatMap(({ title, fences }) =>
    fences.filter(({ language }) => language === 'console').map(({ text }) => [title, text] as const),
  );

  test('has a real example for each format of others', () => {
    expect(shown.map(([title]) => title)).toEqual(FORMAT_NAMES.slice(3));
    for (const name of FORMAT_NAMES)
      expect(sections.get('Reports for other programs')?.prose).toContain(`\`${name}\``);
  });

  test.each(shown)('shows what is printed as %s', (_, text) => {
    const command = /^\$ (.*)\n/.exec(text)?.[1] ?? '';
    const { out, err } = program.run(command, folder);
    const printed = `$ ${command}\n${out}`;
    if (UPDATE)
      writeFileSync(
        PAGE,
        readFileSync(PAGE, 'utf8').replace(`\`\`\`console\n${text}`, () => `\`\`\`console\n${printed}`),
      );
    else expect(text).toBe(printed);
    expect(err).toBe('');
  });

  test('links to the page that it tells of', () => {
    program.run('lvsdoctor lint --format html=report.html .', folder);
    const page = readFileSync(join(folder, 'report.html'), 'utf8');
    if (UPDATE) writeFileSync(EXAMPLE, page);
    else expect(readFileSync(EXAMPLE, 'utf8')).toBe(page);
  });
});

test('one run writes every format, and prints one', () => {
  const wanted = FORMAT_NAMES.slice(1).map((name) => `--format ${name}=out.${name}`);
  const { out, err, status } = program.run(
    `lvsdoctor lint --format text ${wanted.join(' ')} lb1.conf lb2.conf`,
    folder,
  );
  expect([status, err]).toEqual([1, '']);
  expect(out).toMatch(/^error {4}lb2 uses virtual router id 16/);
  for (const name of FORMAT_NAMES.slice(1))
    expect(readFileSync(join(folder, `out.${name}`), 'utf8')).toMatch(/lb2 uses virtual router id 16/);
});

test('every format tells of running hosts too', () => {
  const look = `${process.cwd()}/docs/examples/on-call`;
  for (const name of FORMAT_NAMES) {
    const { out, status } = program.run(
      `lvsdoctor diagnose --snapshot "${look}" --no-settings --format ${name}`,
      folder,
    );
    expect([name, status]).toEqual([name, 1]);
    expect(out, name).toContain('arp/only-lo-set');
    if (name === 'sarif')
      expect(JSON.parse(out).runs[0].properties.verdict).toMatch(/^VIP 192\.168\.80\.200: /);
    if (name === 'html') expect(out).toContain('<li>VIP 192.168.80.200: ');
  }
});

test('paths start where the service says that the repository lies', () => {
  const pathOf = (env: Readonly<Record<string, string>>) =>
    JSON.parse(program.run('lvsdoctor lint --format gitlab lb1.conf lb2.conf', folder, env).out)[0].location
      .path;
  expect(pathOf({})).toBe('lb2.conf');
  expect(pathOf({ GITHUB_WORKSPACE: join(folder, '..') })).toBe('cluster/lb2.conf');
  expect(pathOf({ CI_PROJECT_DIR: `${join(folder, '..')}/` })).toBe('cluster/lb2.conf');
  expect(pathOf({ GITHUB_WORKSPACE: join(folder, 'elsewhere') })).toBe('lb2.conf');
});
