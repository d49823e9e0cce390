import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  configIdsOf,
  type KeepalivedStatement,
  parseKeepalived,
  readKeepalived,
} from '../../grammars/keepalived/read.ts';
import type { Source } from '../../src/evidence/source.ts';
import { expectLinear } from '../support/cost.ts';
import { sourceOf } from '../support/source.ts';

type Outline = string | [string, ...Outline[]];

/** Statements as nested lists of words: what a reader sees in the file. */
function outline(statements: readonly KeepalivedStatement[]): Outline[] {
  return statements.map(({ shape, block }) => {
    const words = shape.words.join(' ');
    return block === undefined ? words : [words, ...outline(block)];
  });
}

function read(text: string, configId?: string) {
  const { statements, faults } = parseKeepalived(sourceOf(text), configId);
  return {
    outline: outline(statements),
    faults: faults.map(({ kind, at }) => [kind, text.slice(at.range.start, at.range.end)]),
  };
}

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
  ])('%s', (_, text, expected) => expect(read(text)).toEqual({ outline: expected, faults: [] }));
});

describe('comments and quotes', () => {
  test.each<[string, string, Outline[]]>([
    ['# anywhere', 'a 1 # b\n# c\nd', ['a 1', 'd']],
    ['! inside a word', 'auth_pass pa!ss', ['auth_pass pa']],
    ['quotes keep signs, blanks and braces', 'a "b # ! { } c" d', ['a b # ! { } c d']],
    ['braces in a comment', 'a { # }\n b\n}', [['a', 'b']]],
    ['a quote in a comment', '# it is "open\na 1', ['a 1']],
    ['quoted words count as one', 'script "/bin/x -y z"', ['script /bin/x -y z']],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual({ outline: expected, faults: [] }));
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
  ])('%s', (_, text, expected, faults) => expect(read(text)).toEqual({ outline: expected, faults }));
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
  ])('%s', (_, text, expected) => expect(read(text).outline).toEqual(expected));

  test('a loop of definitions ends', () => {
    expect(read('$A=$B\n$B=$A\na $A').outline).toHaveLength(1);
    const doubling = Array.from(
      { length: 40 },
      (_, index) => `$V${index}=\${V${index + 1}}\${V${index + 1}}`,
    ).join('\n');
    expect(read(`${doubling}\na \${V0}`).outline).toHaveLength(1);
  });

  test('a sequence behind a sequence that is none brings one fault', () => {
    expect(read('~SEQ(X,1,3) ~SEQ(Y) a $X').faults).toEqual([['malformed-value', '~SEQ(Y) a $X']]);
  });

  test('a definition may be set between the rounds of a sequence', () => {
    expect(read('$A= \\\n$B=${X} \\\na $B\n~SEQ(X,1,2) ${A}').outline).toEqual(['a 1', 'a 2']);
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
    expect(read(text, 'one').outline).toEqual(['a 1', 'd']);
    expect(read(text, 'two').outline).toEqual(['b 1', ['c'], 'd']);
    expect(read(text).outline).toEqual(['b 1', 'd']);
    expect(configIdsOf(sourceOf(text))).toEqual(['one', 'two']);
  });

  test('conditions may be indented, and stand in definitions', () => {
    expect(read(' @one a 1\n\t@^one b 1\n', 'one').outline).toEqual(['a 1']);
    expect(read('$D= \\\n@one a 1 \\\n@two b 1 \\\n c 1\n$D\n', 'one').outline).toEqual(['a 1', 'c 1']);
  });

  test('a word stands where its definition is used', () => {
    const text = '$N=192.0.2.1\na b ${N}/24 c\n';
    const [statement] = parseKeepalived(sourceOf(text)).statements;
    const places = statement?.words.map(({ range }) => text.slice(range.start, range.end));
    expect(places).toEqual(['a', 'b', '${N}/24', 'c']);
  });
});

describe('includes', () => {
  const including = (text: string, includes: Source['includes']) =>
    parseKeepalived(sourceOf(text, 'keepalived.conf', includes === undefined ? {} : { includes }));

  test('what is included stands in its own file', () => {
    const part = sourceOf('b 1\n', 'keepalived.conf', { name: 'part.conf' });
    const { statements, faults, partial } = including(
      'a {\n include *.conf\n}\n',
      new Map([['*.conf', { sources: [part] }]]),
    );
    expect(outline(statements)).toEqual([['a', 'b 1']]);
    expect(statements[0]?.block?.[0]?.place.source.name).toBe('part.conf');
    expect([faults, partial]).toEqual([[], undefined]);
  });

  test('a missing file is a fault at its name, and makes the rest partial', () => {
    const { faults, partial } = including(
      'include gone.conf\na 1',
      new Map([['gone.conf', { sources: [], why: 'it does not exist' }]]),
    );
    expect(faults.map(({ kind, message }) => [kind, message])).toEqual([
      ['missing-include', 'include gone.conf: it does not exist'],
    ]);
    expect(partial).toContain('gone.conf');
  });

  test('where nobody looked there is no fault, only a gap', () => {
    const { faults, partial } = including('include x.conf', undefined);
    expect(faults).toEqual([]);
    expect(partial).toContain('x.conf');
  });

  test('a name that hangs on the node, and that nobody looked for, is a gap and no fault', () => {
    const { faults, partial } = including('include ${NODE}.conf', new Map());
    expect(faults).toEqual([]);
    expect(partial).toContain('${NODE}.conf');
  });

  test('each file has a folder of its own', () => {
    const part = sourceOf('a ${_PWD}\n', 'keepalived.conf', { name: 'lb1/parts/part.conf' });
    const main = sourceOf('include p\na ${_PWD}\n', 'keepalived.conf', {
      name: 'lb1/keepalived.conf',
      includes: new Map([['p', { sources: [part] }]]),
    });
    expect(outline(parseKeepalived(main).statements)).toEqual(['a lb1/parts', 'a lb1']);
  });

  test('a brace of an included file, or of a definition, says nothing of the indentation around it', () => {
    const part = sourceOf('\n\n}\n', 'keepalived.conf', { name: 'part.conf' });
    const { statements, faults } = including(
      '$END=}\na {\n  b {\n    c 1\ninclude p\n  d {\n    e 1\n${END}\n',
      new Map([['p', { sources: [part] }]]),
    );
    expect(outline(statements)).toEqual([['a', ['b', 'c 1'], ['d', 'e 1']]]);
    expect(faults.map(({ kind }) => kind)).toEqual(['unbalanced-braces']);
  });

  test('a circle ends', () => {
    const circle = sourceOf('include me\na 1') as { includes?: Source['includes'] } & Source;
    Object.assign(circle, { includes: new Map([['me', { sources: [circle] }]]) });
    expect(outline(parseKeepalived(circle).statements).every((line) => line === 'a 1')).toBe(true);
  });
});

describe('any input', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '"',
    '#',
    '!',
    '\n',
    ' ',
    '\t',
    '$A=',
    '$A',
    '${A}',
    '~SEQ(X,1,3)',
    '@x ',
    'include ',
    '//',
    '\\\n',
    'vrrp_instance V',
    '\u00a0',
    '\ufeff',
    '\0',
    'a',
    '1',
  );

  test('is read without a throw, and every place lies in the text', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const { statements, faults } = parseKeepalived(sourceOf(text), 'x');
        const places = [...faults.map(({ at }) => at.range)];
        const pending = [...statements];
        for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
          places.push(next.range, ...next.words.map(({ range }) => range));
          pending.push(...(next.block ?? []));
        }
        for (const { start, end } of places)
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('what stands before a cut is not lost', () => {
    const text =
      'global_defs {\n  a 1\n}\nvrrp_instance V {\n  b 2\n  virtual_ipaddress {\n    c\n  }\n}\nvirtual_server x 1 {\n  d 3\n}\n';
    const whole = ['a 1', 'b 2', 'c', 'd 3'];
    for (let cut = 0; cut <= text.length; cut++) {
      const words = JSON.stringify(read(text.slice(0, cut)).outline);
      for (const line of whole) if (text.indexOf(line) + line.length <= cut) expect(words).toContain(line);
    }
  });

  test('10,000 nested blocks and a line of 200 KB', () => {
    const tree = (text: string) => parseKeepalived(sourceOf(text));
    expect(tree(`${'a {\n'.repeat(10_000)}${'}\n'.repeat(10_000)}`).faults).toEqual([]);
    expect(tree('a {'.repeat(10_000)).faults).toHaveLength(1);
    expect(tree(`a ${'b '.repeat(100_000)}`).statements).toHaveLength(1);
  });
});

describe('the cost grows with the length of the text, not faster', () => {
  test.each<[string, (size: number) => string]>([
    ['braces without a keyword', (n) => `${'{'.repeat(n)}\n${'a 1\n'.repeat(n)}${'}'.repeat(n)}`],
    ['blocks on one line that lacks a brace', (n) => `z {${'a { b } '.repeat(n)}`],
    ['names of definitions that never end', (n) => `a ${'${X '.repeat(2 * n)}`],
    ['blanks in a path', (n) => `include a${' '.repeat(5 * n)}b`],
    ['comments that never end', (n) => '/* x\n'.repeat(n)],
    ['quotes that never end', (n) => '"a\n'.repeat(n)],
    [
      'definitions beside sequences',
      (n) => `${'$A=1\n'.repeat(n)}${'~SEQ(X,9) ~SEQ(Y,9) a\n'.repeat(n / 100)}`,
    ],
    ['crowded lines', (n) => `virtual_server 192.0.2.1 80 {\n${'delay_loop 1 retry 1\n'.repeat(n)}}\n`],
  ])('%s', (_, text) => {
    expectLinear(3000, (size) => void readKeepalived(sourceOf(text(size))));
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
