import type { Word } from '../../grammars/tree.ts';
import type { Host } from './cluster.ts';
import { isStart, type SetupCommand } from './commands.ts';
import { addressKey } from './endpoint.ts';
import { remembered } from './memory.ts';

/** What a host does about ARP with packet filter rules instead of kernel keys (arptables(8), nft(8)). */
export interface ArpFilter {
  /** Addresses whose requests are dropped, with the rule. */
  readonly dropped: ReadonlyMap<string, SetupCommand>;
  /** Addresses that are replaced as the sender, with the rule. */
  readonly replaced: ReadonlyMap<string, SetupCommand>;
  /** Rules that cannot be told apart: restored, of nftables, for all addresses, with unknown words. */
  readonly unclear: boolean;
}

/** Undefined where nothing on the host filters ARP. */
export const arpFilterOf = remembered(({ netfilter }: Host): ArpFilter | undefined => {
  const dropped = new Map<string, SetupCommand>();
  const replaced = new Map<string, SetupCommand>();
  let unclear = false;
  for (const command of netfilter ?? []) {
    if (command.does !== 'packet-filter' || !isStart(command)) continue;
    const isNftArp = command.tool === 'nft' && command.words.some(({ text }) => text === 'arp');
    if (command.tool !== 'arptables' && !isNftArp) continue;
    if (/^(?:delete|new-chain|delete-chain|zero)$/.test(command.action)) continue;
    const vip = command.tool === 'arptables' ? addressOf(command) : undefined;
    if (vip === undefined || !/^(?:append|insert)$/.test(command.action)) unclear = true;
    else if (command.target === 'DROP') dropped.set(vip, command);
    else if (command.target === 'mangle') replaced.set(vip, command);
  }
  return unclear || dropped.size > 0 || replaced.size > 0 ? { dropped, replaced, unclear } : undefined;
});

/** `-d VIP` of a rule that drops, `-s VIP` of one that mangles. */
function addressOf({ words, ...command }: SetupCommand): string | undefined {
  const isDrop = command.does === 'packet-filter' && command.target === 'DROP';
  const options = isDrop
    ? /^(?:-d|--destination-ip|--dst-ip|--destination)$/
    : /^(?:-s|--source-ip|--src-ip|--source)$/;
  const at = words.findIndex(({ text }) => options.test(text));
  const word: Word | undefined = at === -1 ? undefined : words[at + 1];
  return word === undefined || word.unknown ? undefined : addressKey(word.text.replace(/\/32$/, ''));
}
