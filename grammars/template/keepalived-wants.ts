import {
  type Argument,
  type BlockName,
  blockNames,
  type Keyword,
  type ListName,
  vocabularyOf,
} from '../keepalived/keywords.ts';
import type { Slot } from './render.ts';
import { type Around, around, type Want } from './want.ts';

/** What keepalived takes where a value stands; undefined where the value may be any line. */
export function keepalivedWants({ before, after, blocks }: Slot, text: string): Want | undefined {
  const [, definition] = /^\s*\$(\w+)=$/.exec(before) ?? [];
  if (definition !== undefined) return definitionWant(definition, text);
  const place = around(before, after);
  const block = blockAt(blocks);
  const want = typeof block === 'object' ? itemWant(block.list, place) : block && lineWant(block, place);
  return want && inWord(want, place, before);
}

/** What a value has to be that gets a name: what stands where the name is used first. */
function definitionWant(name: string, text: string): Want {
  const use = new RegExp(`^([^\\n#!]*)\\$(?:${name}\\b|\\{${name}\\})(?!=)([^\\n]*)$`, 'm').exec(text);
  const [, before = '', after = ''] = use ?? [];
  const place = around(before, after);
  const [first] = place.words;
  const block =
    first === undefined ? undefined : blockNames().find((block) => vocabularyOf(block).has(first));
  const want = block === undefined ? itemWant('addresses', place) : lineWant(block, place);
  const { tail: _, ...bare } = (want && inWord(want, place, before)) ?? { kind: 'text' as const };
  return use === null ? { kind: 'text' } : bare;
}

/** The vocabulary that counts inside of blocks, or the list that they are. */
function blockAt(blocks: readonly string[]): BlockName | { readonly list: ListName } | undefined {
  let block: BlockName = 'root';
  for (const [index, line] of blocks.entries()) {
    const keyword = vocabularyOf(block).keyword(line.split(/\s+/, 1)[0] ?? '');
    if (keyword?.lists !== undefined && index === blocks.length - 1) return { list: keyword.lists };
    if (keyword?.opens === undefined) return undefined;
    block = keyword.opens;
  }
  return block;
}

function lineWant(block: BlockName, place: Around): Want | undefined {
  const { words } = place;
  const [first] = words;
  if (first === undefined) return undefined;
  const keyword = vocabularyOf(block).keyword(first);
  if (keyword === undefined) return { kind: 'text' };
  const index = words.length;
  if (keyword.form !== undefined) return formWant(keyword.form, index, place);
  const own = OWN_WANTS[first]?.[index - 1];
  const tail = own?.kind === 'address' && first.endsWith('_server') && place.isLast ? 'port' : undefined;
  if (own !== undefined) return { ...own, ...(tail && { tail }) };
  const argument = keyword.args[index - 1] ?? keyword.args.at(-1);
  if (argument === undefined) return { kind: 'one', words: [''] };
  return argumentWant(argument, keyword);
}

const OWN_WANTS: Readonly<Record<string, readonly Want[]>> = {
  real_server: [{ kind: 'address', role: 'server' }, { kind: 'port' }],
  sorry_server: [{ kind: 'address', role: 'sorry' }, { kind: 'port' }],
  connect_ip: [{ kind: 'address', role: 'check' }],
  unicast_src_ip: [{ kind: 'address', role: 'self' }],
  mcast_src_ip: [{ kind: 'address', role: 'self' }],
  script: [{ kind: 'path' }],
  misc_path: [{ kind: 'path' }],
  priority: [{ kind: 'number', role: 'priority', min: 1, max: 254, standard: 100 }],
  router_id: [{ kind: 'text' }],
};

function formWant(form: string, index: number, { words, isLast }: Around): Want {
  if (form === 'service') {
    if (words[1] === 'group') return { kind: 'name', role: 'virtual_server_group', words: [] };
    if (words[1] === 'fwmark') return { kind: 'number', min: 1 };
    if (index > 1) return { kind: 'port' };
    return { kind: 'address', role: 'service', ...(isLast && { tail: 'port' }) };
  }
  if (form === 'method' || form === 'lb_kind')
    return { kind: 'one', words: index === 1 ? ['NAT', 'DR', 'TUN'] : [''] };
  if (form === 'status_code') return { kind: 'one', words: ['200', '204'] };
  if (form === 'granularity') return { kind: 'one', words: ['255.255.255.0', '255.255.0.0'] };
  if (form === 'lvs_sync_daemon' && index === 1) return { kind: 'interface' };
  if (form === 'lvs_sync_daemon' && index === 2) return { kind: 'name', role: 'vrrp_instance', words: [] };
  if (form === 'lvs_timeouts') return { kind: 'number', min: 120 };
  if (form === 'extra_if') return { kind: 'interface' };
  if (form === 'use_vmac' || form === 'use_ipvlan') return { kind: 'one', words: [`vrrp.${index}`] };
  return { kind: 'number', min: 1 };
}

function argumentWant({ kind, min, max, words }: Argument, { name, standard }: Keyword): Want {
  switch (kind) {
    case 'int':
    case 'sec':
    case 'ms': {
      const usual = Number(standard);
      return {
        kind: 'number',
        min: Math.max(Math.ceil(min), min < 0 ? min : 0),
        ...(max > 0 && { max: Math.floor(max) }),
        ...(standard !== undefined && Number.isFinite(usual) && { standard: usual }),
      };
    }
    case 'port':
      return { kind: 'port' };
    case 'ip':
    case 'host':
      return { kind: 'address', role: name };
    case 'one':
    case 'any':
      return { kind: 'one', words };
    case 'bool':
      return { kind: 'one', words: ['true', 'false'] };
    case 'switch':
      return { kind: 'one', words: ['on', 'off'] };
    case 'scheduler':
      return { kind: 'one', words: ['rr', 'wrr', 'lc', 'wlc', 'sh', 'mh'] };
    case 'if':
      return { kind: 'interface' };
    case 'name':
      return { kind: 'name', role: name };
    case 'cmd':
    case 'cmd1':
      return { kind: 'path' };
    case 'secret':
      return { kind: 'secret' };
    case 'user':
    case 'group':
      return { kind: 'one', words: ['keepalived_script', 'root'] };
    case 'mcast':
    case 'group4':
      return { kind: 'one', words: ['224.0.0.18'] };
    case 'group6':
      return { kind: 'one', words: ['ff02::12'] };
    case 'digest':
      return { kind: 'one', words: ['9b3a0c85a887a256d6939da88aabd8cd'] };
    case 'hex':
    case 'hexX':
      return { kind: 'one', words: ['6b'] };
    case 'flag':
      return { kind: 'one', words: ['', 'on'] };
    default:
      return { kind: 'text' };
  }
}

const REFERRED: { readonly [L in ListName]?: string } = {
  'track-script': 'vrrp_script',
  'track-file': 'track_file',
  'track-process': 'vrrp_track_process',
  'track-bfd': 'bfd_instance',
  names: 'vrrp_instance',
};

function itemWant(list: ListName, { words, isLast }: Around): Want {
  const last = words.at(-1);
  if (last === 'dev' || last === 'oif' || last === 'iif') return { kind: 'interface' };
  if (last === 'label') return { kind: 'one', words: ['eth0:1'] };
  if (last === 'scope') return { kind: 'one', words: ['global', 'link'] };
  if (last === 'weight') return { kind: 'number', min: -253, max: 253 };
  if (last === 'table' || last === 'metric' || last === 'fwmark' || last === 'priority')
    return { kind: 'number', min: 1 };
  if (last === 'via' || last === 'src' || last === 'brd' || last === 'broadcast' || last === 'gw')
    return { kind: 'address', role: last };
  const referred = REFERRED[list];
  if (referred !== undefined) return { kind: 'name', role: referred, words: [] };
  if (list === 'emails') return { kind: 'one', words: ['ops@example.net', 'noc@example.net'] };
  if (list === 'track-interface' || list === 'interfaces' || list === 'linkbeat' || list === 'delays')
    return words.length === 0 ? { kind: 'interface' } : { kind: 'number', min: 1 };
  if (list === 'group-entries') {
    if (words.length > 0) return { kind: 'port' };
    return { kind: 'address', role: 'service', ...(isLast && { tail: 'port' }) };
  }
  if (words.length > 0 && !/^(?:from|to)$/.test(last ?? '')) return { kind: 'one', words: [''] };
  if (list === 'peers') return { kind: 'address', role: 'peer' };
  if (list === 'addresses' || list === 'static-addresses')
    return { kind: 'address', role: 'vip', tail: 'mask' };
  return { kind: 'address', role: 'route', tail: 'mask' };
}

/** The same where the value is a part of a word only. */
function inWord(want: Want, { prefix, suffix }: Around, before: string): Want {
  const quotes = (before.match(/"/g) ?? []).length;
  if (quotes % 2 === 1)
    return want.kind === 'path' || /^"[^"]*$/.test(prefix) === false ? { kind: 'text' } : want;
  if (prefix === '' && suffix === '') return want;
  const { tail: _, ...bare } = want;
  if (want.kind === 'address') {
    if (prefix.includes('/')) return { kind: 'mask' };
    const dots = (prefix + suffix).split('/', 1)[0]?.match(/\./g)?.length ?? 0;
    if (/^[\d.]+$/.test(prefix) || suffix.startsWith('.'))
      return {
        kind: 'octets',
        count: suffix.startsWith('.') && prefix === '' && dots < 3 ? 4 - dots : Math.max(1, 4 - dots),
      };
    if (/:/.test(prefix)) return { kind: 'octets', count: 1 };
    return bare;
  }
  if (prefix === '' && suffix.startsWith('/')) return bare;
  if (want.kind === 'interface')
    return prefix === '' ? bare : { kind: 'number', min: 0, max: 99, role: 'interface' };
  if (want.kind === 'number')
    return prefix === '-' ? { ...bare, min: 1 } : prefix === '' ? bare : { kind: 'number', min: 0, max: 9 };
  if (want.kind === 'port' || want.kind === 'one') return bare;
  if (want.kind === 'name') return { kind: 'number', min: 1, role: `${want.role} number` };
  return { kind: 'text' };
}
