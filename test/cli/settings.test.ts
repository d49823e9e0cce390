import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { rules } from '../../src/cli/catalogue.ts';
import check from '../../src/cli/settings-check.generated.js';
import { readSettings } from '../../src/cli/settings-reader.ts';
import { type AnyRule, threshold } from '../../src/judge/rule.ts';

const RULES = [
  { id: 'vrrp/plaintext-password' },
  { id: 'kernel/small-backlog', thresholds: { packets: threshold(1000, 'packets', 'the default') } },
].map(
  (rule): AnyRule => ({ ...rule, severity: 'error', title: '', why: '', remedy: '', needs: [], check() {} }),
);

const SCHEMA = JSON.parse(readFileSync('docs/lvsdoctor.schema.json', 'utf8'));

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
rules: { vrrp/plaintext-password: off, kernel/*: error }
`;
  expect(problemsOf(text)).toEqual([]);
  expect(problemsOf('hosts:\nrules:\ntarget:\n')).toEqual([]);
  expect(problemsOf('rules: { kernel/small-backlog: { severity: error, packets: 2000 } }')).toEqual([]);
  expect(problemsOf('hosts: { rs1: { rules: { kernel/small-backlog: off } }, rs2: { rules: } }')).toEqual([]);
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
    'rules: { kernel/small-backlog: { packet: 5 } }',
    '1:34 kernel/small-backlog has no packet: did you mean packets?',
  ],
  [
    'rules: { kernel/small-backlog: { xyz: 5 } }',
    '1:34 kernel/small-backlog has no xyz: it knows severity, packets',
  ],
  ['rules: { kernel/*: { packets: 5 } }', '1:22 kernel/* has no packets: it knows severity'],
  ['rules: { kernal/*: off }', '1:10 there is no topic kernal/*: did you mean kernel/*?'],
  [
    'rules: { kernel/small-backlog: { packets: many } }',
    '1:43 rules.kernel/small-backlog.packets is a number; not "many"',
  ],
  ['rules: { kernel/small-backlog: { packets: -1 } }', '1:43 rules.kernel/small-backlog.packets is below 0'],
  [
    'rules: { kernel/small-backlog: { severity: high } }',
    '1:44 rules.kernel/small-backlog.severity is one of off, error, warning, info; not "high"',
  ],
  [
    'rules: { kernel/small-backlog: 5 }',
    '1:32 rules.kernel/small-backlog is one of off, error, warning, info; not 5',
  ],
  [
    'hosts:\n  rs1:\n    rules: { vrrp/plaintext-pasword: off }',
    '3:14 there is no rule vrrp/plaintext-pasword: did you mean vrrp/plaintext-password?',
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

test('the published schema knows every threshold, and says of real rules what the reader says', () => {
  const published = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(SCHEMA);
  for (const { id, thresholds = {} } of rules) {
    for (const [name, { default: standard }] of Object.entries(thresholds)) {
      const { properties } = SCHEMA.definitions.rules.properties[id].then;
      expect(properties[name], `${id}: ${name}`).toMatchObject({ type: 'number', default: standard });
      const line = (said: string) => `rules: { ${id}: { ${said} } }`;
      for (const text of [
        line(`${name}: 5`),
        line(`${name}x: 5`),
        line(`${name}: five`),
        line(`${name}: -5`),
      ])
        expect(published(parse(text)), text).toBe(readSettings(text, rules).problems.length === 0);
    }
  }
});

test('the compiled check says what the published schema says', () => {
  const published = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(SCHEMA);
  for (const data of [
    {},
    { hosts: { a: { role: 'x' } } },
    { rules: { a: 'off' } },
    [],
    { target: { kernel: 5 } },
    { rules: { a: { severity: 'x' } } },
    { rules: { a: 5 } },
    { hosts: { a: { rules: { b: 'of' } } } },
  ]) {
    expect(check(data)).toBe(published(data));
    expect((check.errors ?? []).map(({ instancePath }) => instancePath)).toEqual(
      (published.errors ?? []).map(({ instancePath }) => instancePath),
    );
  }
});
