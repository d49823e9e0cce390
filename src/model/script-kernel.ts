import { outputOf, printed, type ScriptStatement } from '../../grammars/script/read.ts';
import { sysctlPath } from '../../grammars/sysctl/read.ts';
import type { Word } from '../../grammars/tree.ts';
import { type Fact, type Located, stated } from '../evidence/fact.ts';
import type { SetupStep } from './commands.ts';
import type { KernelSetting } from './kernel.ts';
import { partFact, type ScriptCall, textFact } from './script-call.ts';

const PROC = '/proc/sys/';
const SYSCTL_FILE =
  /^\/etc\/sysctl\.conf$|^(?:\/usr\/local\/lib|\/usr\/lib|\/run|\/lib|\/etc)\/sysctl\.d\/[^/]+$/;
/** Files that a start of the machine reads or runs. */
const BOOT_FILE =
  /^\/etc\/(?:rc\.local|rc\.d\/.+|rc\d\.d\/.+|init\.d\/.+|crontab|cron\.d\/.+|modules|modules-load\.d\/.+|systemd\/.+|netplan\/.+|network\/interfaces.*|sysconfig\/(?:network|modules|iptables|static-routes).*|NetworkManager\/.+)$|^\/(?:usr\/)?lib\/systemd\/system\/.+$/;

/** What a command writes into files that the kernel or the boot reads: `echo 1 > /proc/sys/…`, `cat > … <<EOF`. */
export function writes(call: ScriptCall): readonly SetupStep[] {
  const { statement } = call;
  const output = outputOf(statement);
  if (output?.target === undefined) return [];
  return writesTo(output.target, output.operator.endsWith('>>'), linesPrinted(statement), call);
}

/** `… | tee [-a] FILE…` */
export function tee(call: ScriptCall): readonly SetupStep[] {
  const { statement, args } = call;
  const append = args.some(({ text }) => text === '-a' || text === '--append');
  const lines = statement.input === undefined ? heredocOf(statement) : linesPrinted(statement.input);
  const files = args.filter(({ text }) => !text.startsWith('-'));
  return files.flatMap((file) => writesTo(file, append, lines, call));
}

/** `sed -i`, `rm`, `mv`, `truncate`: what a file is told again behind them does not pile up. */
export function renews({ name, args, renewed }: ScriptCall): readonly SetupStep[] {
  if (name === 'sed' && !args.some(({ text }) => /^(-\w*i|--in-place)/.test(text))) return [];
  for (const { text } of args) if (SYSCTL_FILE.test(text)) renewed.add(text);
  return [];
}

/** `sysctl -w KEY=VALUE…`, `sysctl -p [FILE…]`, `sysctl --system` (sysctl(8)). */
export function sysctl({ args, statement }: ScriptCall): readonly SetupStep[] {
  const plain = args.filter(({ text }) => !text.startsWith('-'));
  const options = args.filter(({ text }) => text.startsWith('-')).map(({ text }) => text);
  if (options.includes('--system')) return [{ does: 'load-sysctl' }];
  const inOption = options
    .map((text) => /^--(?:load|file)=(.*)$/.exec(text)?.[1])
    .find((file) => file !== undefined);
  if (inOption !== undefined) return [{ does: 'load-sysctl', file: stated(inOption, statement) }];
  if (options.some((text) => /^-[a-z]*[pf]$/.test(text) || text === '--load' || text === '--file')) {
    if (plain.length === 0) return [{ does: 'load-sysctl', file: stated('/etc/sysctl.conf', statement) }];
    return plain.map((word) => ({
      does: 'load-sysctl',
      ...(textFact(word) && { file: stated(word.text, word) }),
    }));
  }
  const sets = options.some((text) => /^-[a-z]*w/.test(text) || text === '--write');
  return plain.flatMap((word): SetupStep[] => {
    const setting = settingIn(word, 'command', statement);
    if (setting !== undefined) return [{ does: 'set-kernel-key', setting, spelling: 'sysctl' }];
    return word.unknown && sets ? [{ does: 'set-kernel-key', spelling: 'sysctl' }] : [];
  });
}

function writesTo(
  target: Word,
  append: boolean,
  lines: readonly Word[] | undefined,
  { statement, renewed }: ScriptCall,
): readonly SetupStep[] {
  const { text } = target;
  if (text.startsWith(PROC)) {
    const key = text.slice(PROC.length).replace(/\/{2,}/g, '/');
    if (target.unknown || key === '') return [{ does: 'set-kernel-key', spelling: 'proc' }];
    const setting: KernelSetting = {
      key,
      value: valueFact(lines, statement),
      by: 'command',
      place: statement.place,
    };
    // `echo 1>/proc/…` sends nothing but a line end: 1 is the number of the output.
    return setting.value.value === '' ? [] : [{ does: 'set-kernel-key', setting, spelling: 'proc' }];
  }
  const file = textFact(target);
  if (file === undefined) return [];
  if (BOOT_FILE.test(text)) return [{ does: 'write-boot-file', file }];
  if (!SYSCTL_FILE.test(text)) return [];
  const settings = (lines ?? []).flatMap((line) => settingIn(line, 'file', line) ?? []);
  if (!append) {
    renewed.add(text);
    return [{ does: 'write-sysctl-file', file, settings }];
  }
  const guarded = statement.conditional || renewed.has(text);
  return [{ does: 'append-sysctl-line', file, settings, guarded }];
}

/** `key=value` in a word or a line. A value that is not known stands as it is written. */
function settingIn(word: Word, by: 'command' | 'file', at: Located): KernelSetting | undefined {
  const { text } = word;
  const equals = text.indexOf('=');
  if (equals < 1 || /^\s*[#;]/.test(text)) return undefined;
  const name = text.slice(0, equals).trim();
  const ignoreErrors = by === 'file' && name.startsWith('-');
  const key = ignoreErrors ? name.slice(1).trim() : name;
  if (key === '' || /[\s$`"']/.test(key)) return undefined;
  const value = partFact(
    word,
    equals + 1 + (/^\s*/.exec(text.slice(equals + 1))?.[0].length ?? 0),
    text.trimEnd().length,
  );
  return { key: sysctlPath(key), value, by, place: at.place, ...(ignoreErrors && { ignoreErrors }) };
}

/** The lines that a command sends to its output; undefined where nobody knows them. */
function linesPrinted(statement: ScriptStatement): readonly Word[] | undefined {
  const name = programName(statement);
  if (name === 'cat') {
    if (statement.input !== undefined) return linesPrinted(statement.input);
    return heredocOf(statement);
  }
  const [, ...args] = statement.words;
  // `sysctl -w key=value >> /etc/sysctl.conf`: it prints what it sets.
  if (name === 'sysctl') return args.filter(({ text }) => !text.startsWith('-') && text.includes('='));
  const text = printed(
    name,
    args.map((word) => word.text),
  );
  if (text === undefined) return undefined;
  const [only, ...others] = args.filter((word) => !/^-[neE]+$/.test(word.text));
  if (only !== undefined && others.length === 0 && only.text === text) return splitLines(only);
  const range = {
    start: only?.range.start ?? statement.range.start,
    end: args.at(-1)?.range.end ?? statement.range.end,
  };
  const unknown = args.some((word) => word.unknown);
  const place = { source: statement.source, range };
  return text.split('\n').map((line) => ({ text: line, range, place, ...(unknown && { unknown }) }));
}

function splitLines(word: Word): readonly Word[] {
  if (!word.text.includes('\n')) return [word];
  return word.text.split('\n').map((text) => ({ ...word, text, place: word.place }));
}

function heredocOf({ redirects }: ScriptStatement): readonly Word[] | undefined {
  const input = redirects.findLast(({ operator }) => operator.startsWith('<'));
  return input?.lines ?? (input?.operator === '<<<' && input.target ? [input.target] : undefined);
}

function valueFact(lines: readonly Word[] | undefined, statement: ScriptStatement): Fact<string> {
  const [line] = lines ?? [];
  if (line !== undefined) return stated(line.text.trim(), line);
  const { start, end } = statement.range;
  // Nobody knows the value; what stands there is no number, so nothing is concluded from it.
  return stated(statement.source.text.slice(start, end), statement);
}

function programName(statement: ScriptStatement): string {
  return statement.words[0]?.text.replace(/^.*\//, '') ?? '';
}
