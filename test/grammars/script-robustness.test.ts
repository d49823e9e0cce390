import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readScript } from '../../grammars/script/read.ts';
import type { Source } from '../../src/evidence/source.ts';
import { commandsFrom } from '../../src/model/from-script.ts';
import { expectLinear } from '../support/cost.ts';
import { sourceOf } from '../support/source.ts';

const scriptSource = (text: string, name = 'rs.sh'): Source => sourceOf(text, 'script', { name });

/** Reads a text through to the commands, and checks that every range lies in the text. */
function readWhole(text: string) {
  const tree = readScript(scriptSource(text));
  const { commands, faults } = commandsFrom(tree);
  const ranges = [
    ...tree.statements.flatMap((statement) => [
      statement.range,
      ...statement.words.map((word) => word.range),
      ...statement.redirects.flatMap(({ target, lines = [] }) =>
        [...(target ? [target] : []), ...lines].map((word) => word.range),
      ),
    ]),
    ...[...tree.unused, ...tree.bashOnly].map((word) => word.range),
    ...faults.map((fault) => fault.at.range),
    ...commands.flatMap((command) => [command.place.range, ...command.words.map((word) => word.range)]),
  ];
  const bad = ranges.filter(({ start, end }) => start < 0 || end < start || end > text.length);
  expect(bad).toEqual([]);
  return { tree, commands };
}

const piece = fc.oneof(
  fc.constantFrom(
    ...'if;then;elif;else;fi;for;in;do;done;while;case;esac;function;{;};(;);((;));[[;]];!'.split(';'),
  ),
  fc.constantFrom(
    ';',
    ';;',
    '&&',
    '||',
    '|',
    '&',
    '\n',
    ' ',
    '\t',
    '\\',
    '\\\n',
    '\r\n',
    '#',
    '\0',
    '\ufeff',
    '\ud800',
  ),
  fc.constantFrom(
    "'",
    '"',
    '`',
    '$',
    '${',
    '$(',
    '$((',
    "$'",
    '}',
    ')',
    '))',
    '"${A[@]}"',
    '${A##*.}',
    '${A:-$B}',
    '$1',
  ),
  fc.constantFrom(
    '>',
    '>>',
    '<',
    '<<EOF',
    '<<-E',
    '<<<',
    '2>&1',
    '&>',
    '\nEOF\n',
    'A=',
    'A=(',
    'A[1]=',
    'A+=',
    'f()',
    '{1..9}',
  ),
  fc.constantFrom(
    'echo 1 > /proc/sys/net/ipv4/ip_forward',
    'ipvsadm -A -t ',
    'ip addr add ',
    'ifconfig lo:0 ',
    'sysctl -w ',
  ),
  fc.constantFrom(
    '192.0.2.1/32',
    '2001:db8::1',
    ' netmask 255.255.255.255',
    'a=b',
    ' dev lo:0',
    'shift',
    'local A=1',
    'exit',
  ),
  fc.string({ maxLength: 8 }),
);

test('no text makes the reader throw or point outside', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom('', ' ', '\n'), (pieces, glue) => {
      readWhole(pieces.join(glue));
    }),
    { numRuns: 700 },
  );
});

test('what stands before damage is kept', () => {
  const sound = '#!/bin/sh\nVIP=192.0.2.1\nip addr add $VIP/32 dev lo\n';
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const { tree, commands } = readWhole(`${sound}${pieces.join(' ')}`);
      expect(tree.statements[0]?.words.map(({ text }) => text)).toEqual(
        'ip addr add 192.0.2.1/32 dev lo'.split(' '),
      );
      expect(commands[0]?.does).toBe('add-address');
    }),
    { numRuns: 300 },
  );
});

test('a cut anywhere loses nothing that stood before its line', () => {
  const whole = `VIP="192.0.2.1"
for i in all lo; do
  echo 1 > /proc/sys/net/ipv4/conf/$i/arp_ignore
done
case "$1" in
  start) ip addr add "$VIP/32" dev lo ;;
esac
cat > /etc/sysctl.d/x.conf <<END
a.b = $VIP
END
echo after
`;
  const finished = (text: string, before: string) =>
    readWhole(text)
      .tree.statements.map(({ range }) => range)
      .filter(({ end }) => end < before.lastIndexOf('\n'));
  for (let cut = 0; cut < whole.length; cut++) {
    const text = whole.slice(0, cut);
    expect(finished(text, text), text).toEqual(finished(whole, text));
  }
});

describe('ten thousand nested blocks cost no stack', () => {
  const n = 10_000;
  test.each([
    ['if', `${'if a; then\n'.repeat(n)}ipvsadm -C\n${'fi\n'.repeat(n)}`],
    ['if whose answer is known', `${'if true; then\n'.repeat(n)}ipvsadm -C\n${'fi\n'.repeat(n)}`],
    ['while', `${'while a; do\n'.repeat(n)}ipvsadm -C\n${'done\n'.repeat(n)}`],
    ['for', `${'for i in 1; do\n'.repeat(n)}ipvsadm -C\n${'done\n'.repeat(n)}`],
    ['case', `${'case $x in a)\n'.repeat(n)}ipvsadm -C\n${';; esac\n'.repeat(n)}`],
    ['braces', `${'{ '.repeat(n)}ipvsadm -C; ${'} '.repeat(n)}`],
    ['subshells', `${'( '.repeat(n)}ipvsadm -C${' )'.repeat(n)}`],
    ['functions', `${'f() {\n'.repeat(n)}:\n${'}\n'.repeat(n)}ipvsadm -C\n`],
    ['blocks left open', `${'if a; then\n'.repeat(n)}ipvsadm -C\n`],
    ['stray ends', `${'fi\n'.repeat(n)}ipvsadm -C\n`],
    ['substitutions', `ipvsadm -C; echo ${'$('.repeat(n)}${')'.repeat(n)}`],
    ['defaults', `ipvsadm -C; echo ${'${A:-'.repeat(n)}${'}'.repeat(n)}`],
    ['variables', `${'if a; then V=1; echo ${V}\n'.repeat(n)}ipvsadm -C\n${'fi\n'.repeat(n)}`],
    ['ways of one case', `case $x in\n${'a) b;;\n'.repeat(n)}esac; ipvsadm -C\n`],
    ['ways of one if', `if a; then b\n${'elif false; then c\n'.repeat(n)}fi; ipvsadm -C\n`],
  ])('%s', (_, text) => {
    const { commands } = readWhole(text);
    expect(commands.map(({ does }) => does)).toEqual(['clear-table']);
  });
});

describe('loops and functions come to an end', () => {
  const calls = Array.from({ length: 200 }, (_, i) => `f${i}() { f${i + 1}; f${i + 1}; }`).join('\n');
  test.each([
    ['loops in loops', `${'for a in 1 2 3 4 5 6 7 8 9; do '.repeat(40)}echo $a\n${'done; '.repeat(40)}`],
    ['long loops in a long loop', 'for a in {1..1000}; do for b in {1..1000}; do echo $a$b; done; done'],
    ['functions that call the next one twice', `${calls}\nf0\n`],
    ['lists of lists', `A=(${'a '.repeat(900)})\n${'B=("${A[@]}")\necho ${B[@]}\n'.repeat(2000)}`],
    ['texts that double', `A=aaaaaaaaaaaaaaaa\n${'A="$A$A"\necho $A\n'.repeat(1000)}`],
  ])('%s', (_, text) => {
    const { tree } = readWhole(`${text}\nipvsadm -C\n`);
    expect(tree.statements.length).toBeLessThan(30_000);
    expect(tree.statements.some(({ words }) => words[0]?.text === 'ipvsadm')).toBe(true);
  });
});

describe('eight times the text costs about eight times the time', () => {
  test.each([
    ['one long word', (n: number) => `echo ${'a'.repeat(n)}`],
    ['many words', (n: number) => `echo ${'a '.repeat(n / 2)}`],
    ['open substitutions', (n: number) => `echo ${'$('.repeat(n / 2)}`],
    ['open parameters', (n: number) => `echo "${'${'.repeat(n / 2)}"`],
    ['single quotes', (n: number) => "it's\n".repeat(n / 5)],
    ['an open quote over lines', (n: number) => `echo '${'a "b\n'.repeat(n / 5)}`],
    ['backquotes and quotes', (n: number) => `echo ${'`"'.repeat(n / 2)}`],
    ['here-documents', (n: number) => 'cat <<E\nx\nE\n'.repeat(n / 12)],
    ['a line of here-documents', (n: number) => `cat ${'<<A '.repeat(n / 4)}`],
    ['arithmetic', (n: number) => '((\n'.repeat(n / 3)],
    ['tests', (n: number) => '[[ \n'.repeat(n / 4)],
    ['pipes', (n: number) => 'a | '.repeat(n / 4)],
    ['stray words', (n: number) => 'fi\n}\n'.repeat(n / 5)],
    ['assignments', (n: number) => 'A=$A\n'.repeat(n / 5)],
    ['shells in a shell', (n: number) => "sh -c 'a'\n".repeat(n / 10)],
    ['line ends of Windows', (n: number) => 'a b\r\n'.repeat(n / 5)],
    ['a long value cut', (n: number) => `A=${'ab.'.repeat(n / 3)}\necho \${A##*.}`],
    ['braces', (n: number) => `echo ${'{a,b}'.repeat(n / 5)}`],
  ])('%s', (_, textOf) => {
    expectLinear(8_000, (size) => commandsFrom(readScript(scriptSource(textOf(size)))));
  });
});

const corpus = process.env['LVSDOCTOR_CORPUS'];
const folder = corpus && join(corpus, 'scripts');

/** Lines that do something to a cluster whatever stands around them. */
const TELLING = [
  /^\s*[\w./]*ipvsadm\s+(?:-[AaCDE]\b|--set)/,
  /^[^#]*>\s*\/proc\/sys\/\S+/,
  /^\s*[\w./]*ifconfig\s+\S+:\d+\s+\S+/,
  /^\s*[\w./]*route\s+(?:add|del)\s/,
  /^\s*ip\s+(?:addr|route)\s+(?:add|del)\s/,
  /^\s*[\w./]*sysctl\s+-[wp]/,
  /^\s*[\w./]*iptables\s/,
];

test.skipIf(!folder)('the telling lines of every collected script are commands, and none is damaged', () => {
  for (const name of readdirSync(folder as string)) {
    const text = readFileSync(join(folder as string, name), 'utf8');
    const { tree, commands } = readWhole(text);
    const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
    const told = new Set(commands.map(({ place }) => lineOf(place.range.start)));
    const silent = text.split('\n').flatMap((line, index) => {
      const tells = TELLING.some((pattern) => pattern.test(line));
      return tells && !told.has(index + 1) ? [`${index + 1}: ${line}`] : [];
    });
    expect(silent, name).toEqual([]);
    const damage = tree.faults.filter(({ kind }) => kind !== 'hidden-character');
    expect(damage, name).toEqual([]);
  }
});
