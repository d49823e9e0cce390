import type { Word } from '../../grammars/tree.ts';
import type { Located } from '../evidence/fact.ts';
import type { Family, Host } from './cluster.ts';
import { commandsThat, isStart, type SetupCommand } from './commands.ts';
import { remembered } from './memory.ts';

/** One condition of a rule: `-p udp`, `! -s 10.0.0.0/8`. An option that is not known here may match or not. */
export interface Condition {
  readonly option: ConditionName | 'other';
  readonly value: Word | undefined;
  readonly negated: boolean;
}

type ConditionName = 'protocol' | 'source' | 'destination' | 'input' | 'output' | 'sport' | 'dport' | 'state';

export interface FilterRule extends Located {
  readonly target: string | undefined;
  readonly conditions: readonly Condition[];
  /** It may not be there: the script adds it only under a condition. */
  readonly conditional: boolean;
}

/** A chain of the table `filter`, as far as anybody sees what builds it. */
export interface FilterChain {
  readonly rules: readonly FilterRule[];
  /** What becomes of packets that no rule decides; undefined where nothing says it. */
  readonly policy: (Located & { readonly target: string }) | undefined;
  /** It was listed, or emptied first: it holds nothing but what is seen. */
  readonly isWhole: boolean;
}

/** The chains by name; undefined where something builds them that cannot be followed, or nothing does. */
export type PacketFilter = ReadonlyMap<string, FilterChain>;

type Draft = { rules: FilterRule[]; policy: FilterChain['policy']; isWhole: boolean };

const filters = {
  4: remembered(({ netfilter = [] }: Host) => build(netfilter, 4)),
  6: remembered(({ netfilter = [] }: Host) => build(netfilter, 6)),
};

/** The packet filter of a host as it runs, else as its set-up scripts leave it when they have started. */
export function packetFilterOf(host: Host, family: Family): PacketFilter | undefined {
  return filters[family](host);
}

/** Why nobody can tell what a running host does with packets; undefined where its rules can be followed. */
export function unfollowedFilter({ netfilter = [], label }: Host): string | undefined {
  const unclear = commandsThat('packet-filter', netfilter).find(
    ({ place, tool, action }) =>
      place.source.basis === 'observed' && (tool === 'nft' || action === 'restore'),
  );
  if (unclear === undefined) return undefined;
  return unclear.tool === 'nft'
    ? `the packet filter of ${label} has rules of nft's own, which are not followed`
    : `both backends of ${unclear.tool} hold rules on ${label}, which are not followed`;
}

/** Services that load rules of their own. */
const OTHER_MANAGER = /^(?:firewalld|ufw|nftables|ip6?tables|netfilter-persistent|shorewall6?)$/;
const STARTS = /^(?:start|restart|reload|enable)$/;

function build(commands: readonly SetupCommand[], family: Family): PacketFilter | undefined {
  const tool = family === 4 ? 'iptables' : 'ip6tables';
  const chains = new Map<string, Draft>();
  for (const command of commands) {
    if (!isStart(command)) continue;
    if (command.does === 'service-manager' && OTHER_MANAGER.test(command.unit) && STARTS.test(command.action))
      return undefined;
    if (command.does === 'flush-packet-filter' && command.tool === tool) flush(chains, command);
    if (command.does !== 'packet-filter' || command.tool === 'arptables') continue;
    if (command.tool === 'nft' || (command.tool === tool && command.action === 'restore')) return undefined;
    if (command.tool === tool && command.table === 'filter' && !apply(chains, command)) return undefined;
  }
  return chains.size === 0 ? undefined : chains;
}

function chainOf(chains: Map<string, Draft>, name: string): Draft {
  const chain = chains.get(name) ?? { rules: [], policy: undefined, isWhole: false };
  chains.set(name, chain);
  return chain;
}

const BUILT_IN = ['INPUT', 'FORWARD', 'OUTPUT'];

function flush(
  chains: Map<string, Draft>,
  command: Extract<SetupCommand, { does: 'flush-packet-filter' }>,
): void {
  if ((command.table ?? 'filter') !== 'filter') return;
  const names = command.chain === undefined ? [...BUILT_IN, ...chains.keys()] : [command.chain];
  for (const name of names) {
    const chain = chainOf(chains, name);
    if (command.conditional) chain.isWhole = false;
    else Object.assign(chain, { rules: [], isWhole: true });
  }
}

/** False where a step leaves nobody able to say what the chain holds. */
function apply(
  chains: Map<string, Draft>,
  command: Extract<SetupCommand, { does: 'packet-filter' }>,
): boolean {
  const { action, chain: name, target, conditional } = command;
  if (name === undefined) return action === 'zero' || action === 'delete-chain';
  const chain = chainOf(chains, name);
  const words = command.words.slice(1);
  if (action === 'policy') {
    const policy = words.find(({ text }) => text === 'ACCEPT' || text === 'DROP');
    chain.policy = policy && !conditional ? { target: policy.text, place: command.place } : undefined;
  } else if (action === 'new-chain') {
    Object.assign(chain, { rules: [], isWhole: true });
  } else if (action === 'append') {
    chain.rules.push({ target, conditional, conditions: conditionsOf(words), place: command.place });
  } else if (action === 'insert') {
    const at = Number(words[words.findIndex(({ text }) => text === name) + 1]?.text);
    const rule = { target, conditional, conditions: conditionsOf(words), place: command.place };
    chain.rules.splice(Number.isInteger(at) && at > 0 ? at - 1 : 0, 0, rule);
  } else if (action === 'delete') {
    if (target === undefined) return false;
    const spec = specText({ target, conditions: conditionsOf(words) });
    chain.rules = chain.rules.filter((rule) => specText(rule) !== spec);
  } else if (action === 'replace' || action === 'rename-chain') return false;
  return true;
}

function specText({ target, conditions }: Pick<FilterRule, 'target' | 'conditions'>): string {
  const texts = conditions.map(
    ({ option, value, negated }) => `${negated ? '!' : ''}${option} ${value?.text}`,
  );
  return `${texts.join(' ')} ${target ?? ''}`;
}

/** The conditions of iptables(8) that are weighed, by their options. */
const CONDITIONS: Readonly<Record<string, ConditionName>> = {
  '-p': 'protocol',
  '--protocol': 'protocol',
  '-s': 'source',
  '--source': 'source',
  '--src': 'source',
  '-d': 'destination',
  '--destination': 'destination',
  '--dst': 'destination',
  '-i': 'input',
  '--in-interface': 'input',
  '-o': 'output',
  '--out-interface': 'output',
  '--sport': 'sport',
  '--sports': 'sport',
  '--source-port': 'sport',
  '--source-ports': 'sport',
  '--dport': 'dport',
  '--dports': 'dport',
  '--destination-port': 'dport',
  '--destination-ports': 'dport',
  '--state': 'state',
  '--ctstate': 'state',
};
/** Options with a value that say nothing about packets. */
const SILENT =
  /^(?:-[tAIDPNjmgW]|--(?:table|append|insert|delete|policy|new-chain|jump|goto|match|comment|log-prefix|log-level|reject-with|wait-interval))$/;

/** What the words of a rule ask of a packet. */
export function conditionsOf(words: readonly Word[]): readonly Condition[] {
  const conditions: Condition[] = [];
  let negated = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    const option = word.unknown ? undefined : CONDITIONS[word.text];
    if (word.text === '!') negated = true;
    else if (option !== undefined) {
      const inside = words[at + 1]?.text === '!';
      at += inside ? 2 : 1;
      conditions.push({ option, value: words[at], negated: negated !== inside });
      negated = false;
    } else if (SILENT.test(word.text)) at++;
    else if (
      word.unknown ||
      (word.text.startsWith('-') && !/^(?:-[wvn46]|--wait|--verbose)$/.test(word.text))
    )
      conditions.push({ option: 'other', value: word, negated: false });
  }
  return conditions;
}
