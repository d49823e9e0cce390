import { createHmac, timingSafeEqual } from 'node:crypto';

/* The files of known host keys, as sshd(8) "SSH_KNOWN_HOSTS FILE FORMAT" describes them. */

/** One line that names keys. */
interface Entry {
  /** `known_hosts:3` */
  readonly where: string;
  readonly marker: '' | '@revoked' | '@cert-authority';
  readonly names: string;
  readonly type: string;
  readonly key: Buffer;
}

/** What the files say of a key that a host shows. */
export type KeyVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown'; readonly certified: boolean }
  | { readonly kind: 'changed' | 'revoked'; readonly where: string };

/** All known keys; lines that are no entries are passed over, as ssh does. */
export class KnownHosts {
  readonly #entries: readonly Entry[];

  constructor(files: readonly { readonly name: string; readonly text: string }[]) {
    this.#entries = files.flatMap(({ name, text }) =>
      text.split(/\r?\n/).flatMap((line, at) => entryOf(line, `${name}:${at + 1}`)),
    );
  }

  /** What is known of a host's key. A key that one entry revokes is refused, whatever other entries say. */
  judge(host: string, port: number, key: Buffer): KeyVerdict {
    const mine = this.#of(host, port);
    const same = mine.filter((entry) => entry.key.equals(key));
    const revoked = same.find(({ marker }) => marker === '@revoked');
    if (revoked !== undefined) return { kind: 'revoked', where: revoked.where };
    const plain = mine.filter(({ marker }) => marker === '');
    if (same.some(({ marker }) => marker === '')) return { kind: 'known' };
    const other = plain.find(({ type }) => type === typeOf(key)) ?? plain[0];
    if (other !== undefined) return { kind: 'changed', where: other.where };
    return { kind: 'unknown', certified: mine.some(({ marker }) => marker === '@cert-authority') };
  }

  /** The types of a host's known keys: to be asked for first, else a known host shows a key that nobody has noted. */
  typesOf(host: string, port: number): readonly string[] {
    return this.#of(host, port).flatMap(({ marker, type }) => (marker === '' ? [type] : []));
  }

  #of(host: string, port: number): readonly Entry[] {
    const name = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`;
    return this.#entries.filter(({ names }) => isNamed(name, names));
  }
}

function entryOf(line: string, where: string): Entry[] {
  const words = line.trim().split(/\s+/);
  const marker = words[0]?.startsWith('@') ? words.shift() : '';
  const [names, type, key] = words;
  if (marker !== '' && marker !== '@revoked' && marker !== '@cert-authority') return [];
  if (names === undefined || names.startsWith('#') || type === undefined || key === undefined) return [];
  return [{ where, marker, names, type, key: Buffer.from(key, 'base64') }];
}

/** The name in front of a key's own data (RFC 4253, section 6.6). */
export function typeOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  return key.subarray(4, 4 + length).toString('latin1');
}

/** Whether a list of names means a host: hashed, or patterns of which a `!` one rules out. */
function isNamed(name: string, names: string): boolean {
  if (names.startsWith('|1|')) return isHashOf(name, names);
  let found = false;
  for (const item of names.toLowerCase().split(',')) {
    const rulesOut = item.startsWith('!');
    if (!matches(name, rulesOut ? item.slice(1) : item)) continue;
    if (rulesOut) return false;
    found = true;
  }
  return found;
}

function isHashOf(name: string, hashed: string): boolean {
  const [, , salt = '', hash = ''] = hashed.split('|');
  const wanted = Buffer.from(hash, 'base64');
  const is = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === is.length && timingSafeEqual(wanted, is);
}

/** `*` and `?` only: a bracket is part of `[host]:port`. */
function matches(name: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return name === pattern;
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(name);
}
