/** The kernel copies a number into a buffer of 22 bytes and refuses what fills it. */
const LONGEST = 20;
const NUMBER = /^[ \t\n\v\f\r]*(-?)(0[xX][\da-fA-F]+|0[0-7]*|[1-9]\d*)(?=[ \t\n]|$)/;

/**
 * The number that the kernel makes of a text, undefined where it refuses the text (`proc_get_long` in kernel/sysctl.c):
 * a leading 0 is octal, 0x hexadecimal, and behind a blank anything goes.
 */
export function kernelNumber(text: string): number | undefined {
  const [, sign, digits] = NUMBER.exec(text) ?? [];
  if (digits === undefined || digits.length > LONGEST) return undefined;
  const octal = /^0[0-7]/.test(digits);
  const value = octal ? Number.parseInt(digits, 8) : Number(digits);
  return sign === '-' && value !== 0 ? -value : value;
}

/** All numbers of a text such as `32768 60999`; undefined where the kernel refuses one of the first `count`. */
export function kernelNumbers(text: string, count: number): readonly number[] | undefined {
  const words = text.split(/[ \t\n]+/, count + 1).filter((word) => word !== '');
  const numbers: number[] = [];
  for (const word of words.slice(0, count)) {
    const value = kernelNumber(word);
    if (value === undefined) return undefined;
    numbers.push(value);
  }
  return numbers.length === 0 ? undefined : numbers;
}
