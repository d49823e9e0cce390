import { globMatches, isGlob } from '../../grammars/sysctl/read.ts';
import { isStart, type SetupCommand } from './commands.ts';
import type { KernelSetting, KernelSettings } from './kernel.ts';
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
}

/** Settings in the order in which they are applied, with the winner of each key. */
export function kernelSettings(
  settings: readonly KernelSetting[],
  { excluded = new Set(), refused = [], complete = false }: SettingsContext = {},
): KernelSettings {
  const winning = new Map<string, KernelSetting>();
  const result: KernelSettings = { settings, winning, excluded, refused, complete };
  for (const setting of settings) if (!isGlob(setting.key)) winning.set(setting.key, setting);
  const { last } = indexOf(result);
  for (const [at, setting] of settings.entries()) {
    for (const key of namesOf(setting.key)) {
      const explicit = last.get(key) ?? -1;
      const beaten = setting.by === 'file' ? explicit !== -1 || excluded.has(key) : explicit > at;
      if (!beaten) winning.set(key, { ...setting, key });
    }
  }
  return result;
}

/**
 * The setting that a key ends up with, under either of its names. In files a key of its own line beats every pattern
 * (sysctl.d(5)); a command's pattern takes effect when it runs.
 */
export function settingOf(settings: KernelSettings, path: string): KernelSetting | undefined {
  return settings.settings[positionOf(settings, path)];
}

/** Where in the order the winning setting of a key stands; -1 where nothing sets it. */
export function positionOf(settings: KernelSettings, path: string): number {
  const twin = TWINS.get(path);
  const own = winnerOf(settings, path);
  return twin === undefined ? own : Math.max(own, winnerOf(settings, twin));
}

/** The line that means to set a key and that nothing takes as written, if there is one. */
export function refusedOf(settings: KernelSettings, path: string): KernelSetting | undefined {
  const { refused } = indexOf(settings);
  return refused.get(path) ?? refused.get(TWINS.get(path) ?? path);
}

/** What files and scripts set, without what a running kernel says; undefined where nobody looked at either. */
export function writtenPart(settings: KernelSettings): KernelSettings | undefined {
  const written = settings.settings.filter((setting) => setting.by !== 'running');
  if (written.length === 0 && settings.settings.length > 0) return undefined;
  return kernelSettings(written, { excluded: settings.excluded, refused: settings.refused });
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
  });
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
  readonly refused: ReadonlyMap<string, KernelSetting>;
}

const indexOf = remembered((settings: KernelSettings): Index => {
  const last = new Map<string, number>();
  const fileGlobs: number[] = [];
  const otherGlobs: number[] = [];
  for (const [at, setting] of settings.settings.entries()) {
    if (isGlob(setting.key)) (setting.by === 'file' ? fileGlobs : otherGlobs).push(at);
    else last.set(setting.key, at);
  }
  const refused = new Map(settings.refused?.map((setting) => [setting.key, setting]));
  return { last, fileGlobs, otherGlobs, refused };
});
