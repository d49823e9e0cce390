import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import check from '../../src/cli/settings-check.generated.js';
import { readSettings } from '../../src/cli/settings-reader.ts';

const RULES = ['vrrp/plaintext-password', 'kernel/small-backlog'];

/** The problems of a text, a line each: `line:column message`. */
function problemsOf(text: string): string[] {
  return readSettings(text, RULES).problems.map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
}

test('every part may be there, and none has to be', () => {
  const text = `hosts:
  lb1: { role: director, ssh: root@192.0.2.100, files: [lb1/keepalived.conf, lb1/sysctl.d/*.conf] }
  rs1: { role: real-server, addresses: [192.0.2.102] }
  rs2:
client: { ssh: ops@192.0.2.50 }
target: { keepalived: 2.2.8, kernel: '5.14' }
failOn: warning
rules: { vrrp/plaintext-password: off, kernel/small-backlog: error }
`;
  expect(problemsOf(text)).toEqual([]);
  expect(problemsOf('hosts:\nrules:\ntarget:\n')).toEqual([]);
  expect(problemsOf('')).toEqual([]);
  expect(problemsOf('# nothing yet\n')).toEqual([]);
});

test.each([
  ['failon: error', '1:1 there is no setting failon: did you mean failOn?'],
  ['failOn: warn', '1:9 failOn is one of error, warning, info; not "warn"'],
  [
    'rules:\n  vrrp/plaintext-pasword: off',
    '2:3 there is no rule vrrp/plaintext-pasword: did you mean vrrp/plaintext-password?',
  ],
  [
    'rules: { kernel/small-backlog: of }',
    '1:32 rules.kernel/small-backlog is one of off, error, warning, info; not "of": did you mean off?',
  ],
  [
    'hosts: { lb1: { role: real_server } }',
    '1:23 hosts.lb1.role is one of director, real-server; not "real_server": did you mean real-server?',
  ],
  ['target:\n  kernel: 5.10', "2:11 target.kernel is a number here: put it in quotes: '5.1'"],
  ['target: { keepalived: v2 }', '1:23 target.keepalived is a version such as 2.2.8; not "v2"'],
  ['hosts: [lb1]', '1:8 hosts is a list of keys with values; not ["lb1"]'],
  ['- a', '1:1 the file is a list of keys with values; not ["a"]'],
  ['failOn: error\nfailOn: info', '2:1 not YAML: Map keys must be unique'],
])('%j is told as %s', (text, problem) => {
  expect(problemsOf(text)).toEqual([problem]);
});

test('all mistakes are told at once, from the top', () => {
  expect(
    problemsOf('rules: { nonsense: off }\nfailOn: x\nhosts: { a: { b: 1 } }').map((line) => line[0]),
  ).toEqual(['1', '2', '3']);
});

test('aliases that would fill the memory are refused', () => {
  const levels = Array.from({ length: 12 }, (_, level) =>
    level === 0
      ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
      : `a${level}: &a${level} [${`*a${level - 1},`.repeat(9)}]`,
  );
  expect(problemsOf(levels.join('\n')).join()).toMatch(/not YAML/);
});

test('the compiled check says what the published schema says', () => {
  const schema = JSON.parse(readFileSync('docs/lvsdoctor.schema.json', 'utf8'));
  const published = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);
  for (const data of [
    {},
    { hosts: { a: { role: 'x' } } },
    { rules: { a: 'off' } },
    [],
    { target: { kernel: 5 } },
  ]) {
    expect(check(data)).toBe(published(data));
    expect((check.errors ?? []).map(({ instancePath }) => instancePath)).toEqual(
      (published.errors ?? []).map(({ instancePath }) => instancePath),
    );
  }
});
