import type { Host } from './cluster.ts';
import type { KernelSetting } from './kernel.ts';
import { kernelNumbers } from './kernel-number.ts';
import { settingOf, twinOf, writtenPart } from './kernel-settings.ts';
import { knownKey } from './sysctl-keys.ts';

/** A key for which a host's files and its running kernel have different values. */
export interface SettingDrift {
  readonly key: string;
  /** Undefined: no file sets the key, and the kernel's default is not what it has. */
  readonly written: KernelSetting | undefined;
  readonly running: KernelSetting;
}

/** Keys without which a cluster does not work: what the kernel has of them is meant to come back after a reboot. */
const NEEDED =
  /^net\/ipv4\/(?:ip_forward|vs\/(?:expire_nodest_conn|expire_quiescent_template|conntrack)|conf\/all\/arp_(?:ignore|announce))$/;

/** Where the files of a host and its running kernel disagree, for keys that are known and hold numbers. */
export function settingDrifts({ sysctl }: Host): readonly SettingDrift[] {
  const written = sysctl && writtenPart(sysctl);
  const running = sysctl?.running;
  if (written === undefined || running === undefined || !written.settings.some(isOfFile)) return [];
  const drifts: SettingDrift[] = [];
  for (const shown of running) {
    const { key } = shown;
    const known = knownKey(key);
    if (known === undefined || known.numbers === 0 || known.readOnly) continue;
    const wanted = settingOf(written, key);
    // Two names of one variable: the one that a file writes is told.
    if (wanted !== undefined && wanted.key !== key && wanted.key === twinOf(key)) continue;
    if (wanted === undefined) {
      const fallback = known.value;
      if (
        fallback !== undefined &&
        NEEDED.test(key) &&
        !sameNumbers(fallback, shown.value.value, known.numbers)
      )
        drifts.push({ key, written: undefined, running: shown });
    } else if (!sameNumbers(wanted.value.value, shown.value.value, known.numbers))
      drifts.push({ key, written: wanted, running: shown });
  }
  return drifts;
}

function isOfFile({ by }: KernelSetting): boolean {
  return by === 'file';
}

/** True also where one of the two cannot be read: nothing is concluded from it. */
function sameNumbers(one: string, other: string, count: number): boolean {
  const [left, right] = [kernelNumbers(one, count), kernelNumbers(other, count)];
  return left === undefined || right === undefined || left.join(' ') === right.join(' ');
}
