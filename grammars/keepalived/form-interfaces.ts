import { addressFlaw } from './address-flaws.ts';
import { type Flaw, malformed, shown } from './flaw.ts';
import { type Form, whole } from './form.ts';

/** `use_vmac [NAME] [MAC] [netlink_notify_msg] [group N]`, in any order; 2.2.7 knows one name and one MAC. */
export function readVmac({ words }: Form): Flaw[] {
  let names = 0;
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === 'name' || word === 'group') at++;
    else if (/^[\da-f]{1,2}(?::[^:]{0,2}){4,5}$/i.test(word.slice(0, 40))) {
      if (!/^[\da-f]{1,2}(?::[\da-f]{1,2}){4,5}$/i.test(word))
        return [malformed(at, `${shown(word)} is no MAC address`)];
      if (/^0?0:0?0:5e:0?0:0?[12]:/i.test(`${word}:`))
        return [
          malformed(at, `${word} is of the range that VRRP keeps for itself, so keepalived ignores it`),
        ];
    } else if (word !== 'netlink_notify_msg') {
      names++;
      const flaw = interfaceName(word, at, names);
      if (flaw !== undefined) return [flaw];
    }
  }
  return [];
}

const IPVLAN_WORDS = new Set(['bridge', 'private', 'vepa', 'name', 'group']);

/** `use_ipvlan [NAME] [ADDRESS] [bridge|private|vepa] [group N]`, in any order. */
export function readIpvlan({ words }: Form): Flaw[] {
  let names = 0;
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (IPVLAN_WORDS.has(word) || addressFlaw(word, at, '') === undefined || word.includes('/')) {
      if (word === 'name' || word === 'group') at++;
      continue;
    }
    names++;
    const flaw = interfaceName(word, at, names);
    if (flaw !== undefined) return [flaw];
  }
  return [];
}

function interfaceName(word: string, at: number, count: number): Flaw | undefined {
  if (word.length > 15 || word.includes('/'))
    return malformed(at, `${shown(word)} cannot name an interface: at most 15 characters, without '/'`);
  return count > 1
    ? malformed(at, `${shown(word)} is a second interface name, so keepalived ignores it`)
    : undefined;
}

/** `init_file [VALUE] [overwrite]` */
export function readInitFile({ words }: Form): Flaw[] {
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === 'overwrite') continue;
    const flaws = whole(-254, 254, word, at, 'init_file', 'keepalived ignores it');
    if (flaws.length > 0) return flaws;
  }
  return [];
}
