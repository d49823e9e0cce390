import { readSysctl, type SysctlTree } from '../../grammars/sysctl/read.ts';
import type { Basis, Source } from '../../src/evidence/source.ts';
import { kernelSettingsFrom } from '../../src/model/from-sysctl.ts';
import type { KernelSettings } from '../../src/model/kernel.ts';

/** A sysctl text of one host. */
export function sysctlSource(
  text: string,
  name = '/etc/sysctl.d/90-lvs.conf',
  basis: Basis = 'written',
): Source {
  return { name, host: 'rs1', format: 'sysctl', basis, text, origin: { kind: 'file', path: name } };
}

/** Its tree. */
export function sysctlTree(text: string, name?: string, basis?: Basis): SysctlTree {
  return readSysctl(sysctlSource(text, name, basis));
}

/** The settings of a host that has these lines in one file. */
export function settingsOf(...lines: string[]): KernelSettings {
  return kernelSettingsFrom([sysctlTree(lines.join('\n'))]).settings;
}

/** The settings of a running kernel that reports these lines. */
export function runningSettings(...lines: string[]): KernelSettings {
  return kernelSettingsFrom([sysctlTree(lines.join('\n'), 'sysctl -a', 'observed')]).settings;
}
