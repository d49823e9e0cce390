import type { Word } from '../../grammars/tree.ts';
import type { Host } from './cluster.ts';
import type { SetupCommand } from './commands.ts';

/** One rule of a script that marks packets. */
export interface MarkRule {
  readonly mark: number;
  readonly chain: string | undefined;
  readonly family: 4 | 6;
  readonly command: SetupCommand;
}

/**
 * The marks that a host's scripts set with iptables; undefined where marks may come from elsewhere as well: rules that
 * are restored, nftables, saved marks of connections, values that only the running shell knows.
 */
export function markRules({ commands, globals }: Host): readonly MarkRule[] | undefined {
  if (commands === undefined) return undefined;
  if (['nftables_ipvs', 'startup_script'].some((keyword) => globals?.other.has(keyword))) return undefined;
  const rules: MarkRule[] = [];
  for (const command of commands) {
    if (command.does !== 'packet-filter') continue;
    if (command.tool === 'nft' || command.action === 'restore') return undefined;
    if (command.target === 'CONNMARK') return undefined;
    if (command.target !== 'MARK' || (command.action !== 'append' && command.action !== 'insert')) continue;
    const mark = markOf(command.words);
    if (mark === undefined) return undefined;
    rules.push({ mark, chain: command.chain, family: command.family, command });
  }
  return rules;
}

/** `--set-mark N[/MASK]`, decimal, hexadecimal or octal (iptables-extensions(8), MARK). */
function markOf(words: readonly Word[]): number | undefined {
  const at = words.findIndex(({ text }) => /^--(set-mark|set-xmark|or-mark)$/.test(text));
  const word = words[at + 1];
  if (at === -1 || word === undefined || word.unknown) return undefined;
  const [text = ''] = word.text.split('/');
  const digits = /^0[0-7]+$/.test(text) ? `0o${text.slice(1)}` : text;
  return /^(0x[\da-f]{1,8}|0o[0-7]{1,11}|\d{1,10})$/i.test(digits) ? Number(digits) : undefined;
}
