import { describe, expect, test } from 'vitest';
import { configIdsOf, parseKeepalived, readKeepalived } from '../../grammars/keepalived/read.ts';
import { type Outline, outline, outlineOf } from '../support/outline.ts';
import { sourceOf } from '../support/source.ts';

describe('lines and braces', () => {
  test.each<[string, string, Outline[]]>([
    ['a block', 'a b {\n c 1\n d\n}', [['a b', 'c 1', 'd']]],
    ['a brace on the next line, behind comments', 'a b\n\n# c\n{\n c 1\n}', [['a b', 'c 1']]],
    ['no blank before the brace', 'a b{\nc 1}', [['a b', 'c 1']]],
    ['one line', 'a { b 1 }', [['a', 'b 1']]],
    ['nested on one line', 'a { b { c 1 } }', [['a', ['b', 'c 1']]]],
    ['two closing braces on a line', 'a { b {\nc } }\nd', [['a', ['b', 'c']], 'd']],
    ['a statement behind a closing brace', 'a { b } c 1', [['a', 'b'], 'c 1']],
    ['an empty block', 'a {\n}', [['a']]],
    ['CRLF', 'a {\r\n b 1\r\n}\r\n', [['a', 'b 1']]],
    ['no newline at the end', 'a 1', ['a 1']],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => expect(outlineOf(text)).toEqual({ outline: expected, faults: [] }));
});

describe('comments and quotes', () => {
  test.each<[string, string, Outline[]]>([
    ['# anywhere', 'a 1 # b\n# c\nd', ['a 1', 'd']],
    ['! inside a word', 'auth_pass pa!ss', ['auth_pass pa']],
    ['quotes keep signs, blanks and braces', 'a "b # ! { } c" d', ['a b # ! { } c d']],
    ['braces in a comment', 'a { # }\n b\n}', [['a', 'b']]],
    ['a quote in a comment', '# it is "open\na 1', ['a 1']],
    ['quoted words count as one', 'script "/bin/x -y z"', ['script /bin/x -y z']],
  ])('%s', (_, text, expected) => expect(outlineOf(text)).toEqual({ outline: expected, faults: [] }));
});

describe('faults keep what stands around them', () => {
  test.each<[string, string, Outline[], [string, string][]]>([
    [
      'a missing brace, told by indentation',
      'a {\n  b {\n    c 1\n  d {\n    e 1\n  }\n}\nvirtual_server x 80 {\n  f 1\n}\n',
      [
        ['a', ['b', 'c 1'], ['d', 'e 1']],
        ['virtual_server x 80', 'f 1'],
      ],
      [['unbalanced-braces', 'b']],
    ],
    ['a missing brace at the end', 'a {\n  b 1\n', [['a', 'b 1']], [['unbalanced-braces', 'a']]],
    ['a stray closing brace', 'a {\n b\n}\n}\nc 1', [['a', 'b'], 'c 1'], [['unbalanced-braces', '}']]],
    [
      'an opening brace without a keyword',
      'a {\n {\n b 1\n }\n}',
      [['a', 'b 1']],
      [['unbalanced-braces', '{']],
    ],
    [
      'an opening brace without a keyword that is never closed',
      'a {\n {\n b 1\n',
      [['a', 'b 1']],
      [
        ['unbalanced-braces', '{'],
        ['unbalanced-braces', 'a'],
      ],
    ],
    ['nothing but an opening brace', '{\nb 1\n', ['b 1'], [['unbalanced-braces', '{']]],
    ['an unclosed quote', 'a {\n b "c d\n e 1\n}', [['a', 'b c d', 'e 1']], [['unclosed-quote', '"']]],
    [
      'an unclosed quote that begins a line',
      'a 1\n"b c\nd 1',
      ['a 1', 'b c', 'd 1'],
      [['unclosed-quote', '"']],
    ],
    [
      'foreign comments',
      '// a {\n; b\na 1\n/* c\n d */\ne 1',
      ['a 1', 'e 1'],
      [
        ['foreign-comment', '//'],
        ['foreign-comment', ';'],
        ['foreign-comment', '/*'],
      ],
    ],
    ['a byte-order mark', '\ufeffa 1', ['a 1'], [['hidden-character', '\ufeff']]],
    ['a no-break space, once', 'a\u00a01\nb\u00a02', ['a 1', 'b 2'], [['hidden-character', '\u00a0']]],
    ['hidden signs in comments are harmless', '# \u00a0 \u201c\na 1', ['a 1'], []],
  ])('%s', (_, text, expected, faults) => expect(outlineOf(text)).toEqual({ outline: expected, faults }));
});

describe('definitions, sequences, conditions', () => {
  test.each<[string, string, Outline[]]>([
    [
      '$NAME before a blank, ${NAME} anywhere',
      '$N=7\na $N\nb ${N}/24\nc $N/24',
      ['a 7', 'b 7/24', 'c $N/24'],
    ],
    ['quotes and comments belong to the definition', '$N="7 8" # x\na $N', ['a 7 8']],
    ['a definition that names a later one', '$A=${B}\n$B=1\na $A', ['a 1']],
    ['an unknown name stays', 'a ${B} $C', ['a ${B} $C']],
    [
      'several lines',
      '$I= \\\nx ${N} { \\\n y ${N} \\\n}\n$N=1\n$I\n$N=2\n$I',
      [
        ['x 1', 'y 1'],
        ['x 2', 'y 2'],
      ],
    ],
    ['a sequence', '~SEQ(X,1,3) a.${X}', ['a.1', 'a.2', 'a.3']],
    ['a sequence with a step', '~SEQ(X,100,2,104) a $X', ['a 100', 'a 102', 'a 104']],
    ['a sequence that counts down', '~SEQ(X,2,1) a $X', ['a 2', 'a 1']],
    ['a hexadecimal sequence', '~SEQx(X,9,11) a $X', ['a 9', 'a a', 'a b']],
    ['pairs', '~LST({A,B},{1,x},{2,y}) ${A}${B}', ['1x', '2y']],
    ['two sequences', '~SEQ(A,2) ~SEQ(B,2) ${A}.${B}', ['1.1', '1.2', '2.1', '2.2']],
  ])('%s', (_, text, expected) => expect(outlineOf(text).outline).toEqual(expected));

  test('a loop of definitions ends', () => {
    expect(outlineOf('$A=$B\n$B=$A\na $A').outline).toHaveLength(1);
    const doubling = Array.from(
      { length: 40 },
      (_, index) => `$V${index}=\${V${index + 1}}\${V${index + 1}}`,
    ).join('\n');
    expect(outlineOf(`${doubling}\na \${V0}`).outline).toHaveLength(1);
  });

  test('a sequence behind a sequence that is none brings one fault', () => {
    expect(outlineOf('~SEQ(X,1,3) ~SEQ(Y) a $X').faults).toEqual([['malformed-value', '~SEQ(Y) a $X']]);
  });

  test('a definition may be set between the rounds of a sequence', () => {
    expect(outlineOf('$A= \\\n$B=${X} \\\na $B\n~SEQ(X,1,2) ${A}').outline).toEqual(['a 1', 'a 2']);
  });

  test.each([
    ['lines', '~SEQ(X,1,60000) a $X\n'.repeat(20)],
    ['signs', `$A=${'x'.repeat(1000)}\n$B=${'$A '.repeat(900)}\n${'a $B\n'.repeat(100)}`],
  ])('what comes to more %s than anybody could read is cut, and said to be', (_, text) => {
    const { statements, partial } = parseKeepalived(sourceOf(text));
    expect(statements.length).toBeGreaterThan(10);
    expect(partial).toBe('its definitions and sequences come to more lines than anybody could read');
  });

  test('a line for another node is not read, its braces neither', () => {
    const text = '@one a 1\n@^one b 1\n@two c { }\nd\n';
    expect(outlineOf(text, 'one').outline).toEqual(['a 1', 'd']);
    expect(outlineOf(text, 'two').outline).toEqual(['b 1', ['c'], 'd']);
    expect(outlineOf(text).outline).toEqual(['b 1', 'd']);
    expect(configIdsOf(sourceOf(text))).toEqual(['one', 'two']);
  });

  test('conditions may be indented, and stand in definitions', () => {
    expect(outlineOf(' @one a 1\n\t@^one b 1\n', 'one').outline).toEqual(['a 1']);
    expect(outlineOf('$D= \\\n@one a 1 \\\n@two b 1 \\\n c 1\n$D\n', 'one').outline).toEqual(['a 1', 'c 1']);
  });

  test('a word stands where its definition is used', () => {
    const text = '$N=192.0.2.1\na b ${N}/24 c\n';
    const [statement] = parseKeepalived(sourceOf(text)).statements;
    const places = statement?.words.map(({ range }) => text.slice(range.start, range.end));
    expect(places).toEqual(['a', 'b', '${N}/24', 'c']);
  });
});

describe('several statements on a line', () => {
  const lines = (text: string) => outline(readKeepalived(sourceOf(text)).statements);

  test('are reported once and read on as they were meant', () => {
    const text =
      'virtual_server 192.0.2.1 80 {\nreal_server 192.0.2.2 80 { weight 1 TCP_CHECK { connect_timeout 5 connect_port 80 } }\n}\n';
    const faults = readKeepalived(sourceOf(text)).faults;
    expect(faults.map(({ kind }) => kind)).toEqual(['several-keywords-on-one-line']);
    expect(lines(text)).toEqual([
      [
        'virtual_server 192.0.2.1 80',
        ['real_server 192.0.2.2 80', 'weight 1', ['TCP_CHECK', 'connect_timeout 5', 'connect_port 80']],
      ],
    ]);
  });

  test('the words stay where they stand', () => {
    const text = 'vrrp_instance V {\n virtual_router_id 51 priority 150\n}\n';
    const inside = readKeepalived(sourceOf(text)).statements[0]?.block ?? [];
    expect(inside.map(({ range }) => text.slice(range.start, range.end))).toEqual([
      'virtual_router_id 51',
      'priority 150',
    ]);
  });
});
