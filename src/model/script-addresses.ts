import type { Word } from '../../grammars/tree.ts';
import { assumed, type Fact, stated } from '../evidence/fact.ts';
import type { SetupStep } from './commands.ts';
import { addressKey, familyOf } from './endpoint.ts';
import type { InterfaceAddress } from './kernel.ts';
import { deviceOf, partFact, type ScriptCall, textFact, valueAfter } from './script-call.ts';

/** `ip address add|change|replace|del|flush …` (ip-address(8)); `args` begin behind `address`. */
export function ipAddress(args: readonly Word[]): readonly SetupStep[] {
  const [verb, ...rest] = args;
  const action = verb?.text ?? '';
  const device = deviceOf(valueAfter(rest, 'dev'));
  if (/^f(l(us?h?)?)?$/.test(action)) return [{ does: 'remove-address', ...device, flush: true, tool: 'ip' }];
  const written = addressWord(rest);
  if (/^d(el(ete)?|e)?$/.test(action)) {
    const address = written && splitAddress(written);
    return [{ does: 'remove-address', ...device, ...address?.removed, flush: false, tool: 'ip' }];
  }
  if (!/^(a(dd?)?|chg|cha?n?g?e?|rep?l?a?c?e?)$/.test(action)) return [];
  const address = written && splitAddress(written);
  const label = textFact(valueAfter(rest, 'label'));
  const scope = textFact(valueAfter(rest, 'scope'));
  const broadcast = textFact(valueAfter(rest, 'brd', 'broadcast'));
  const raised =
    written === undefined || address?.key === undefined || device.interface === undefined
      ? undefined
      : {
          place: written.place,
          ...common(address.address, address.key, device.interface),
          // Without a prefix iproute2 takes the whole address for the host.
          prefix: address.prefix ?? (address.hasPrefix ? undefined : assumed(wholeOf(address.key), written)),
          ...(device.alias !== undefined && { alias: device.alias }),
          ...(label && { label: label.value }),
          ...(scope && { scope: scope.value }),
          ...(broadcast && { broadcast }),
        };
  return [{ does: 'add-address', ...device, ...(raised && { address: raised }), tool: 'ip' }];
}

/** Keywords of `ip address add` that take a value. */
const WITH_VALUE = new Set(
  'dev label scope brd broadcast anycast peer local valid_lft preferred_lft metric proto'.split(' '),
);

function addressWord(args: readonly Word[]): Word | undefined {
  const named = valueAfter(args, 'local');
  if (named !== undefined) return named;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as Word;
    if (WITH_VALUE.has(word.text)) at++;
    else if (word.unknown || /[.:]/.test(word.text)) return word;
  }
  return undefined;
}

/** Options of ifconfig that stand alone, a `-` before them or not; the others take a value (ifconfig(8)). */
const SWITCHES = new Set(
  'up down arp promisc allmulti multicast dynamic trailers pointopoint broadcast inet inet6'.split(' '),
);

/** `ifconfig IF [ADDRESS] [netmask M] [broadcast B] [up|down] …` (net-tools). */
export function ifconfig({ args }: ScriptCall): readonly SetupStep[] {
  const [first, ...rest] = args[0]?.text.startsWith('-') ? args.slice(1) : args;
  const device = deviceOf(first);
  const has = (text: string) => rest.some((word) => !word.unknown && word.text === text);
  const added = valueAfter(rest, 'add');
  const deleted = valueAfter(rest, 'del');
  if (deleted !== undefined)
    return [
      { does: 'remove-address', ...device, ...splitAddress(deleted).removed, flush: false, tool: 'ifconfig' },
    ];
  const written = added ?? ifconfigAddress(rest);
  if (written !== undefined && /^0(\.0\.0\.0)?$/.test(written.text))
    return [{ does: 'remove-address', ...device, flush: false, tool: 'ifconfig' }];
  if (written !== undefined) {
    const address = raisedByIfconfig(written, rest, device);
    return [{ does: 'add-address', ...device, ...(address && { address }), tool: 'ifconfig' }];
  }
  const state = has('down') ? 'down' : has('up') ? 'up' : 'other';
  // To take an alias down is to delete its address.
  if (state === 'down' && device.alias !== undefined)
    return [{ does: 'remove-address', ...device, flush: false, tool: 'ifconfig' }];
  return rest.length === 0 ? [] : [{ does: 'set-link', ...device, state, tool: 'ifconfig' }];
}

function ifconfigAddress(args: readonly Word[]): Word | undefined {
  const at = args.findIndex(({ text }) => text !== 'inet' && text !== 'inet6');
  const word = args[at];
  if (word === undefined || (!word.unknown && SWITCHES.has(word.text.replace(/^-/, '')))) return undefined;
  return word.unknown || /[.:]|^0$/.test(word.text) ? word : undefined;
}

function raisedByIfconfig(
  written: Word,
  args: readonly Word[],
  device: ReturnType<typeof deviceOf>,
): InterfaceAddress | undefined {
  const address = splitAddress(written);
  if (address.key === undefined || device.interface === undefined) return undefined;
  const netmask = valueAfter(args, 'netmask');
  const broadcast = textFact(valueAfter(args, 'broadcast'));
  const mask = netmask && !netmask.unknown ? prefixOfMask(netmask.text) : undefined;
  const classful = familyOf(address.key) === 6 ? undefined : classfulPrefix(address.key);
  const guessed =
    netmask || address.hasPrefix || classful === undefined ? undefined : assumed(classful, written);
  return {
    place: written.place,
    ...common(address.address, address.key, device.interface),
    prefix:
      mask === undefined
        ? netmask
          ? undefined
          : (address.prefix ?? guessed)
        : stated(mask, netmask ?? written),
    ...(device.alias !== undefined && { alias: device.alias }),
    ...(broadcast && addressKey(broadcast.value) !== undefined && { broadcast }),
  };
}

function common(address: Fact<string>, key: string, device: Fact<string>) {
  return { address, key, family: familyOf(key), interface: device, by: 'command' as const };
}

/** `192.0.2.1/24`, where the word is known. */
function splitAddress(word: Word) {
  const slash = word.text.indexOf('/');
  const end = slash === -1 ? word.text.length : slash;
  const key = addressKey(word.text.slice(0, end));
  const address = partFact(word, 0, end);
  const length = word.text.slice(end + 1);
  const prefix = slash === -1 ? undefined : /^\d{1,3}$/.test(length) ? Number(length) : prefixOfMask(length);
  return {
    address,
    key,
    hasPrefix: slash !== -1,
    prefix:
      prefix === undefined || key === undefined || prefix > wholeOf(key)
        ? undefined
        : stated(prefix, partFact(word, end + 1)),
    removed: word.unknown ? {} : { address, ...(key !== undefined && { key }) },
  };
}

function wholeOf(key: string): number {
  return familyOf(key) === 4 ? 32 : 128;
}

/** `255.255.255.0` and `0xffffff00` as a prefix length; undefined for masks with holes. */
function prefixOfMask(text: string): number | undefined {
  const isHex = /^0x[0-9a-f]{1,8}$/i.test(text);
  const octets = addressKey(text)?.split('.').map(Number);
  if (!isHex && octets?.length !== 4) return undefined;
  const bits = isHex ? BigInt(text) : (octets ?? []).reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
  const ones = bits.toString(2).padStart(32, '0');
  return /^1*0*$/.test(ones) ? ones.replace(/0+$/, '').length : undefined;
}

/** What the kernel takes where ifconfig gives no netmask (inet_abc_len in net/ipv4/devinet.c). */
function classfulPrefix(address: string): number | undefined {
  const first = Number(address.split('.')[0]);
  if (first < 128) return 8;
  if (first < 192) return 16;
  return first < 224 ? 24 : undefined;
}
