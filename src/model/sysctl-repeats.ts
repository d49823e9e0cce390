import { commandsThat, type SetupCommand, type SetupCommandOf } from './commands.ts';
import type { KernelSetting, KernelSettings } from './kernel.ts';

/** Lines of one file that give one key other values than its last line does. */
export interface Contradiction {
  readonly losers: readonly KernelSetting[];
  readonly winner: KernelSetting;
}

/** The keys that a sysctl file sets more than once, to different values; the last line wins. */
export function contradictions({ settings }: KernelSettings): readonly Contradiction[] {
  const last = new Map<string, KernelSetting>();
  const losersOf = new Map<KernelSetting, KernelSetting[]>();
  for (const setting of settings.toReversed()) {
    const { source } = setting.place;
    if (setting.by !== 'file' || source.format !== 'sysctl' || !isNumeric(setting)) continue;
    const key = `${source.name}\n${setting.key}`;
    const winner = last.get(key);
    if (winner === undefined) {
      last.set(key, setting);
      losersOf.set(setting, []);
    } else if (words(winner) !== words(setting)) losersOf.get(winner)?.push(setting);
  }
  return [...losersOf]
    .filter(([, losers]) => losers.length > 0)
    .map(([winner, losers]) => ({ losers: losers.toReversed(), winner }))
    .toReversed();
}

/** What a running kernel prints of its drives and the like takes several lines, and is no list of wishes. */
function isNumeric({ value }: KernelSetting): boolean {
  return /^[\d\s-]+$/.test(value.value);
}

function words({ value }: KernelSetting): string {
  return value.value.trim().split(/\s+/).join(' ');
}

type Append = SetupCommandOf<'append-sysctl-line'>;

/** The commands that add lines to a file at every run, by file; each list has at least one. */
export function unguardedAppends(
  commands: readonly SetupCommand[],
): ReadonlyMap<string, readonly [Append, ...Append[]]> {
  const byFile = new Map<string, [Append, ...Append[]]>();
  for (const command of commandsThat('append-sysctl-line', commands)) {
    const known = byFile.get(command.file.value);
    if (command.guarded) continue;
    if (known === undefined) byFile.set(command.file.value, [command]);
    else known.push(command);
  }
  return byFile;
}
