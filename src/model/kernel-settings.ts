import { globMatches, isGlob } from '../../grammars/sysctl/read.ts';
import { isStart, type SetupCommand } from './commands.ts';
import type { KernelSetting, KernelSettings, Loading, SettingLine } from './kernel.ts';
import { remembered } from './memory.ts';

/** Two paths for one variable of the kernel (net/ipv4/devinet.c, net/netfilter/nf_conntrack_standalone.c). */
const TWINS = new Map([
  ['net/ipv4/ip_forward', 'net/ipv4/conf/all/forwarding'],
  ['net/ipv4/conf/all/forwarding', 'net/ipv4/ip_forward'],
  ['net/nf_conntrack_max', 'net/netfilter/nf_conntrack_max'],
  ['net/netfilter/nf_conntrack_max', 'net/nf_conntrack_max'],
]);

const NAMED_BY_PATTERNS = ['all', 'default', 'lo'];

/** What `kernelSettings` cannot see in the settings themselves. */
export interface SettingsContext {
  readonly excluded?: ReadonlySet<string> | undefined;
  readonly refused?: readonly KernelSetting[] | undefined;
  readonly complete?: boolean;
  /** Left out: the settings in their order, and nothing else. */
  readonly loadings?: readonly Loading[];
}

/** Settings in the order in which they are applied, with the winner of each key. */
export function kernelSettings(
  settings: readonly KernelSetting[],
  {
    excluded = new Set(),
    refused = [],
    complete = false,
    loadings = [inOrder(settings)],
  }: SettingsContext = {},
): KernelSettings {
  return new Settings(settings, excluded, refused, loadings, complete);
}

class Settings implements KernelSettings {
  constructor(
    readonly settings: readonly KernelSetting[],
    readonly excluded: ReadonlySet<string>,
    readonly refused: readonly KernelSetting[],
    readonly loadings: readonly Loading[],
    readonly complete: boolean,
  ) {}
  /** Few ask for it, and of a running kernel it is long. */
  get winning(): ReadonlyMap<string, KernelSetting> {
    return winnersIn(this);
  }
}

const winnersIn = remembered((all: KernelSettings): ReadonlyMap<string, KernelSetting> => {
  const winning = new Map<string, KernelSetting>();
  for (const setting of all.settings) if (!isGlob(setting.key)) winning.set(setting.key, setting);
  const { last } = indexOf(all);
  for (const [at, setting] of all.settings.entries()) {
    for (const key of namesOf(setting.key)) {
      const explicit = last.get(key) ?? -1;
      const beaten = setting.by === 'file' ? explicit !== -1 || all.excluded?.has(key) : explicit > at;
      if (!beaten) winning.set(key, { ...setting, key });
    }
  }
  return winning;
});

/**
 * The setting that a key ends up with, under either of its names. In files a key of its own line beats every pattern
 * (sysctl.d(5)); a command's pattern takes effect when it runs.
 */
export function settingOf(settings: KernelSettings, path: string): KernelSetting | undefined {
  const twin = twinOf(path);
  const own = winnerOf(settings, path);
  return settings.settings[twin === undefined ? own : Math.max(own, winnerOf(settings, twin))];
}

/** The last setting that names just this path; patterns aside. */
export function plainSetting(all: KernelSettings, path: string): KernelSetting | undefined {
  return all.settings[indexOf(all).last.get(path) ?? -1];
}

/** What the running kernel says of a path, which stands behind whatever files and scripts set. */
export function runningSetting(all: KernelSettings, path: string): KernelSetting | undefined {
  const shown = [path, twinOf(path) ?? path].map((name) => plainSetting(all, name));
  return shown.find((setting) => setting?.by === 'running');
}

/** The other path of a variable that has two. */
export function twinOf(path: string): string | undefined {
  return TWINS.get(path);
}

/** What files and scripts set, without what a running kernel says; undefined where nobody looked at either. */
export function writtenPart(settings: KernelSettings): KernelSettings | undefined {
  const written = settings.settings.filter((setting) => setting.by !== 'running');
  if (written.length === 0 && settings.settings.length > 0) return undefined;
  return kernelSettings(written, { ...settings, complete: false });
}

/** What files set, those included that scripts write, without what scripts set as they run. */
export function filePart(settings: KernelSettings): KernelSettings {
  const loadings = settings.loadings.map(({ program, lines }) => {
    return { program, lines: lines.filter(({ setting }) => setting.by === 'file') };
  });
  const files = settings.settings.filter(({ by }) => by === 'file');
  return kernelSettings(files, { ...settings, loadings, complete: false });
}

/** What the running kernel says, without what files and scripts set; undefined where nobody asked it. */
export function runningPart(settings: KernelSettings): KernelSettings | undefined {
  const running = settings.settings.filter((setting) => setting.by === 'running');
  return running.length === 0 ? undefined : kernelSettings(running, { complete: settings.complete });
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
  const before = settings?.settings.filter((setting) => setting.by !== 'running') ?? [];
  const running = settings?.settings.filter((setting) => setting.by === 'running') ?? [];
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
  return kernelSettings([...before, ...certain, ...running], {
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
  const written = settings.filter(({ by }) => by !== 'running');
  return { program: 'sysctl', lines: written.map((setting) => lineOf(setting, 'taken')) };
}

function lineOf(setting: KernelSetting, state: SettingLine['state']): SettingLine {
  return { setting, state, spelling: setting.key, text: setting.value.value };
}

function settingsSetBy(command: SetupCommand): readonly KernelSetting[] {
  if (command.does === 'append-sysctl-line' || command.does === 'write-sysctl-file') return command.settings;
  return command.does === 'set-kernel-key' && command.setting ? [command.setting] : [];
}

/** The keys that a pattern for interfaces sets on every host. */
function namesOf(pattern: string): string[] {
  const segments = pattern.split('/', 6);
  if (!isGlob(pattern) || segments.length !== 5 || !/^(?:conf|neigh)$/.test(segments[2] ?? '')) return [];
  if (segments.some((segment, index) => index !== 3 && isGlob(segment))) return [];
  return NAMED_BY_PATTERNS.map((name) => segments.with(3, name).join('/')).filter((path) =>
    globMatches(pattern, path),
  );
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
