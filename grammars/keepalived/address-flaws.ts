import { addressProblem } from './address-text.ts';
import { type Flaw, malformed, misspelt, shown, silently } from './flaw.ts';
import { addressFamily, readInteger } from './values.ts';

/** An address that is none; a mask or range behind a good one is dropped by keepalived without a word. */
export function addressFlaw(text: string, word: number, effect: string): Flaw | undefined {
  if (addressFamily(text) !== undefined) return undefined;
  const cut = text.search(/[/-]/);
  const bare = cut === -1 ? text : text.slice(0, cut);
  const found = addressProblem(bare);
  if (found !== undefined && cut !== -1 && addressFamily(bare) === undefined)
    return malformed(word, `${shown(text)} ${found.problem}, so ${effect}`, found.remedy);
  if (found !== undefined)
    return malformed(word, `${shown(text)} ${found.problem}, so ${effect}`, found.remedy);
  const tail = text[cut] === '/' ? 'mask' : 'range';
  return silently({
    ...misspelt(
      word,
      `keepalived drops the ${tail} of ${text} without a word and takes ${bare}`,
      bare,
      tail === 'mask' ? 'info' : 'warning',
    ),
    alike: true,
  });
}

/** A multicast address that is none, or of the wrong family. */
export function multicastFlaw(kind: string, text: string, word: number, effect: string): Flaw | undefined {
  const family = addressFamily(text);
  if (family === undefined) return addressFlaw(text, word, effect);
  if (kind !== 'mcast' && family !== (kind === 'group4' ? 4 : 6))
    return malformed(word, `${text} is no IPv${kind === 'group4' ? 4 : 6} address, so ${effect}`);
  const multicast =
    family === 4 ? (readInteger(text.slice(0, text.indexOf('.')), 224, 239) ?? 0) > 0 : /^ff..:/i.test(text);
  return multicast ? undefined : malformed(word, `${text} is no multicast address, so ${effect}`);
}

/** A mail server that is neither an address nor a name. */
export function hostFlaw(text: string, word: number): Flaw | undefined {
  const effect = 'no mail goes out';
  if (/^[\w][\w.-]*$/.test(text.slice(0, 256)) && !/^[\d.]+$/.test(text.slice(0, 256))) return undefined;
  if (addressFamily(text) !== undefined) return undefined;
  const found = addressProblem(text);
  if (found === undefined) return undefined;
  const flaw = malformed(word, `${shown(text)} ${found.problem}, so ${effect}`, found.remedy);
  return isShortAddress(text) ? silently(flaw) : flaw;
}

/** `10.1`: getaddrinfo(3) takes what inet_aton(3) takes, and mail goes to 10.0.0.1. */
function isShortAddress(text: string): boolean {
  const parts = text.split('.', 5);
  const last = parts.pop() ?? '';
  const isNumber = (part: string, most: number) => readInteger(part, 0, most) !== undefined;
  return (
    parts.length < 4 &&
    parts.every((part) => isNumber(part, 255)) &&
    isNumber(last, 256 ** (4 - parts.length) - 1)
  );
}
