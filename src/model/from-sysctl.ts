import { type SysctlStatement, type SysctlTree, sysctlSpelling } from '../../grammars/sysctl/read.ts';
import type { Fault } from '../../grammars/tree.ts';
import { stated } from '../evidence/fact.ts';
import type { KernelSetting, KernelSettings, Loading, SettingLine } from './kernel.ts';
import { kernelSettings } from './kernel-settings.ts';
import { runningKeysFrom } from './running-keys.ts';
import { sysctlOrder } from './sysctl-order.ts';
import { doubtAboutKey, doubtAboutValue } from './sysctl-values.ts';

/** A key that every kernel has, whatever was asked of it: without it the text is an excerpt. */
const IN_EVERY_KERNEL = ['kernel/ostype', 'net/ipv4/ip_forward'];

/**
 * What the sysctl texts of one host come to. Files are put in the order of the boot; what a running kernel said counts
 * before them. `faults` are the trees' own, and the keys and values that the kernel refuses.
 */
export function kernelSettingsFrom(trees: readonly SysctlTree[]): {
  readonly settings: KernelSettings;
  readonly faults: readonly Fault[];
} {
  const observed = trees.filter((tree) => tree.source.basis === 'observed');
  const { applied, linked, atBoot, unread } = sysctlOrder(
    trees.filter((tree) => tree.source.basis === 'written'),
  );
  const readings = new Map(applied.map((tree) => [tree, readingOf(tree)]));
  const linesOf = (files: readonly SysctlTree[]) => files.flatMap((tree) => readings.get(tree)?.lines ?? []);
  const lines = linesOf(applied);
  const loadings: readonly Loading[] = [
    { program: 'sysctl', lines },
    ...(linked.length > applied.length ? [{ program: 'sysctl', lines: linesOf(linked) } as const] : []),
    { program: 'systemd-sysctl', lines: onceEach(linesOf(atBoot)) },
  ];
  const faults: Fault[] = [
    ...trees.flatMap((tree) => tree.faults),
    ...unread.map(unreadFault),
    ...[...readings.values()].flatMap((reading) => reading.faults),
  ];
  const settings = lines.flatMap(({ setting, state }) => (state === 'taken' ? [setting] : []));
  const refused = lines.flatMap(({ setting, state }) => (state === 'refused' ? [setting] : []));
  const excluded = new Set(
    lines.flatMap(({ setting, state }) => (state === 'excluded' ? [setting.key] : [])),
  );
  const running = runningKeysFrom(observed.map(({ source }) => source));
  const complete = running !== undefined && IN_EVERY_KERNEL.every((key) => running.get(key) !== undefined);
  return { settings: kernelSettings(settings, { excluded, refused, running, complete, loadings }), faults };
}

/** The lines of one file in their order, with what the kernel has against them. */
function readingOf(tree: SysctlTree): {
  readonly lines: readonly SettingLine[];
  readonly faults: readonly Fault[];
} {
  const faults: Fault[] = [];
  const taken = tree.statements.map((statement): SettingLine => {
    const setting = settingFrom(statement);
    const { doubt, meant, takes } = judged(setting, statement);
    if (doubt) faults.push(doubt);
    const state = !takes ? 'refused' : statement.exclusion ? 'excluded' : 'taken';
    return { setting: meant, state, spelling: sysctlSpelling(statement.key.text), text: textOf(statement) };
  });
  const refused = tree.refused.map((statement): SettingLine => {
    const spelling = sysctlSpelling(statement.key.text);
    return { setting: settingFrom(statement), state: 'refused', spelling, text: textOf(statement) };
  });
  const lines = [...taken, ...refused];
  if (refused.length > 0) lines.sort((a, b) => a.setting.place.range.start - b.setting.place.range.start);
  return { lines, faults };
}

/** The value to the end of the line. */
function textOf({ source, value }: SysctlStatement): string {
  if (value === undefined) return '';
  const { start } = value.place.range;
  const end = source.text.indexOf('\n', start);
  return source.text.slice(start, end === -1 ? undefined : end).trim();
}

/**
 * What systemd-sysctl keeps of its lines: one of each key, the last, in its place; one that repeats the value leaves the
 * earlier where it is, and `-key` takes back what a line before it sets (parse_file in src/sysctl/sysctl.c, 252).
 */
function onceEach(lines: readonly SettingLine[]): readonly SettingLine[] {
  const kept = new Map<string, SettingLine>();
  for (const line of lines) {
    const { key } = line.setting;
    const earlier = kept.get(key);
    if (earlier?.state === line.state && earlier.text === line.text) continue;
    kept.delete(key);
    kept.set(key, line);
  }
  return [...kept.values()];
}

function settingFrom(statement: SysctlStatement): KernelSetting {
  const value = statement.value;
  return {
    key: statement.path,
    value: stated(value?.text ?? '', value ?? statement),
    by: 'file',
    place: statement.place,
    ...(statement.ignoreErrors && { ignoreErrors: true }),
  };
}

function judged(setting: KernelSetting, statement: SysctlStatement) {
  const aboutKey = doubtAboutKey(setting.key, statement.key.text);
  if (aboutKey) {
    const doubt: Fault = { ...aboutKey.fault, at: statement.key.place };
    return { doubt, takes: false, meant: { ...setting, key: aboutKey.path } };
  }
  const aboutValue = statement.exclusion ? undefined : doubtAboutValue(setting.key, setting.value.value);
  if (!aboutValue) return { takes: true, meant: setting };
  const doubt: Fault = {
    ...aboutValue.fault,
    at: setting.value.value === '' ? setting.place : setting.value.place,
  };
  return { doubt, takes: !aboutValue.refused, meant: setting };
}

function unreadFault(tree: SysctlTree): Fault {
  const name = tree.source.name.slice(tree.source.name.lastIndexOf('/') + 1);
  const at = tree.statements[0]?.place ?? { source: tree.source, range: { start: 0, end: 0 } };
  return {
    kind: 'refused-command',
    severity: 'error',
    message: `'${name}' does not end in .conf, so nothing reads it at boot`,
    remedy: `Name the file '${name}.conf'.`,
    at,
  };
}
