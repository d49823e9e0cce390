import { isGlob } from '../../grammars/sysctl/read.ts';
import { type Effective, numberAfter } from './effective.ts';
import type { KernelSetting, KernelSettings, Loading } from './kernel.ts';
import { filePart } from './kernel-settings.ts';
import { lastLine } from './loading.ts';

/** A key that `sysctl --system` and systemd-sysctl leave with different values, from the same files. */
export interface LoaderDifference {
  readonly key: string;
  readonly loaded: LeftValue;
  readonly booted: LeftValue;
}

export interface LeftValue {
  /** Undefined: the key is left alone, and has whatever the kernel starts with. */
  readonly value: string | undefined;
  readonly setting: KernelSetting | undefined;
}

/**
 * The keys of a host that differ for certain: whether or not sysctl.conf is linked into sysctl.d. Looks at keys that the
 * programs may see differently: written more than once, taken back, or in a file that only one of them reads.
 */
export function loaderDifferences(settings: KernelSettings): readonly LoaderDifference[] {
  const files = filePart(settings);
  const boot = files.loadings.find(({ program }) => program === 'systemd-sysctl');
  const others = files.loadings.filter(({ program }) => program === 'sysctl');
  if (boot === undefined) return [];
  return candidates(others, boot).flatMap((key) => {
    const booted = leftBy(files, boot, key);
    const [loaded, ...again] = others.map((loading) => leftBy(files, loading, key));
    if (booted === undefined || loaded === undefined) return [];
    const differs = [loaded, ...again].every((one) => one !== undefined && one.value !== booted.value);
    return differs ? [{ key, loaded, booted }] : [];
  });
}

function candidates(others: readonly Loading[], boot: Loading): readonly string[] {
  const linesOf = (loading: Loading) => {
    const counts = new Map<string, number>();
    for (const { setting } of loading.lines)
      if (!isGlob(setting.key)) counts.set(setting.key, (counts.get(setting.key) ?? 0) + 1);
    return counts;
  };
  const [first] = others;
  const atBoot = linesOf(boot);
  return first === undefined
    ? []
    : [...linesOf(first)].flatMap(([key, count]) => (count > 1 || !atBoot.has(key) ? [key] : []));
}

/** Undefined where nobody can tell. */
function leftBy(files: KernelSettings, loading: Loading, key: string): LeftValue | undefined {
  const number: Effective<number | undefined> = numberAfter(files, loading, key);
  if (number.value !== undefined && !number.unclear) {
    const [setting] = number.from;
    return { value: String(number.value), setting };
  }
  const line = lastLine(loading, key);
  if (line?.state === 'refused' || (line !== undefined && number.value !== undefined)) return undefined;
  return { value: line?.text, setting: line?.setting };
}
