/** What kind of value a place takes, as far as it takes to put one in. */
export interface Want {
  readonly kind:
    | 'address'
    | 'octets'
    | 'mask'
    | 'port'
    | 'number'
    | 'name'
    | 'interface'
    | 'one'
    | 'secret'
    | 'path'
    | 'text'
    | 'setting';
  /** What values are for that may well be equal: the VIP of an instance and the address of a service. */
  readonly role?: string;
  readonly min?: number;
  readonly max?: number;
  /** The value that counts where the line is left out. */
  readonly standard?: number;
  /** How many octets of an address are missing. */
  readonly count?: number;
  /** What it may be, where only some words are possible. */
  readonly words?: readonly string[];
  /** What belongs to the value where it stands alone: a port, a prefix length. */
  readonly tail?: 'port' | 'mask';
}

/** The word that a value is a part of: what stands right before it, and right behind it. */
export interface Around {
  readonly words: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
  /** Nothing else stands behind it on its line, braces apart. */
  readonly isLast: boolean;
}

/** Cuts what stands around a value into words. */
export function around(before: string, after: string): Around {
  const words = before.trim() === '' ? [] : before.trim().split(/\s+/);
  const prefix = /\S$/.test(before) ? (words.pop() ?? '') : '';
  const suffix = /^(?:[^\s{}]|\{\{.*?\}\}|\$\{.*?\})*/.exec(after)?.[0] ?? '';
  return { words, prefix, suffix, isLast: /^\s*(?:\{\s*(?:[^{%]|$)|[#!}]|$)/.test(after) };
}
