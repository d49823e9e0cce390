import { describe, expect, test } from 'vitest';
import { outputOf } from '../../grammars/script/read.ts';
import { said, scriptTree, standsAt, wordsOf } from '../support/script.ts';

describe('words', () => {
  test.each([
    ['echo a  b\tc', ['echo', 'a', 'b', 'c']],
    [`echo 'a b' "c d" e\\ f`, ['echo', 'a b', 'c d', 'e f']],
    [`echo a'b'"c"d`, ['echo', 'abcd']],
    [`echo "" ''`, ['echo', '', '']],
    [`echo "it's" 'say "x"'`, ['echo', "it's", 'say "x"']],
    [`echo "\\$A \\a \\"" '\\$A'`, ['echo', '$A \\a "', '\\$A']],
    [`echo $'a\\tb'`, ['echo', 'a\tb']],
    ['echo a#b # a comment', ['echo', 'a#b']],
    ['ipvsadm -A \\\n  -t 192.0.2.1:80', ['ipvsadm', '-A', '-t', '192.0.2.1:80']],
    ['echo x{1..3}y {a,b}{1,2}', ['echo', 'x1y', 'x2y', 'x3y', 'a1', 'a2', 'b1', 'b2']],
    ['echo {} {a} a{', ['echo', '{}', '{a}', 'a{']],
    ['case x in x) echo +([0-9]) ;; esac', ['echo', '+([0-9])']],
  ])('%j', (line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });

  test('operators part commands, glued or not', () => {
    expect(said('a;b&&c||d|e&f\ng')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(said('if a;then b;fi;(c;d);{ e;}')).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('keywords are words where no command begins', () => {
    expect(said('echo if then fi done { } esac for in case')).toEqual([
      'echo if then fi done { } esac for in case',
    ]);
  });

  test('a word stands where it is written, also when a variable fills it', () => {
    const { statements } = scriptTree("VIP=192.0.2.1\nip addr add $VIP/32 dev 'lo'\n");
    expect(statements[0]?.words.map((word) => standsAt(word))).toEqual([
      'ip',
      'addr',
      'add',
      '$VIP/32',
      'dev',
      "'lo'",
    ]);
    expect(standsAt(statements[0] as never)).toBe("ip addr add $VIP/32 dev 'lo'");
  });

  test('line ends of Windows do not get into words', () => {
    const tree = scriptTree('#!/bin/sh\r\nVIP=192.0.2.1\r\nif true; then\r\n  echo $VIP\r\nfi\r\n');
    expect(tree.statements.at(-1)?.words.map(({ text }) => text)).toEqual(['echo', '192.0.2.1']);
  });

  test('a byte-order mark is no part of the first word', () => {
    expect(said('\ufeffecho a')).toEqual(['echo a']);
  });
});

describe('redirections', () => {
  const redirectsOf = (line: string) =>
    scriptTree(line).statements[0]?.redirects.map(({ operator, fd, target }) => [fd, operator, target?.text]);

  test.each([
    ['echo 1 > /a', [[undefined, '>', '/a']]],
    [
      'echo "1">/a 2>&1',
      [
        [undefined, '>', '/a'],
        [2, '>&', '1'],
      ],
    ],
    ['echo 1>/a', [[1, '>', '/a']]],
    ['cmd &> /dev/null', [[undefined, '&>', '/dev/null']]],
    [
      'cmd >>"/a b" < $F',
      [
        [undefined, '>>', '/a b'],
        [undefined, '<', '$F'],
      ],
    ],
    ['> /a', [[undefined, '>', '/a']]],
    ['cat <<< word', [[undefined, '<<<', 'word']]],
  ])('%j', (line, redirects) => {
    expect(redirectsOf(line)).toEqual(redirects);
  });

  test('the last one of the standard output counts', () => {
    const [statement] = scriptTree('echo 1 > /a 2> /b > /c').statements;
    expect(outputOf(statement as never)?.target?.text).toBe('/c');
  });

  test('what stands behind a block holds for the commands in it', () => {
    const { statements } = scriptTree(
      '{ echo a; echo b > /own; } >> /file\nfor i in 1 2; do echo $i; done > /loop',
    );
    expect(statements.map((statement) => outputOf(statement)?.target?.text)).toEqual([
      '/file',
      '/own',
      '/loop',
      '/loop',
    ]);
  });

  test('a pipe brings the command before it', () => {
    const { statements } = scriptTree('echo 1 | sudo tee /a\necho 2');
    expect(statements.map(({ input }) => input?.words[1]?.text)).toEqual([undefined, '1', undefined]);
  });
});

describe('here-documents', () => {
  const linesOf = (text: string) =>
    scriptTree(text).statements[0]?.redirects.find(({ lines }) => lines !== undefined)?.lines ?? [];

  test('variables are put in, unless the end word is quoted', () => {
    expect(linesOf('A=1\ncat <<EOF\nx=$A\n\\$A `date`\nEOF\n').map(({ text }) => text)).toEqual([
      'x=1',
      '$A `date`',
    ]);
    expect(linesOf("A=1\ncat <<'EOF'\nx=$A\nEOF\n").map(({ text }) => text)).toEqual(['x=$A']);
  });

  test('lines stand where they are written', () => {
    expect(linesOf('A=1\ncat <<EOF\nx=$A\n y\nEOF\n').map((line) => standsAt(line))).toEqual(['x=$A', ' y']);
  });

  test('<<- takes tabs away, and what follows goes on', () => {
    const text = 'if true; then\n\tcat <<-E > /a\n\tx\n\tE\nfi\necho after\n';
    expect(scriptTree(text).statements.map(({ words }) => words[0]?.text)).toEqual(['true', 'cat', 'echo']);
    expect(scriptTree(text).faults).toEqual([]);
  });

  test('quotes in a body are nothing but signs', () => {
    expect(said('cat <<E\ndon\'t "\nE\necho after')).toEqual(['cat', 'echo after']);
  });

  test('two on one line, and one that never ends', () => {
    const both = scriptTree('cat <<A <<B\na\nA\nb\nB\necho after\n');
    expect(both.statements[0]?.redirects.map(({ lines }) => lines?.map(({ text }) => text))).toEqual([
      ['a'],
      ['b'],
    ]);
    expect(said('if x; then cat <<EOF\na\n EOF\nfi\n')).toEqual(['x', 'cat']);
    expect(scriptTree('if x; then cat <<EOF\na\n EOF\nfi\n').faults).toEqual([]);
  });
});
