import fc from 'fast-check';
import { IPVSADM_OPTIONS } from '../../grammars/ipvsadm/read.ts';
import { TABLE } from './random-table.ts';

/* Words that `ipvsadm -R` of 1.31 may refuse where they stand; none of them is a name that a resolver would be asked for. */
const NUMBERS = ['-1', '0', '+5', '65535', '65536', '2147483648', '99999999999', '1.5', '0x10', '7z', ''];
const ADDRESSES = [
  ...['192.0.2.256:80', '192.0.2.10', '192.0.2.10:', ':80', '[2001:db8::10]', '[2001:db8::10]:80', '[::1:80'],
  ...['2001:db8::10:80', '[192.0.2.10]:80', 'fe80::1%2', '192.0.2.10:65536', '0.0.0.0:80', '255.255.255.0'],
];
const NAMES = [
  'rr',
  'mh',
  'sip',
  'flag-4',
  'flag-1,sh-port',
  'mh-fallback',
  'gre',
  'gue',
  'ipip',
  '24',
  '129',
];
const SIGNS = ['--', '-', '#', '\\', '"', 'ipvsadm', '-6', '-x3', '-At', '-gw3', '--weight=', '--ipip=1'];
const OPTIONS = IPVSADM_OPTIONS.flatMap(({ name, short }) => [
  `--${name}`,
  ...(short === '' ? [] : [`-${short}`]),
]);
/** They change more than the table, or print what is no table. */
const ELSEWHERE = /daemon|^--?(?:help|version|list|[hvlL])$/;
const STRANGE = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.constantFrom(...ADDRESSES),
  fc.constantFrom(...NAMES),
  fc.constantFrom(...SIGNS),
  fc.constantFrom(...OPTIONS.filter((option) => !ELSEWHERE.test(option))),
);

type Change = (words: readonly string[], at: number, word: string) => readonly string[];

/** What is done to the words of a line, at one of them. */
const CHANGES: readonly Change[] = [
  (words, at) => words.toSpliced(at, 1),
  (words, at, word) => words.toSpliced(at, 0, word),
  (words, at, word) => words.toSpliced(at, 1, word),
  (words, at, word) => words.toSpliced(at, 1, word),
  (words, at) => words.toSpliced(at, 0, words[at] ?? ''),
  (words, at) => words.toSpliced(at, 2, words[at + 1] ?? '', words[at] ?? ''),
  (words, _, word) => [...words, word],
];

/** A saved table with a mistake in one of its lines, or with a line that is there twice, or not, or empties the table. */
export const DAMAGED_TABLE: fc.Arbitrary<string> = fc
  .tuple(TABLE, fc.nat(), fc.nat(), STRANGE, fc.nat(CHANGES.length + 2))
  .map(([table, line, at, word, change]) => {
    const lines = table.split(/\r?\n/).filter((each) => each.trim() !== '');
    const hurt = line % lines.length;
    const words = (lines[hurt] ?? '').trim().split(/\s+/);
    const changed = CHANGES[change]?.(words, at % words.length, word).join(' ');
    const others = [[], [lines[hurt] ?? '', lines[hurt] ?? ''], [lines[hurt] ?? '', '-C']];
    const instead = changed === undefined ? (others[change - CHANGES.length] ?? []) : [changed];
    return `${lines.toSpliced(hurt, 1, ...instead).join('\n')}\n`;
  });
