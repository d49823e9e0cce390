import { globMatches, isGlob } from '../../grammars/sysctl/read.ts';
import { isStart, type SetupCommand } from './commands.ts';
import type { KernelSetting, KernelSettings, Loading, RunningKeys, SettingLine } from './kernel.ts';
import { remembered } from './memory.ts';

/** Two paths for one variable of the kernel (net/ipv4/devinet.c, net/netfilter/nf_conntrack_standalone.c). */
const TWINS = new Map([
  ['net/ipv4/ip_forward', 'net/ipv4/conf/all/forwarding'],
  ['net/ipv4/conf/all/forwarding', 'net/ipv4/ip_forward'],
  ['net/nf_conntrack_max', 'net/netfilter/nf_conntrack_max'],
  ['net/netfilter/nf_conntrack_max', 'net/nf_conntrack_max'],
]);

/** What `kernelSettings` cannot see in the settings themselves. */
export interface SettingsContext {
  readonly excluded?: ReadonlySet<string> | undefined;
  readonly refused?: readonly KernelSetting[] | undefined;
  readonly running?: RunningKeys | undefined;
  readonly complete?: boolean;
  /** Left out: the settings in their order, and nothing else. */
  readonly loadings?: readonly Loading[];
}

/** Settings of files and scripts in the order in which they are applied, and what else is known. */
export function kernelSettings(
  settings: readonly KernelSetting[],
  {
    excluded = new Set(),
    refused = [],
    running,
    complete = false,
    loadings = [inOrder(settings)],
  }: SettingsContext = {},
): KernelSettings {
  return { settings, excluded, refused, running, complete, loadings };
}

/**
 * The setting that a key ends up with, under either of its names. In files a key of its own line beats every pattern
 * (sysctl.d(5)); a command's pattern takes effect when it runs; what the running kernel says is what all of it came to.
 */
export function settingOf(settings: KernelSettings, path: string): KernelSetting | undefined {
  const shown = runningSetting(settings, path);
  if (shown !== undefined) return shown;
  const twin = twinOf(path);
  const own = winnerOf(settings, path);
  return settings.settings[twin === undefined ? own : Math.max(own, winnerOf(settings, twin))];
}

/** Everything that is said of any key: by files, by scripts, by the running kernel. */
export function* allSettings({ settings, running }: KernelSettings): Generator<KernelSetting> {
  yield* settings;
  yield* running ?? [];
}

/** What is said last of just this path, under this name; patterns aside. */
export function plainSetting(all: KernelSettings, path: string): KernelSetting | undefined {
  return all.running?.get(path) ?? all.settings[indexOf(all).last.get(path) ?? -1];
}

/** What the running kernel says of a path, under either of its names. */
export function runningSetting({ running }: KernelSettings, path: string): KernelSetting | undefined {
  return running?.get(path) ?? running?.get(twinOf(path) ?? path);
}

/** The other path of a variable that has two. */
export function twinOf(path: string): string | undefined {
  return TWINS.get(path);
}

/** What files and scripts set, without what a running kernel says; undefined where nobody looked at either. */
export function writtenPart(all: KernelSettings): KernelSettings | undefined {
  if (all.settings.length === 0 && all.running !== undefined) return undefined;
  return kernelSettings(all.settings, { ...all, running: undefined, complete: false });
}

/** What files set, those included that scripts write, without what scripts set as they run. */
export function filePart(all: KernelSettings): KernelSettings {
  const loadings = all.loadings.map(({ program, lines }) => {
    return { program, lines: lines.filter(({ setting }) => setting.by === 'file') };
  });
  const files = all.settings.filter(({ by }) => by === 'file');
  return kernelSettings(files, { ...all, loadings, running: undefined, complete: false });
}

/**
 * Adds what set-up scripts set when they start: behind the files of the boot, before what the running kernel says. Where
 * conditions in a script leave open which of several values is set, nothing is known of the key.
 */
export function withCommandSettings(
  settings: KernelSettings | undefined,
  commands: readonly SetupCommand[],
): KernelSettings | undefined {
  const added = commands.filter(isStart).flatMap((command) => {
    const { conditional } = command;
    return settingsSetBy(command).map((setting) => ({ setting, conditional }));
  });
  if (added.length === 0) return settings;
  const values = new Map<string, string>();
  const open = new Set<string>();
  for (const { setting, conditional } of added) {
    const { key, value } = setting;
    const earlier = values.get(key);
    if (conditional && earlier !== undefined && earlier !== value.value) open.add(key);
    values.set(key, value.value);
  }
  const certain = added.flatMap(({ setting }) => (open.has(setting.key) ? [] : [setting]));
  const doubtful = added.flatMap(({ setting }) => (open.has(setting.key) ? [setting] : []));
  return kernelSettings([...(settings?.settings ?? []), ...certain], {
    ...settings,
    refused: [...(settings?.refused ?? []), ...doubtful],
    loadings: (settings?.loadings ?? [inOrder([])]).map(({ program, lines }) => ({
      program,
      lines: [
        ...lines,
        ...certain.map((setting) => lineOf(setting, 'taken')),
        ...doubtful.map((setting) => lineOf(setting, 'refused')),
      ],
    })),
  });
}

function inOrder(settings: readonly KernelSetting[]): Loading {
  return { program: 'sysctl', lines: settings.map((setting) => lineOf(setting, 'taken')) };
}

function lineOf(setting: KernelSetting, state: SettingLine['state']): SettingLine {
  return { setting, state, spelling: setting.key, text: setting.value.value };
}

function settingsSetBy(command: SetupCommand): readonly KernelSetting[] {
  if (command.does === 'append-sysctl-line' || command.does === 'write-sysctl-file') return command.settings;
  return command.does === 'set-kernel-key' && command.setting ? [command.setting] : [];
}

function winnerOf(settings: KernelSettings, path: string): number {
  const { last, fileGlobs, otherGlobs } = indexOf(settings);
  const explicit = last.get(path) ?? -1;
  const matches = (at: number) => globMatches(settings.settings[at]?.key ?? '', path);
  const other = otherGlobs.findLast(matches) ?? -1;
  if (other !== -1 || explicit !== -1 || settings.excluded?.has(path)) return Math.max(other, explicit);
  return fileGlobs.findLast(matches) ?? -1;
}

interface Index {
  readonly last: ReadonlyMap<string, number>;
  readonly fileGlobs: readonly number[];
  readonly otherGlobs: readonly number[];
}

const indexOf = remembered((settings: KernelSettings): Index => {
  const last = new Map<string, number>();
  const fileGlobs: number[] = [];
  const otherGlobs: number[] = [];
  for (const [at, setting] of settings.settings.entries()) {
    if (isGlob(setting.key)) (setting.by === 'file' ? fileGlobs : otherGlobs).push(at);
    else last.set(setting.key, at);
  }
  return { last, fileGlobs, otherGlobs };
});
