import type { KernelSetting, KernelSettings } from './kernel.ts';

/** Two lines of one file that give one key different values. */
export interface Contradiction {
  readonly loser: KernelSetting;
  readonly winner: KernelSetting;
}

/** The keys that a sysctl file sets more than once, to different values; the last line wins. */
export function contradictions({ settings }: KernelSettings): readonly Contradiction[] {
  const last = new Map<string, KernelSetting>();
  const found: Contradiction[] = [];
  for (const setting of settings.toReversed()) {
    const { source } = setting.place;
    if (setting.by !== 'file' || source.format !== 'sysctl') continue;
    const key = `${source.name}\n${setting.key}`;
    const winner = last.get(key);
    if (winner === undefined) last.set(key, setting);
    else if (words(winner) !== words(setting)) found.push({ loser: setting, winner });
  }
  return found.toReversed();
}

function words({ value }: KernelSetting): string {
  return value.value.trim().split(/\s+/).join(' ');
}
