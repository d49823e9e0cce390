import type { SysctlStatement, SysctlTree } from '../../grammars/sysctl/read.ts';
import type { Fault } from '../../grammars/tree.ts';
import { stated } from '../evidence/fact.ts';
import type { KernelSetting, KernelSettings } from './kernel.ts';
import { kernelSettings } from './kernel-settings.ts';
import { sysctlOrder } from './sysctl-order.ts';
import { doubtAboutKey, doubtAboutValue } from './sysctl-values.ts';

/** A key that every kernel has, whatever was asked of it: without it the text is an excerpt. */
const IN_EVERY_KERNEL = ['kernel/ostype', 'net/ipv4/ip_forward'];

/**
 * What the sysctl texts of one host come to. Files are put in the order of the boot; what a running kernel said stands
 * behind them and wins. `faults` are the trees' own, and the keys and values that the kernel refuses.
 */
export function kernelSettingsFrom(trees: readonly SysctlTree[]): {
  readonly settings: KernelSettings;
  readonly faults: readonly Fault[];
} {
  const observed = trees.filter((tree) => tree.source.basis === 'observed');
  const { applied, unread } = sysctlOrder(trees.filter((tree) => tree.source.basis === 'written'));
  const settings: KernelSetting[] = [];
  const refused: KernelSetting[] = [];
  const faults: Fault[] = [...trees.flatMap((tree) => tree.faults), ...unread.map(unreadFault)];
  const excluded = new Set<string>();
  for (const tree of applied) {
    for (const statement of tree.refused) refused.push(settingFrom(statement, 'file'));
    for (const statement of tree.statements) {
      if (statement.exclusion) excluded.add(statement.path);
      const setting = settingFrom(statement, 'file');
      const { doubt, meant, takes } = judged(setting, statement);
      if (doubt) faults.push(doubt);
      if (takes && !statement.exclusion) settings.push(setting);
      else if (!takes) refused.push(meant);
    }
  }
  const running = new Set<string>();
  for (const statement of observed.flatMap((tree) => tree.statements)) {
    settings.push(settingFrom(statement, 'running'));
    running.add(statement.path);
  }
  const complete = IN_EVERY_KERNEL.every((key) => running.has(key));
  return { settings: kernelSettings(settings, { excluded, refused, complete }), faults };
}

function settingFrom(statement: SysctlStatement, by: KernelSetting['by']): KernelSetting {
  const value = statement.value;
  return {
    key: statement.path,
    value: stated(value?.text ?? '', value ?? statement),
    by,
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
