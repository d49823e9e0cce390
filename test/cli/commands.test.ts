import { expect, test } from 'vitest';
import { rules } from '../../src/cli/catalogue.ts';
import { run } from '../../src/cli/run.ts';

/** One command line, run in this process. */
async function call(...argv: string[]) {
  const said = { out: '', err: '' };
  const status = await run(argv, {
    env: {},
    workingFolder: process.cwd(),
    columns: undefined,
    out: (text) => {
      said.out += text;
    },
    note: (text) => {
      said.err += text;
    },
    readInput: async () => new Uint8Array(),
  });
  return { ...said, status };
}

test('rules lists every rule once, in 80 columns', async () => {
  const { out, status } = await call('rules');
  for (const { id } of rules)
    expect(out.split('\n').filter((line) => line.endsWith(` ${id}`))).toHaveLength(1);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(out).toContain(`${rules.length} rules`);
  expect(status).toBe(0);
});

test('rules --json says the same to programs', async () => {
  const list = JSON.parse((await call('rules', '--json')).out);
  expect(list.map(({ rule }: { rule: string }) => rule)).toEqual(rules.map(({ id }) => id));
  for (const { thresholds, ...rule } of list)
    expect(Object.keys(rule)).toEqual(['rule', 'severity', 'title', 'why', 'remedy']);
  expect(
    list.find(({ rule }: { rule: string }) => rule === 'ipvs/weight-skew').thresholds.ratio,
  ).toMatchObject({
    default: 10,
    unit: 'times',
  });
});

test.each(rules.map(({ id }) => id))('explain %s shows its page', async (id) => {
  const { out, status } = await call('explain', id);
  expect(out.startsWith(`${id}\n`)).toBe(true);
  expect(out).toMatch(/^Why$/m);
  expect(out).not.toContain('```');
  expect(status).toBe(0);
});

test('explain takes a name’s last part, and words', async () => {
  const whole = await call('explain', 'vrrp-pair/vrid-mismatch');
  expect(await call('explain', 'vrid-mismatch')).toEqual(whole);
  const found = await call('explain', 'priority', 'master');
  expect(found.out).toMatch(/\d+ rules; lvsdoctor explain NAME shows one/);
});

test('explain --json carries the page as Markdown', async () => {
  const data = JSON.parse((await call('explain', 'vrid-mismatch', '--json')).out);
  expect(data).toMatchObject({ rule: 'vrrp-pair/vrid-mismatch', severity: 'error' });
  expect(data.page).toMatch(/^# vrrp-pair\/vrid-mismatch\n/);
});

test.each([['--help'], ['lint', '--help'], ['explain', '--help'], ['rules', '--help'], ['init', '--help']])(
  'the help of %s begins with examples and fits 80 columns',
  async (...argv) => {
    const { out, status } = await call(...argv);
    expect(out.split('\n')[3]).toBe('Examples:');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(status).toBe(0);
  },
);

test('a mistake of the program itself is owned, with exit code 4', async () => {
  const broken = {
    env: {},
    workingFolder: process.cwd(),
    columns: undefined,
    out: () => {
      throw new TypeError('out of paper');
    },
    note: (text: string) => {
      said += text;
    },
    readInput: async () => new Uint8Array(),
  };
  let said = '';
  expect(await run(['rules'], broken)).toBe(4);
  expect(said).toMatch(
    /^lvsdoctor: this is a mistake of lvsdoctor itself, please report it\nTypeError: out of paper/,
  );
});
