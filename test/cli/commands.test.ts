import { expect, test } from 'vitest';
import { mistakes } from '../../src/cli/catalogue.ts';
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
  for (const { id } of mistakes)
    expect(out.split('\n').filter((line) => line.endsWith(` ${id}`))).toHaveLength(1);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(out).toContain(`${mistakes.length} rules`);
  expect(status).toBe(0);
});

test('rules --json says the same to programs', async () => {
  const list = JSON.parse((await call('rules', '--json')).out);
  expect(list.map(({ rule }: { rule: string }) => rule)).toEqual(mistakes.map(({ id }) => id));
  for (const { thresholds, ...rule } of list)
    expect(Object.keys(rule)).toEqual(['rule', 'severity', 'title', 'why', 'remedy']);
  expect(
    list.find(({ rule }: { rule: string }) => rule === 'ipvs/weight-skew').thresholds.ratio,
  ).toMatchObject({
    default: 10,
    unit: 'times',
  });
});

test.each(mistakes.map(({ id }) => id))('explain %s shows its page', async (id) => {
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
  expect(found.out).toMatch(/^symptom {2}failover-never-happens$/m);
  expect(found.out).toMatch(/^warning {2}vrrp-pair\/priority-order$/m);
});

test('explain prints a symptom by its name, by its words, and what they clearly mean', async () => {
  const page = await call('explain', 'connections-reset-after-failover');
  expect(page.out).toMatch(/^connections-reset-after-failover\n\nOpen connections are reset /);
  expect(page.out).toContain('  - rules: sync/not-configured\n');
  expect(await call('explain', 'Connections', 'reset after failover')).toEqual(page);
  expect((await call('explain', 'reset', 'after', 'failover')).out.startsWith(page.out.trimEnd())).toBe(true);
});

test('explain says what a pasted log line means', async () => {
  const line = 'Nov 20 02:10:33 lb2 Keepalived_vrrp[712]: (SHOP) received an invalid passwd!';
  const { out, status } = await call('explain', line);
  expect(out).toMatch(/^received an invalid passwd!\n\nThe sender has another password/);
  expect(out).toContain('- vip-on-both-directors\n- vrrp-pair/auth-mismatch\n');
  expect(status).toBe(0);
  const old = await call('explain', 'ip address associated with VRID not present in received packet');
  expect(old.out).toContain('- vrrp-pair/vip-list-mismatch\n');
});

test('explain without a name lists the symptoms and says how to ask', async () => {
  const { out, status } = await call('explain');
  expect(out.match(/^ {2}[a-z]+(?:-[a-z]+)+$/gm)).toHaveLength(34);
  expect(out).toMatch(/\nlvsdoctor explain NAME shows one; other words, or a line of a log, find it too\n$/);
  expect(status).toBe(0);
});

test('the page of a rule names the symptoms whose pages name it', async () => {
  const { out } = await call('explain', 'sync/not-configured');
  expect(out).toMatch(/\nSeen as\n\n- connections-reset-after-failover\n$/);
  expect(JSON.parse((await call('explain', 'sync/not-configured', '--json')).out).symptoms).toEqual([
    'connections-reset-after-failover',
  ]);
});

test('explain --json carries the page as Markdown, and what a symptom has to look at', async () => {
  const rule = JSON.parse((await call('explain', 'vrid-mismatch', '--json')).out);
  expect(rule).toMatchObject({ rule: 'vrrp-pair/vrid-mismatch', severity: 'error' });
  expect(rule.page).toMatch(/^# vrrp-pair\/vrid-mismatch\n/);
  const symptom = JSON.parse((await call('explain', 'connections-reset-after-failover', '--json')).out);
  expect(symptom.page).toMatch(/^# connections-reset-after-failover\n/);
  expect(symptom.observations[0]).toMatchObject({
    where: 'On each director',
    commands: ['ipvsadm -Lnc | wc -l'],
  });
  expect(symptom.observations[0].results[0].rules).toEqual(['sync/not-configured']);
  const all = JSON.parse((await call('explain', '--json')).out);
  expect(all).toHaveLength(34);
  const lines = JSON.parse((await call('explain', 'received an invalid passwd!', '--json')).out);
  expect(lines[0]).toMatchObject({
    message: 'received an invalid passwd!',
    symptoms: ['vip-on-both-directors'],
  });
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
