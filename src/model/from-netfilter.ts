import {
  type NftTable,
  readNftTables,
  readSavedTables,
  type SavedLine,
  type SavedTable,
  type SavingTool,
} from '../../grammars/netfilter/read.ts';
import type { Word } from '../../grammars/tree.ts';
import type { Located } from '../evidence/fact.ts';
import type { Source } from '../evidence/source.ts';
import type { PacketFilterTool, SetupCommand, SetupStep } from './commands.ts';
import { groupBy } from './grouping.ts';
import { packetFilter } from './script-services.ts';

/**
 * What a running kernel filters, as the commands that would make it so: a listing of iptables-save is one already.
 * Undefined where nobody looked. What cannot be followed (rules of nft's own, two backends at once) is there as a
 * command that cannot be followed either.
 */
export function netfilterFrom(sources: readonly Source[]): readonly SetupCommand[] | undefined {
  const listings = sources.filter(({ format }) => format in TOOLS);
  const rulesets = sources.filter(({ format }) => format === 'nft-ruleset');
  if (listings.length + rulesets.length === 0) return undefined;
  const tables = listings.flatMap((source) => readSavedTables(source, TOOLS[source.format] ?? 'iptables'));
  const commands = new Commands();
  for (const same of groupBy(tables, ({ tool, name }) => `${tool} ${name}`).values())
    addTable(commands, same);
  for (const table of rulesets.flatMap(readNftTables)) {
    if (!table.isHooked || isListed(table, tables)) continue;
    const { place } = table;
    const word = { text: table.family, place, range: place.range };
    commands.add(table, [word], table.redirects ? { ...OF_NFT, target: 'DNAT' } : OF_NFT);
  }
  return commands.all;
}

/** Whether the listings, be they empty, show both backends that can filter or mark IPv4 packets: iptables and nft. */
export function listsWholeFilter(sources: readonly Source[]): boolean {
  const ofIptables = ({ format, name }: Source) => format === 'iptables-save' && !name.includes('ip6tables');
  return sources.some(ofIptables) && sources.some(({ format }) => format === 'nft-ruleset');
}

const TOOLS: { readonly [F in Source['format']]?: SavingTool } = {
  'iptables-save': 'iptables',
  'arptables-save': 'arptables',
};

const OF_NFT = { does: 'packet-filter', table: '', action: 'add', family: 4, tool: 'nft' } as const;

/** The commands in their order. */
class Commands {
  readonly all: SetupCommand[] = [];

  add({ place }: Located, words: readonly Word[], step: SetupStep): void {
    const { length: order } = this.all;
    this.all.push({ ...step, words, place, order, branch: undefined, conditional: false, program: '' });
  }
}

/**
 * One table of the kernel. iptables-save and iptables-legacy-save are the same program on some hosts; where both kernels'
 * parts hold rules, a packet passes both, and nobody follows it.
 */
function addTable(commands: Commands, listings: readonly SavedTable[]): void {
  const distinct = new Map(listings.filter(saysAnything).map((table) => [textOf(table), table]));
  const [table = listings[0], other] = distinct.values();
  if (table === undefined) return;
  const { tool, name } = table;
  if (other !== undefined)
    commands.add(table, [], { ...OF_NFT, table: name, action: 'restore', family: familyOf(tool), tool });
  else for (const line of table.lines) addLine(commands, table, line);
}

function addLine(commands: Commands, { tool, name: table }: SavedTable, line: SavedLine): void {
  const filter = { does: 'packet-filter', table, family: familyOf(tool), tool } as const;
  if ('words' in line) {
    const program = { text: tool, place: line.place, range: line.place.range };
    const words = [program, ...line.words];
    const goes = line.words.some(({ text }) => text === '-g' || text === '--goto');
    for (const step of packetFilter({ name: tool, args: line.words })) {
      // A chain that is gone to returns elsewhere than one that is jumped to: it is not followed.
      if (step.does === 'packet-filter')
        commands.add(line, words, { ...step, table, ...(goes && { target: '--goto' }) });
    }
    return;
  }
  const { chain, policy } = line;
  const words = [chain, chain, policy];
  if (policy.text === '-') commands.add(line, words, { ...filter, action: 'new-chain', chain: chain.text });
  else if (tool !== 'arptables') {
    commands.add(line, words, { does: 'flush-packet-filter', table, chain: chain.text, tool });
    commands.add(line, words, { ...filter, action: 'policy', chain: chain.text });
  } else if (policy.text !== 'ACCEPT')
    commands.add(line, words, { ...filter, action: 'policy', chain: chain.text });
}

function familyOf(tool: PacketFilterTool): 4 | 6 {
  return tool === 'ip6tables' ? 6 : 4;
}

function saysAnything({ lines }: SavedTable): boolean {
  return lines.some((line) => 'words' in line || line.policy.text === 'DROP');
}

/** Counters apart, which differ from one second to the next. */
function textOf({ lines }: SavedTable): string {
  return lines
    .map((line) =>
      'words' in line
        ? line.words.map(({ text }) => text).join(' ')
        : `:${line.chain.text} ${line.policy.text}`,
    )
    .join('\n');
}

const FAMILIES: Readonly<Record<string, SavingTool>> = { ip: 'iptables', ip6: 'ip6tables', arp: 'arptables' };

/** True for what iptables-nft keeps in nft's tables: its own listing shows it. */
function isListed({ family, name }: NftTable, tables: readonly SavedTable[]): boolean {
  return tables.some((table) => table.tool === FAMILIES[family] && table.name === name);
}
