import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IPVSADM_OPTIONS, readIpvsadm } from '../../grammars/ipvsadm/read.ts';
import { sourceOf } from '../support/source.ts';

const savedTable = (text: string) => sourceOf(text, 'ipvsadm-save');

function wordsOf(text: string): string[][] {
  return readIpvsadm(savedTable(text)).statements.map((line) => line.words.map((word) => word.text));
}

describe('lines and words', () => {
  test('a line is a command, blanks part its words, blank lines count for nothing', () => {
    expect(wordsOf('-A  -t\t203.0.113.5:25 \n\n \t\r\n-C\r\n')).toEqual([
      ['-A', '-t', '203.0.113.5:25'],
      ['-C'],
    ]);
  });

  test('only # in the first column is a comment', () => {
    const text = '# ours\n#-C\n-A -t 203.0.113.5:25\n';
    const tree = readIpvsadm(savedTable(text));
    expect(tree.statements).toHaveLength(1);
    expect(tree.faults).toEqual([]);
  });

  test('the word ipvsadm is passed over wherever it stands', () => {
    expect(wordsOf('ipvsadm\nipvsadm -A -t ipvsadm 203.0.113.5:25')).toEqual([
      ['-A', '-t', '203.0.113.5:25'],
    ]);
  });

  test('statements and words know where they stand', () => {
    const source = savedTable('# first\n  -A -t 203.0.113.5:25 -s rr \n');
    const [statement] = readIpvsadm(source).statements;
    const cut = (range = { start: 0, end: 0 }): string => source.text.slice(range.start, range.end);
    expect(cut(statement?.range)).toBe('-A -t 203.0.113.5:25 -s rr');
    expect(statement?.words.map((word) => cut(word.range))).toEqual(
      statement?.words.map((word) => word.text),
    );
    expect(statement?.words[2]?.place.source).toBe(source);
  });

  test('a text without a line is an empty table', () => {
    for (const text of ['', '\n', '#', '\r\n\r\n', '   ']) {
      expect(readIpvsadm(savedTable(text))).toMatchObject({ statements: [], faults: [] });
    }
  });
});

describe('what the program would not load', () => {
  test('a refused line takes the lines below with it, and they are read all the same', () => {
    const tree = readIpvsadm(
      savedTable(
        '-A -t 203.0.113.5:25\n-a -t 203.0.113.5:25 -r 10.8.0.1:25 -w x\n-C\n-A -t 203.0.113.6:25\n',
      ),
    );
    expect(tree.statements.map((line) => line.reading.command?.action)).toEqual([
      'add-service',
      'add-server',
      'clear',
      'add-service',
    ]);
    expect(tree.faults.map((fault) => [fault.kind, fault.message])).toEqual([
      [
        'refused-command',
        'ipvsadm refuses -w x: not a weight from 0 to 2147483647; it stops here and loads none of the 2 lines below',
      ],
    ]);
  });

  test.each(['-A -t 203.0.113.5:25 -O', '-A -t 203.0.113.5:25 -w', '-A -t 203.0.113.5:25 --ops=1'])(
    'popt refuses %j, and ipvsadm goes on behind it',
    (line) => {
      const { statements, faults } = readIpvsadm(savedTable(`${line}\n-A -t 203.0.113.6:25 x\n-C\n`));
      expect(statements.map(({ reading }) => reading.passedOver)).toEqual([true, undefined, undefined]);
      expect(faults.map((fault) => fault.message.includes('stops here'))).toEqual([false, true]);
    },
  );

  test('only the first refused line stops the program', () => {
    const { faults } = readIpvsadm(savedTable('-A\n-B\n-A -t 203.0.113.5:25 -O\n'));
    expect(faults.map((fault) => fault.message.includes('stops here'))).toEqual([true, false, false]);
    expect(faults[2]?.remedy).toBe('One-packet scheduling is -o or --ops.');
  });

  test.each([
    ['  # note\n-C', 'a line begins with a command'],
    ['-A -t 203.0.113.5:25 # note', 'unexpected argument'],
    ['-A -t 203.0.113.5:25 -s rr \\', 'unexpected argument'],
    ['/sbin/ipvsadm -C', 'unexpected argument'],
    ['-R', '-R (restore) in a table that it restores'],
  ])('%j is not what a shell would make of it', (text, reason) => {
    expect(readIpvsadm(savedTable(text)).faults[0]?.message).toContain(reason);
  });

  test.each(['\u00a0', '\ufeff', '\u200b'])('one fault for the invisible character %j', (sign) => {
    const tree = readIpvsadm(savedTable(`${sign}-A -t 203.0.113.5:25${sign}-s rr\n`));
    expect(tree.faults.map((fault) => [fault.kind, fault.at.range])).toEqual([
      ['hidden-character', { start: 0, end: 1 }],
    ]);
    expect(tree.statements[0]?.reading.command?.scheduler?.value).toBe('rr');
  });
});

test('every option has one state, and no letter or name stands for two', () => {
  const letters = IPVSADM_OPTIONS.map((option) => option.short).filter((letter) => letter !== '');
  expect(new Set(letters).size).toBe(letters.length);
  const names = IPVSADM_OPTIONS.filter((option) => option.short !== 'l').map((option) => option.name);
  expect(new Set(names).size).toBe(names.length);
});

const piece = fc.oneof(
  fc.constantFrom(...IPVSADM_OPTIONS.flatMap(({ name, short }) => [`--${name}`, `-${short}`, `--${name}=`])),
  fc.constantFrom(
    '203.0.113.5:25',
    '[2001:db8::5]:25',
    ':',
    '[',
    ']',
    '=',
    ',',
    '-',
    '--',
    '#',
    '\\',
    '"',
    '7',
    'rr',
  ),
  fc.constantFrom(' ', ' ', ' ', '\t', '\n', '\n', '\r\n', '\u00a0', '\0'),
  fc.string({ unit: 'binary', maxLength: 5 }),
);

test('no text makes the reader throw, and every place lies in the text', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
      (text) => {
        const tree = readIpvsadm(savedTable(text));
        const ranges = [
          ...tree.faults.map((fault) => fault.at.range),
          ...tree.statements.flatMap((line) => [line.range, ...line.words.map((word) => word.range)]),
        ];
        for (const { start, end } of ranges) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
        for (const fault of tree.faults) expect(fault.message).toMatch(/^[^\n]+[^.\n]$/);
      },
    ),
    { numRuns: 500 },
  );
});

test('a huge line costs no more than its length', () => {
  const huge = ['[', ':', '1.', 'a-', ',', 'g', '-x ', '--sort '].map(
    (part) => `-A -t ${part.repeat(50_000)}\n`,
  );
  expect(readIpvsadm(savedTable(huge.join(''))).statements).toHaveLength(8);
});

const corpus = process.env['LVSDOCTOR_CORPUS'];

describe.skipIf(corpus === undefined)('the corpus (set LVSDOCTOR_CORPUS to its folder)', () => {
  const folder = join(corpus ?? '.', 'ipvsadm');
  const files = corpus === undefined ? [] : readdirSync(folder);

  test.each(files)('%s is read, and nothing in it is refused', (file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const tree = readIpvsadm(savedTable(text));
    expect(tree.faults).toEqual([]);
    const written = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
    expect(tree.statements).toHaveLength(written.length);
    for (const line of tree.statements) expect(line.reading.command?.service).toBeDefined();
  });
});
