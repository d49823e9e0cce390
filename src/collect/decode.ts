/** A file's text, or why it has none. */
export type Decoded = { readonly text: string } | { readonly why: string };

const SNIFFED_BYTES = 8192;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Bytes as text. A byte-order mark stays the first character and a byte that is not UTF-8 becomes U+FFFD, because
 * both are mistakes with a place, for the grammars to speak of. A NUL byte near the start means: not a text.
 */
export function decode(bytes: Uint8Array): Decoded {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff))
    return { why: 'it is UTF-16 text, and the programs that load it read UTF-8: convert it with iconv' };
  if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) return { why: 'it is not a text file' };
  return { text: decoder.decode(bytes) };
}

function startsWith(bytes: Uint8Array, first: number, second: number): boolean {
  return bytes[0] === first && bytes[1] === second;
}
