import type { Choice, Loop } from './parser.ts';
import type { Slot, World } from './render.ts';
import type { Want } from './want.ts';

type Wants = (slot: Slot, text: string) => Want | undefined;

/** With fewer worlds, a chance passes for a truth; with more, nothing changes any more. */
export const WORLDS = 21;

/** Worlds in which values are strangers to each other and to the text: what is said in all of them can be put in words. */
export const PLAIN_WORLDS = 2;

/** The world with the longest lists. */
const MANY_ROUNDS = 4;

const VIPS = ['vip', 'service'];
const SERVERS = ['server', 'check'];

/**
 * One way to fill a template in. The first worlds give every expression a value of its own and take every loop once. In
 * the others, values that may be equal are equal, to each other or to what is written, and loops and branches differ.
 */
export function worldOf(index: number, wants: Wants, text: string): World {
  const plain = index < PLAIN_WORLDS;
  const places = new Map<string, Map<string, number>>();
  const place = (role: string, identity: string): number => {
    const known = places.get(role) ?? new Map<string, number>();
    places.set(role, known);
    const number = known.get(identity) ?? known.size;
    known.set(identity, number);
    return number;
  };
  const addresses = index % 3 === 0 ? writtenAddresses(text) : [];
  const names = new Map<string, readonly string[]>();
  const namesOf = (role: string): readonly string[] => {
    const known = names.get(role) ?? writtenNames(text, role);
    names.set(role, known);
    return known;
  };

  const address = (want: Want, identity: string): string => {
    const role = want.role ?? '';
    if (plain) {
      const number = place('address', identity);
      return index === 0 ? `10.91.0.${10 + number}` : `10.${91 + (number % 100)}.7.${21 + number}`;
    }
    const pool = VIPS.includes(role) ? 'vip' : SERVERS.includes(role) ? 'server' : role;
    const number = place(role, identity);
    if (pool === 'vip' && addresses[number] !== undefined) return addresses[number];
    const shared = index % 2 === 0 ? { vip: 100, server: 10 }[pool] : undefined;
    return `10.91.0.${((shared ?? (pool === 'vip' ? 100 : pool === 'server' ? 30 : 200)) + number) % 250}`;
  };

  const number = (want: Want, identity: string): number => {
    const { min = 0, max = Number.POSITIVE_INFINITY, standard } = want;
    const from = { 0: 2, 1: 11, 2: 1, 3: standard ?? 3, 4: 100, 5: 50, 6: -20 }[index % 7] ?? 5;
    const role = want.role === 'priority' ? (index % 7 === 4 ? 0 : 101) : 0;
    const step = plain
      ? place(want.role ?? 'number', identity)
      : index % 2 === 0
        ? 0
        : hash(identity, index) % 3;
    return Math.max(Math.min(from + role + step, max - (plain ? 0 : step)), min);
  };

  const name = (want: Want, identity: string): string => {
    const role = want.role ?? 'name';
    const at = plain
      ? place('name', identity)
      : place(`${role} ${want.words ? 'refers' : 'defines'}`, identity);
    if (plain) return `unknown${index + 1}${at + 1}`;
    const known =
      want.words !== undefined
        ? namesOf(role)[at]
        : index % 3 === 1
          ? namesListed(text, role)[at]
          : undefined;
    return known ?? `${role.split('_').pop()}${at + 1}`;
  };

  const fill = (want: Want, identity: string): string => {
    switch (want.kind) {
      case 'address': {
        const tail = want.tail === 'port' ? ' 80' : want.tail === 'mask' && index % 2 === 1 ? '/24' : '';
        return address(want, identity) + tail;
      }
      case 'octets':
        return ['7', '91', '10', '33']
          .slice(0, (want.count ?? 1) - 1)
          .concat(String(20 + place('octet', identity)))
          .join('.');
      case 'mask':
        return index % 2 === 0 ? '24' : '32';
      case 'port':
        return plain
          ? String(8101 + 100 * index + place('port', identity))
          : (['80', '443', '8080'][index % 3] ?? '80');
      case 'number':
        return String(number(want, identity));
      case 'name':
        return name(want, identity);
      case 'interface':
        return plain
          ? `ens${91 + place('interface', identity)}`
          : index % 2 === 0
            ? 'eth0'
            : `eth${place('interface', identity)}`;
      case 'one':
        return want.words?.[(index + hash(identity, plain ? 0 : index)) % want.words.length] ?? '';
      case 'secret':
        return ['s3cr3t91', 'k3y', 'tooLongSecret'][index % 3] ?? '';
      case 'path':
        return (
          [
            `/usr/libexec/keepalived/check${place('path', identity)}`,
            `"/usr/bin/killall -0 daemon${place('path', identity)}"`,
          ][index % 2] ?? ''
        );
      case 'setting':
        return ['1', '0', '2', '1024 65535', '262144', '60', '4096 87380 16777216'][index % 7] ?? '1';
      case 'text':
        return index % 2 === 0 ? `sample${place('text', identity)}` : `s${place('text', identity)}`;
    }
  };

  return {
    choose({ words, branches, isComplete }: Choice) {
      if (index === 0) return 0;
      if (index === 1) return isComplete ? branches.length - 1 : undefined;
      const chosen = hash(words, index) % (branches.length + (isComplete ? 0 : 1));
      return chosen < branches.length ? chosen : undefined;
    },
    rounds: ({ words }: Loop) => (plain ? 1 : index === MANY_ROUNDS ? 6 : 2 + (hash(words, index) % 2)),
    fill(slot) {
      const want = wants(slot, text);
      return want === undefined ? undefined : fill(want, slot.identity);
    },
  };
}

function writtenAddresses(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g)].map(([address]) => address);
}

/** The names that blocks of a kind have in the text itself. */
function writtenNames(text: string, keyword: string): readonly string[] {
  const heads = new RegExp(`^[ \\t]*${keyword}[ \\t]+([\\w.-]+)(?=\\s|\\{[^{%])`, 'gm');
  return [...text.matchAll(heads)].map(([, name = '']) => name);
}

const LISTS: Readonly<Record<string, string>> = {
  vrrp_instance: 'group',
  vrrp_script: 'track_script',
  vrrp_track_process: 'track_process',
  track_file: 'track_file',
  bfd_instance: 'track_bfd',
};

/** The names that lists in the text itself have for blocks of a kind. */
function namesListed(text: string, keyword: string): readonly string[] {
  const lists = new RegExp(`^[ \\t]*${LISTS[keyword] ?? '\\0'}[ \\t]*\\{([^{}]{0,2000})\\}`, 'gm');
  const names = [...text.matchAll(lists)].flatMap(([, items = '']) => items.match(/^[ \t]*[\w.-]+/gm) ?? []);
  return [...new Set(names.map((name) => name.trim()))];
}

/** A number that looks like chance and is always the same (FNV-1a). */
function hash(words: string, index: number): number {
  let sum = 0x811c9dc5;
  for (const sign of `${index} ${words}`) sum = Math.imul(sum ^ sign.charCodeAt(0), 0x01000193);
  return (sum ^ (sum >>> 15)) >>> 0;
}
