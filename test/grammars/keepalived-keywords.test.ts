import { describe, expect, test } from 'vitest';
import { type BlockName, blockNames, vocabularyOf } from '../../grammars/keepalived/keywords.ts';
import { nearest } from '../../grammars/keepalived/suggest.ts';

const all = blockNames().flatMap((block) =>
  vocabularyOf(block).names.map((name) => ({ block, keyword: keywordOf(block, name) })),
);

function keywordOf(block: BlockName, name: string) {
  const keyword = vocabularyOf(block).keyword(name);
  if (keyword === undefined) throw new Error(`${block} has no ${name}`);
  return keyword;
}

const KINDS = (
  'int sec ms port bool switch flag one any word secret name if ip group4 group6 mcast host cmd cmd1 user group ' +
  'hex hexX digest scheduler'
).split(' ');

describe('every line of the vocabulary', () => {
  test('is read: 528 keywords, each with arguments of a known kind', () => {
    expect(all).toHaveLength(528);
    const strange = all.flatMap(({ keyword }) => keyword.args).filter(({ kind }) => !KINDS.includes(kind));
    expect(strange).toEqual([]);
  });

  test('has bounds in order, and words to choose from where it names some', () => {
    for (const { keyword } of all) {
      for (const { kind, min, max, words } of keyword.args) {
        if (['int', 'sec', 'ms', 'port'].includes(kind)) expect(max, keyword.name).toBeGreaterThan(min);
        if (kind === 'one' || kind === 'any') expect(words.join(''), keyword.name).not.toBe('');
      }
    }
  });

  test('puts optional arguments last', () => {
    for (const { keyword } of all) {
      const optional = keyword.args.map((argument) => argument.optional);
      expect(optional, keyword.name).toEqual(optional.toSorted((a, b) => Number(a) - Number(b)));
    }
  });

  test('opens blocks that exist, and names settings and replacements that exist', () => {
    const names = new Set(all.map(({ keyword }) => keyword.name));
    for (const { block, keyword } of all) {
      if (keyword.opens !== undefined) expect(blockNames()).toContain(keyword.opens);
      if (keyword.name !== 'vrrp_track_file')
        expect(vocabularyOf(block).has(keyword.slot), keyword.slot).toBe(true);
      if (keyword.replacement !== undefined && keyword.replacement !== '.')
        expect(names).toContain(keyword.replacement);
      expect(keyword.deprecated === undefined, keyword.name).toBe(keyword.replacement === undefined);
      if (keyword.deprecated !== undefined) expect(keyword.deprecated).toMatch(/^\d+\.\d+\.\d+$/);
      if (keyword.since !== undefined) expect(keyword.since).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  test('every kind of block can be reached from the top of the file', () => {
    const reached = new Set<BlockName>(['root']);
    for (const block of reached)
      for (const name of vocabularyOf(block).names) {
        const { opens } = keywordOf(block, name);
        if (opens !== undefined) reached.add(opens);
      }
    expect([...reached].toSorted()).toEqual([...blockNames()].toSorted());
  });
});

describe('facts of the field', () => {
  test('a priority runs from 1 to 255 and is 100 where it is left out', () => {
    const { args, standard, support } = keywordOf('vrrp_instance', 'priority');
    expect(args.map(({ kind, min, max }) => [kind, min, max])).toEqual([['int', 1, 255]]);
    expect([standard, support]).toEqual(['100', 'read']);
  });

  test('nb_get_retry is an outdated retry, in HTTP_GET and SSL_GET only', () => {
    expect(all.filter(({ keyword }) => keyword.name === 'nb_get_retry').map(({ block }) => block)).toEqual([
      'HTTP_GET',
      'SSL_GET',
    ]);
    expect(keywordOf('HTTP_GET', 'nb_get_retry').replacement).toBe('retry');
  });

  test.each<[BlockName, string, string]>([
    ['vrrp_instance', 'no_virtual_ipaddress', '2.2.8'],
    ['vrrp_instance', 'unicast_fault_no_peer', '2.2.5'],
    ['global_defs', 'max_auto_priority', '2.1.0'],
    ['root', 'vrrp_track_process', '2.0.11'],
    ['vrrp_instance', 'auth_hmac', '2.4.0'],
  ])('%s/%s came with %s', (block, name, release) => expect(keywordOf(block, name).since).toBe(release));

  test.each<[BlockName, string, string]>([
    ['virtual_server', 'lb_algo', 'lvs_sched'],
    ['virtual_server', 'lb_kind', 'lvs_method'],
    ['vrrp_instance', 'nopreempt', 'preempt'],
    ['vrrp_instance', 'unicast_src_ip', 'mcast_src_ip'],
    ['bfd_instance', 'neighbor_ip', 'neighbour_ip'],
  ])('%s: %s and %s are one setting', (block, one, other) =>
    expect(keywordOf(block, one).slot).toBe(keywordOf(block, other).slot),
  );

  test('words that releases lost are known with the release, and never suggested', () => {
    expect(keywordOf('global_defs', 'lvs_id')).toMatchObject({ until: '1.1.8', replacement: 'router_id' });
    expect(vocabularyOf('global_defs').names).not.toContain('lvs_id');
    expect(nearest('nat_maks', vocabularyOf('virtual_server').names)).toBeUndefined();
  });

  test('scripts keep the first of two lines, lists add up, numbers take the last', () => {
    expect(keywordOf('vrrp_instance', 'notify_master').counts).toBe('first');
    expect(keywordOf('vrrp_instance', 'virtual_ipaddress').counts).toBe('all');
    expect(keywordOf('vrrp_instance', 'priority').counts).toBe('last');
  });

  test('words of other places are not known here', () => {
    expect(vocabularyOf('global_defs').keyword('instance')).toBeUndefined();
    expect(vocabularyOf('TCP_CHECK').has('nb_get_retry')).toBe(false);
    for (const word of ['constructor', '__proto__', 'toString', ''])
      expect(vocabularyOf('root').has(word)).toBe(false);
  });
});

describe('the word that was meant', () => {
  const names = vocabularyOf('vrrp_instance').names;
  test.each([
    ['virtual_ipadress', 'virtual_ipaddress'],
    ['Priority', 'priority'],
    ['notify_', 'notify'],
    ['pirority', 'priority'],
  ])('%s is %s', (word, meant) => expect(nearest(word, names)).toBe(meant));

  test.each(['foo', 'xy', 'completely_different'])('%s is none of them', (word) =>
    expect(nearest(word, names)).toBeUndefined(),
  );

  test('a word of 100 KB is none of them, and costs nothing', () =>
    expect(nearest('x'.repeat(100_000), names)).toBeUndefined());
});
