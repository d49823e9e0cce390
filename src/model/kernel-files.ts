import { sysctlName } from '../../grammars/sysctl/read.ts';
import type { Host } from './cluster.ts';
import { effectiveNumber } from './effective.ts';
import type { KernelSetting } from './kernel.ts';

/** Whether what a host sets at boot was looked at: the keys that a script sets by the way do not say that. */
export function hasSysctlFiles({ sysctl }: Host): boolean {
  if (sysctl === undefined) return false;
  const { settings, running } = sysctl;
  return running !== undefined || settings.length === 0 || settings.some(({ by }) => by === 'file');
}

/** What every rule says under "not judged" where a host's sysctl files were not given: one sentence, told once. */
export function noSysctlFiles(host: Host): string {
  return `no sysctl files of ${host.label} were given`;
}

/** A number that a setting states, with the setting that does. */
export interface WrittenNumber {
  readonly value: number;
  readonly setting: KernelSetting;
}

/** The number that a host's settings give a key; undefined where none does, or none that is certain. */
export function writtenNumber({ sysctl }: Host, path: string): WrittenNumber | undefined {
  if (sysctl === undefined) return undefined;
  const { value, known, from } = effectiveNumber(sysctl, path);
  const [setting] = from;
  return known && value !== undefined && setting !== undefined ? { value, setting } : undefined;
}

/** A key as sysctl prints it: `net.ipv4.vs.conntrack` for the path `net/ipv4/vs/conntrack`. */
export function keyName(path: string): string {
  return sysctlName(path);
}
