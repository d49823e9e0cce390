import type { IToken } from 'chevrotain';
import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf } from '../tree.ts';

/** Signs that look like white space, a quote or a dash and are letters to a shell. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['\u00a0', 'a no-break space'],
  ['\u200b', 'a zero-width space'],
  ['\u200e', 'a direction mark'],
  ['\u200f', 'a direction mark'],
  ['\u0000', 'a NUL byte'],
  ['\ufffd', 'a byte that is not UTF-8'],
  ['\u2018', 'a typographic quote'],
  ['\u2019', 'a typographic quote'],
  ['\u201c', 'a typographic quote'],
  ['\u201d', 'a typographic quote'],
]);

const SIGN = new RegExp(`[${[...SIGNS.keys()].join('')}]`);
const LONG_DASH = /^[\u2010-\u2015\u2212]/;

/** Signs in unquoted words that nobody sees and that the shell takes as part of the word; each kind once. */
export function hiddenCharacters(source: Source, words: readonly IToken[], isWhole: boolean): Fault[] {
  const faults = new Map<string, Fault>();
  const carriageReturn = !isWhole ? null : /^[^#\r\n][^\r\n]*(\r)\n/m.exec(source.text);
  if (carriageReturn !== null) {
    const at = carriageReturn.index + carriageReturn[0].length - 2;
    const message = 'lines end in a carriage return (U+000D), which the shell takes as part of the last word';
    faults.set(
      '\r',
      hidden(source, at, message, "Convert the file to Unix line ends: sed -i 's/\\r$//' FILE."),
    );
  }
  for (const { image, startOffset } of words) {
    const sign = SIGN.exec(image)?.[0] ?? LONG_DASH.exec(image)?.[0];
    if (sign === undefined || faults.has(sign)) continue;
    // Inside quotes it is a sign like any other.
    const at = image.replaceAll(/"[^"]*"|'[^']*'/g, (quoted) => ' '.repeat(quoted.length)).indexOf(sign);
    if (at === -1) continue;
    const name = SIGNS.get(sign) ?? 'a dash that is not the option sign';
    const code = sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    faults.set(
      sign,
      hidden(
        source,
        startOffset + at,
        `${name} (U+${code}) is part of a word here`,
        'Replace it by its plain ASCII counterpart, or delete it.',
      ),
    );
  }
  return [...faults.values()];
}

function hidden(source: Source, at: number, message: string, remedy: string): Fault {
  return { kind: 'hidden-character', message, remedy, severity: 'error', at: placeOf(source, at, at + 1) };
}
