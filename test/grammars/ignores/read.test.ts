import { expect, test } from 'vitest';
import { readIgnores } from '../../../grammars/ignores/read.ts';
import type { Format } from '../../../src/evidence/source.ts';
import { sourceOf } from '../../support/source.ts';

/** What each ignore of a text says: rules, reason, the text that it covers. */
function ignoresOf(text: string, format: Format = 'keepalived.conf') {
  return readIgnores(sourceOf(text, format)).map(({ names, reason, covers }) => [
    names.map((name) => name.text).join(' '),
    reason,
    covers && text.slice(covers.start, covers.end),
  ]);
}

const covered = (text: string, format?: Format) => ignoresOf(text, format).map(([, , text]) => text);

test.each([
  ['# lvsdoctor ignore a/b: why', 'a/b', 'why'],
  ['#lvsdoctor  ignore a/b :why: so', 'a/b', 'why: so'],
  ['!! lvsdoctor ignore a/b, c/d,e/f: why ', 'a/b c/d e/f', 'why'],
  ['# lvsdoctor ignore a/b c/d: why', 'a/b c/d', 'why'],
  ['# lvsdoctor ignore a/b because we can', 'a/b', ''],
  ['# lvsdoctor ignore a/b:', 'a/b', ''],
  ['# lvsdoctor ignore a/b', 'a/b', ''],
  ['# lvsdoctor ignore: why', '', 'why'],
  ['# lvsdoctor ignore', '', ''],
  ['# lvsdoctor ignore a/b: why\r', 'a/b', 'why'],
])('%j', (comment, names, reason) => {
  expect(ignoresOf(`${comment}\nvrrp_version 3\n`).map((said) => said.slice(0, 2))).toEqual([
    [names, reason],
  ]);
});

test.each([
  '# lvsdoctor says nothing here',
  '# lvsdoctor ignores this',
  '# lvsdoctor ignore-all',
  '# as lvsdoctor ignore a/b: shows',
  'a "# lvsdoctor ignore a/b: why"',
  'auth_pass x#lvsdoctor ignore a/b: it is a part of the word for whoever wrote it',
  'notify "/x.sh # lvsdoctor ignore a/b: why',
])('nothing is ignored by %s', (line) => {
  expect(ignoresOf(`${line}\n`)).toEqual([]);
});

test('a comment above a line covers it, with its block', () => {
  const ignore = '# lvsdoctor ignore a/b: why\n';
  expect(covered(`${ignore}\n# another\n  priority 100 # high\nstate MASTER\n`)).toEqual(['priority 100']);
  expect(covered(`${ignore}vrrp_instance A {\n  x {\n  }\n}\nb 1\n`)).toEqual([
    'vrrp_instance A {\n  x {\n  }\n}',
  ]);
  expect(covered(`${ignore}vrrp_instance A\n{\n  x 1\n}\n`)).toEqual(['vrrp_instance A\n{\n  x 1\n}']);
  expect(covered(`${ignore}${ignore}a 1\nb 1\n`)).toEqual(['a 1', 'a 1']);
});

test('a comment at the head of a block covers the block', () => {
  const ignore = '# lvsdoctor ignore a/b: why';
  const block = (inside: string) => `vrrp_instance A {${inside}\n  y 1\n}`;
  for (const inside of [` ${ignore}`, `${ignore}`, `\n  ${ignore}`, `\n\n  # word\n  ${ignore}`])
    expect(covered(`x 1\n${block(inside)}\nz 1\n`)).toEqual([block(inside)]);
});

test('a comment behind a line covers that line', () => {
  const ignore = '# lvsdoctor ignore a/b: why';
  expect(covered(`a {\n  x 1 ${ignore}\n  y 1\n}\n`)).toEqual(['x 1 ']);
  expect(covered(`a {\n  track { x } ${ignore}\n  y 1\n}\n`)).toEqual(['track { x } ']);
  expect(covered(`a ${ignore}\n{\n  y 1\n}\n`)).toEqual([`a ${ignore}\n{\n  y 1\n}`]);
});

test('a comment with nothing behind it in its block covers nothing', () => {
  const ignore = '# lvsdoctor ignore a/b: why';
  expect(covered(`a {\n  x 1\n  ${ignore}\n}\nb 1\n`)).toEqual([undefined]);
  expect(covered(`a 1\n${ignore}`)).toEqual([undefined]);
});

test('of a block that is never closed only the head is covered', () => {
  expect(covered('# lvsdoctor ignore a/b: why\na {\n  x 1\n')).toEqual(['a']);
});

test('one statement a line', () => {
  const ignore = 'lvsdoctor ignore a/b: why';
  expect(covered(`; ${ignore}\n\n# x\nnet.a = 1 # ${ignore}\nnet.b = 1\n`, 'sysctl')).toEqual([
    `net.a = 1 # ${ignore}`,
  ]);
  expect(covered(`# ${ignore}\n-A -t 192.0.2.1:80\n # ${ignore}\n`, 'ipvsadm-save')).toEqual([
    '-A -t 192.0.2.1:80',
  ]);
  expect(covered(`  # ${ignore}\r\nserver a\r\n`, 'haproxy.cfg')).toEqual(['server a']);
});

test('what programs print holds none', () => {
  expect(covered('# lvsdoctor ignore a/b: why\n[]\n', 'ip-address')).toEqual([]);
});

const SCRIPT = '# lvsdoctor ignore a/b: why';

test.each([
  ['above a command', `${SCRIPT}\n\nip a \\\n  b\nip c\n`, 'ip a \\\n  b'],
  ['behind a command', `ip a ${SCRIPT}\nip c\n`, 'ip a'],
  ['behind two on a line', `ip z\nip a; ip b ${SCRIPT}\nip c\n`, 'ip a; ip b'],
  ['above a block', `${SCRIPT}\nif a; then\n  b\nelse\n  c\nfi\nd\n`, 'if a; then\n  b\nelse\n  c\nfi'],
  [
    'at the head of a block',
    `x\nfor i in a b; do\n  ${SCRIPT}\n  b\n  c\ndone\nd\n`,
    `for i in a b; do\n  ${SCRIPT}\n  b\n  c\ndone`,
  ],
  ['behind the head of a block', `start() { ${SCRIPT}\n  b\n}\nd\n`, `start() { ${SCRIPT}\n  b\n}`],
  ['in a block', `start() {\n  a\n  ${SCRIPT}\n  b\n  c\n}\nd\n`, 'b'],
  ['in an arm', `case $1 in\n  start)\n    ${SCRIPT}\n    b\n    ;;\n  stop)\n    c\n    ;;\nesac\n`, 'b'],
  ['above commands that hang together', `${SCRIPT}\na ||\n  b\nc\n`, 'a ||\n  b'],
  ['above a here-document', `${SCRIPT}\ncat > x <<EOF\na = 1\nEOF\nc\n`, 'cat > x <<EOF\na = 1\nEOF\n'],
  ['with nothing behind it', `a\n${SCRIPT}\n`, undefined],
  ['at the end of a block', `if a; then\n  b\n  ${SCRIPT}\nfi\nc\n`, undefined],
])('in a script, %s', (_, text, expected) => {
  expect(covered(text, 'script')).toEqual([expected]);
});

test.each([
  `echo "${SCRIPT}"\n`,
  `echo 'x\n${SCRIPT}\n'\n`,
  `cat <<EOF\n${SCRIPT}\nEOF\n`,
  `echo x${SCRIPT}\n`,
])('in a script, nothing is ignored by %j', (text) => {
  expect(covered(text, 'script')).toEqual([]);
});

test('a comment that goes takes its line with it, or the blanks before it', () => {
  const left = (text: string) => {
    const [ignore] = readIgnores(sourceOf(text));
    const { start, end } = ignore?.removable ?? { start: 0, end: 0 };
    return text.slice(0, start) + text.slice(end);
  };
  expect(left('a 1\n  # lvsdoctor ignore a/b: why\r\nb 1\n')).toBe('a 1\nb 1\n');
  expect(left('a 1\n# lvsdoctor ignore a/b: why')).toBe('a 1\n');
  expect(left('a 1 \t# lvsdoctor ignore a/b: why\r\nb 1\n')).toBe('a 1\r\nb 1\n');
});
