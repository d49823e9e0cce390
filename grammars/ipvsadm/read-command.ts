import { distance } from 'fastest-levenshtein';
import type { Located } from '../../src/evidence/fact.ts';
import type { Fault, Word } from '../tree.ts';
import { Draft, type IpvsadmCommand } from './command.ts';
import { checkLine, type LineRefusal } from './legality.ts';
import { readTimeout, takeOption } from './option-values.ts';
import { IPVSADM_OPTIONS } from './options.ts';
import { cutOptions, type OptionUse } from './popt.ts';

/** A command as far as it can be read, and what the program refuses about it: its first complaint, as the program stops there. */
export interface IpvsadmReading {
  /** Undefined where the line names no command of ipvsadm 1.31. */
  readonly command: IpvsadmCommand | undefined;
  readonly faults: readonly Fault[];
  /** ipvsadm-restore leaves out this line alone: popt(3) cannot read it. At any other fault it stops (1.31, run). */
  readonly passedOver?: true;
}

/**
 * Reads the words behind the program's name as ipvsadm 1.31 does, whether they come from a saved table or a script.
 * A word that is unknown makes its option's value unknown, never a fault. `line` places what is said of the whole.
 */
export function readIpvsadmCommand(
  words: readonly Word[],
  line: Located | undefined = words[0],
): IpvsadmReading {
  if (line === undefined) return { command: undefined, faults: NONE };
  const { uses, operands, uncertain } = cutOptions(words);
  const [first] = uses;
  const action = first?.option?.action;
  if (first === undefined || action === undefined || first.problem !== undefined) {
    // `ipvsadm` alone lists the table; a word in front may be the command that nobody can resolve.
    if (words.length === 0) return { command: new Draft(line, 'list', false), faults: NONE };
    const refusal =
      uncertain && first?.problem === undefined ? undefined : notACommand(first, words[0] as Word);
    return { command: undefined, faults: refusal === undefined ? NONE : [toFault(refusal)] };
  }
  const command = new Draft(line, action, uncertain);
  if (action === 'help' || action === 'version') return { command, faults: NONE };
  let refusal = takeOptions(command, uses);
  if (action === 'set') refusal ??= takeTimeouts(command, operands, first.word);
  else refusal ??= leftOver(operands, uncertain);
  refusal ??= checkLine(command, uses, line);
  if (refusal === undefined) return { command, faults: NONE };
  return { command, faults: [toFault(refusal)], ...(refusal.ofPopt && { passedOver: true }) };
}

const NONE: readonly Fault[] = [];

function notACommand(first: OptionUse | undefined, word: Word): LineRefusal {
  if (first?.option?.state === 'unsupported') return fromFork(first);
  if (first?.option?.action !== undefined) return problemOf(first);
  const at = first?.word ?? word;
  const isProgram = /(?:^|\/)ipvsadm$/.test(word.text);
  return {
    at,
    what: at.text,
    reason: 'a line begins with a command such as -A or -a',
    ...nearOption(at.text),
    ...(isProgram && { remedy: 'Leave the path away: a line begins with ipvsadm or with its command.' }),
  };
}

function takeOptions(draft: Draft, uses: readonly OptionUse[]): LineRefusal | undefined {
  const seen = new Map<string, OptionUse>();
  let refusal: LineRefusal | undefined;
  for (const [at, use] of uses.entries()) {
    const { option, word, value } = use;
    if (use.problem !== undefined) {
      refusal ??= problemOf(use);
    } else if (option?.state === 'unsupported') {
      takeOption(draft, use);
      refusal ??= fromFork(use);
    } else if (option?.action !== undefined && at > 0) {
      refusal ??= { at: word, what: use.spelling, reason: 'it is a second command in one line' };
    } else if (option !== undefined) {
      const earlier = option.name === 'ipv6' || option.name === 'sort' ? undefined : seen.get(option.group);
      if (earlier !== undefined) {
        refusal ??= {
          at: word,
          what: use.spelling,
          reason: `a second ${option.group} after ${earlier.spelling}`,
        };
        continue;
      }
      seen.set(option.group, use);
      const problem = takeOption(draft, use);
      if (problem !== undefined) refusal ??= { at: value ?? word, what: wordsOf(use), ...problem };
    }
  }
  return refusal;
}

function wordsOf(use: OptionUse): string {
  return use.value === undefined ? use.spelling : `${use.spelling} ${use.value.text}`;
}

function problemOf(use: OptionUse): LineRefusal {
  const found = { at: use.word, what: use.spelling, ofPopt: true } as const;
  if (use.problem === 'lacks-argument') return { ...found, reason: 'its argument is missing' };
  if (use.problem === 'takes-no-argument') return { ...found, reason: 'it takes no argument' };
  return { ...found, reason: 'unknown option', ...nearOption(use.spelling) };
}

/** popt knows no abbreviations: `--sched-f` is unknown, and meant `--sched-flags`. */
function nearOption(spelling: string): { readonly remedy?: string } {
  if (spelling === '-O') return { remedy: 'One-packet scheduling is -o or --ops.' };
  const name = spelling.slice(2);
  if (!spelling.startsWith('--') || name.length < 4 || name.length > 30) return {};
  const names = IPVSADM_OPTIONS.filter(({ state }) => state !== 'unsupported').map((option) => option.name);
  const begun = names.filter((each) => each.startsWith(name));
  const near =
    begun.length > 0 ? begun : names.filter((each) => name.length > 4 && distance(name, each) <= 2);
  return near.length === 1 ? { remedy: `Write --${near[0]}.` } : {};
}

function fromFork(use: OptionUse): LineRefusal {
  const reason = 'only forks with FULLNAT have this option (DPVS, Alibaba LVS)';
  // ipvsadm itself knows `-b`, and says that it is illegal there.
  return { at: use.word, what: use.spelling, reason, ...(use.spelling !== '-b' && { ofPopt: true }) };
}

function takeTimeouts(draft: Draft, operands: readonly Word[], set: Word): LineRefusal | undefined {
  const [tcp, tcpfin, udp, extra] = operands;
  const isOpen = operands.some((word) => word.unknown);
  if (tcp === undefined || tcpfin === undefined || udp === undefined)
    return isOpen
      ? undefined
      : { at: set, what: '--set', reason: 'it needs three timeouts: tcp, tcpfin, udp' };
  if (extra !== undefined) return isOpen ? undefined : leftOver([extra], false);
  const readings = [readTimeout(tcp), readTimeout(tcpfin), readTimeout(udp)] as const;
  draft.timeouts = [readings[0].given, readings[1].given, readings[2].given];
  const bad = readings.findIndex((reading) => reading.refusal !== undefined);
  const word = operands[bad];
  return word && { at: word, what: word.text, reason: '', ...readings[bad]?.refusal };
}

/** Once a word may be an option that takes an argument, any plain word may be that argument. */
function leftOver(operands: readonly Word[], uncertain: boolean): LineRefusal | undefined {
  const [word] = operands;
  if (word === undefined || uncertain) return undefined;
  return { at: word, what: word.text, reason: 'unexpected argument', ...leftOverHint(word.text) };
}

function leftOverHint(text: string): { readonly remedy?: string } {
  if (text.startsWith('#'))
    return { remedy: 'Put the comment on a line of its own, with # in the first column.' };
  if (text === '\\') return { remedy: 'Write the command in one line, a backslash does not continue it.' };
  if (/(?:^|\/)ipvsadm$/.test(text))
    return { remedy: 'Leave the path away: a line begins with ipvsadm or with its command.' };
  if (/["']/.test(text)) return { remedy: 'Leave the quotes away, they are part of the word.' };
  return {};
}

function toFault({ at, what, reason, remedy }: LineRefusal): Fault {
  const shown = what.length > 60 ? `${what.slice(0, 60)}…` : what;
  return {
    kind: 'refused-command',
    message: `ipvsadm refuses ${shown}: ${reason}`,
    at: at.place,
    ...(remedy !== undefined && { remedy }),
  };
}
