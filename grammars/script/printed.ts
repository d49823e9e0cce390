import { unescaped } from './pieces.ts';

/** What `echo` or `printf` prints; undefined for anything else. A format that is not followed stays as it is. */
export function printed(program: string, words: readonly string[]): string | undefined {
  if (program === 'echo') {
    const options = words.findIndex((word) => !/^-[neE]+$/.test(word));
    const rest = options === -1 ? [] : words.slice(options);
    const text = rest.join(' ');
    return words.slice(0, options).some((word) => word.includes('e')) ? unescaped(text) : text;
  }
  if (program !== 'printf') return undefined;
  const [format = '', ...values] = words;
  if (!format.includes('%')) return unescaped(format);
  const holes = format.match(/%[sdiu]/g)?.length ?? 0;
  if (holes === 0) return unescaped(format);
  let text = '';
  for (let at = 0; at === 0 || at < values.length; at += holes) {
    let hole = at;
    text += unescaped(format.replaceAll(/%[sdiu]/g, () => values[hole++] ?? ''));
  }
  return text;
}
