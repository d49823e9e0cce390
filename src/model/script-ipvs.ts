import { type Given, type IpvsadmCommand, readIpvsadmCommand } from '../../grammars/ipvsadm/read.ts';
import { outputOf, type ScriptStatement } from '../../grammars/script/read.ts';
import { type Fault, type Word, wordAt } from '../../grammars/tree.ts';
import { assumed, type Fact, stated } from '../evidence/fact.ts';
import type { SetupStep } from './commands.ts';
import { type ScriptCall, textFact } from './script-call.ts';

/** What one call of ipvsadm comes to: one step, or one for each line that it restores. */
export interface IpvsStep {
  readonly step: SetupStep;
  readonly command?: IpvsadmCommand;
  /** The words of the step where they are not those of the statement: a line of a here-document. */
  readonly words?: readonly Word[];
}

/** Reads `ipvsadm …` with the reader of saved tables. What it refuses goes to `refuse`. */
export function ipvsadm(call: ScriptCall, refuse: (fault: Fault) => void): readonly IpvsStep[] {
  const { statement, args } = call;
  const { command, faults } = readIpvsadmCommand(args, statement);
  // A program of one's own, `./ipvsadm`, is the one of a fork and knows other options.
  if (!statement.words.some(({ text }) => /^\..*ipvsadm$/.test(text)))
    for (const fault of faults) refuse(fault);
  if (command === undefined) return [];
  if (command.action === 'restore') return restored(statement);
  const step = stepOf(command, statement);
  return step === undefined ? [] : [{ step, command }];
}

function stepOf(command: IpvsadmCommand, statement: ScriptStatement): SetupStep | undefined {
  switch (command.action) {
    case 'list':
    case 'help':
    case 'version':
      return undefined;
    case 'clear':
      return { does: 'clear-table' };
    case 'save':
      return saved(statement);
    case 'set': {
      const [tcp, tcpfin, udp] = (command.timeouts ?? []).map((each) => given(each));
      return {
        does: 'set-ipvs-timeouts',
        ...(tcp && { tcp }),
        ...(tcpfin && { tcpfin }),
        ...(udp && { udp }),
      };
    }
    case 'start-daemon': {
      const [state, device, syncId] = [
        given(command.daemonState),
        given(command.daemonInterface),
        given(command.syncId),
      ];
      return {
        does: 'start-sync-daemon',
        ...(state && { state }),
        ...(device && { interface: device }),
        ...(syncId && { syncId }),
      };
    }
    case 'stop-daemon':
      return { does: 'stop-sync-daemon' };
    default:
      return { does: 'ipvs', action: command.action };
  }
}

/** `ipvsadm-save`, `ipvsadm -S`: where the table goes. */
export function saved(statement: ScriptStatement): SetupStep {
  const file = textFact(outputOf(statement)?.target);
  return { does: 'save-table', ...(file && { file }) };
}

/** `ipvsadm -R`, `ipvsadm-restore`: the lines of a here-document, or the file. */
export function restored(statement: ScriptStatement): readonly IpvsStep[] {
  const input = statement.redirects.findLast(({ operator }) => operator.startsWith('<'));
  const file = input?.operator === '<' ? textFact(input.target) : fileOfCat(statement.input);
  const lines =
    input?.lines ?? statement.input?.redirects.findLast(({ lines }) => lines !== undefined)?.lines ?? [];
  return [
    { step: { does: 'restore-table', ...(file && { file }) } },
    ...lines.flatMap((line) => {
      const words = wordsOf(line);
      const isRule = words.length > 0 && !words[0]?.text.startsWith('#');
      const { command } = readIpvsadmCommand(words[0]?.text === 'ipvsadm' ? words.slice(1) : words);
      const step = isRule && command ? stepOf(command, statement) : undefined;
      return step === undefined || command === undefined ? [] : [{ step, command, words }];
    }),
  ];
}

function fileOfCat(input: ScriptStatement | undefined): Fact<string> | undefined {
  return /(^|\/)cat$/.test(input?.words[0]?.text ?? '') ? textFact(input?.words[1]) : undefined;
}

function wordsOf(line: Word): Word[] {
  const { source, range } = line.place;
  const stands = source.text.slice(range.start, range.end) === line.text;
  return [...line.text.matchAll(/\S+/g)].map(({ 0: text, index }) =>
    stands
      ? wordAt(source, text, range.start + index, range.start + index + text.length)
      : wordAt(source, text, range.start, range.end, line.unknown === true && /[$`]/.test(text)),
  );
}

function given<T>(value: Given<T> | undefined): Fact<T> | undefined {
  if (value?.value === undefined) return undefined;
  return value.assumed ? assumed(value.value, value.at) : stated(value.value, value.at);
}

/** The table's file of `service ipvsadm save` (Red Hat's init script). */
export const SAVED_TABLE = '/etc/sysconfig/ipvsadm';
