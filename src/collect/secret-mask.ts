import { createHmac, randomBytes } from 'node:crypto';
import { isSample } from '../evidence/sample-password.ts';
import { secretsOf } from '../evidence/secrets.ts';
import type { HostLook } from './look.ts';

/** Replaces the secrets of a text by others of the same length. */
export type Mask = (text: string) => string;

/** What VRRP sends of a password (RFC 2338, 5.3.10): equal there is equal for keepalived. */
const SENT = 8;
/** Signs that decide how a password is read: comments cut it, quotes and blanks end it. */
const PLAIN = /[^\s#!"'\\{}]+/g;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A mask with a key that nobody keeps. Equal secrets stay equal under it, and so do those that are equal in the 8
 * characters that VRRP sends; where a password is cut and how long it is stays as it was. One that samples use becomes a
 * row of one letter, which is one that samples use.
 */
export function newMask(key: Uint8Array = randomBytes(32)): Mask {
  const digest = (text: string, length: number) => {
    let letters = '';
    for (let block = 0; letters.length < length; block++)
      // 248 is 4 times 62: of the bytes below it, every letter gets the same share.
      for (const byte of createHmac('sha256', key).update(`${block} ${text}`).digest())
        if (byte < 248) letters += LETTERS[byte % 62];
    return letters.slice(0, length);
  };
  const maskOne = (secret: string) =>
    secret.replace(PLAIN, (run) => {
      const head = run.slice(0, SENT);
      const sent = isSample(run) ? digest(head, 1).repeat(head.length) : digest(head, head.length);
      return sent + digest(run, run.length - head.length);
    });
  return (text) => {
    let masked = '';
    let at = 0;
    for (const { start, end } of secretsOf({ text }).ranges) {
      masked += text.slice(at, start) + maskOne(text.slice(start, end));
      at = end;
    }
    return masked + text.slice(at);
  };
}

/** A look without its secrets: nothing behind this point, neither rules nor a snapshot, ever holds one. */
export function maskLook(look: HostLook, mask: Mask): HostLook {
  return {
    ...look,
    probes: look.probes.map((probe) => ({
      ...probe,
      texts: probe.texts.map((each) => ({ ...each, text: mask(each.text) })),
      ...(probe.gap !== undefined && { gap: mask(probe.gap) }),
    })),
  };
}
