import type { Word } from '../../grammars/tree.ts';
import type { Family, Host } from './cluster.ts';
import type { SetupCommand } from './commands.ts';

/** One rule that marks packets. */
export interface MarkRule {
  readonly mark: number;
  readonly chain: string | undefined;
  readonly family: Family;
  readonly command: SetupCommand;
}

/**
 * The marks that a host's iptables rules set; undefined where marks may come from elsewhere as well: rules that
 * are restored, nftables, saved marks of connections, values that only the running shell knows.
 */
export function markRules({ netfilter, globals }: Host): readonly MarkRule[] | undefined {
  if (netfilter === undefined) return undefined;
  if (['nftables_ipvs', 'startup_script'].some((keyword) => globals?.other.has(keyword))) return undefined;
  const rules: MarkRule[] = [];
  for (const command of netfilter) {
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

/** IPVS takes packets in LOCAL_IN, after PREROUTING and INPUT of mangle; these chains never see them before it. */
const TOO_LATE = new Set(['FORWARD', 'OUTPUT', 'POSTROUTING']);
const MOST_MARKS = 5;

/** Why no packet carries a mark in time, and the rule that comes nearest to it. */
export interface LackOfMark {
  readonly why: string;
  readonly near: MarkRule | undefined;
}

/** Undefined where some rule sets the mark in time, and where nobody can tell: without any rule, marks come from elsewhere. */
export function lackOfMark(
  { isFilterListed }: Host,
  rules: readonly MarkRule[],
  mark: number,
  family: Family,
): LackOfMark | undefined {
  const [any] = rules;
  const setting = rules.filter((rule) => rule.mark === mark);
  const [near] = setting;
  if (any === undefined)
    return isFilterListed && family === 4
      ? { why: 'and no rule of the packet filter that runs sets any mark', near }
      : undefined;
  if (near === undefined) {
    const marks = [...new Set(rules.map((rule) => rule.mark))];
    const names = `${marks.length === 1 ? 'mark' : 'marks'} ${marks.slice(0, MOST_MARKS).join(', ')}`;
    return { why: `but only ${names} ${marks.length === 1 ? 'is' : 'are'} set`, near: any };
  }
  const fitting = setting.filter((rule) => rule.family === family);
  const [late] = fitting;
  if (late === undefined) return { why: `which is set for IPv${near.family} packets only`, near };
  if (fitting.some(({ chain }) => !TOO_LATE.has(chain ?? ''))) return undefined;
  return {
    why: `which is set in ${late.chain}, where packets to the service do not pass before IPVS takes them`,
    near,
  };
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
