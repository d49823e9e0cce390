import { type Fix, reviewedFix, safeFix } from '../evidence/fix.ts';
import type { KernelSetting, KernelSettings } from './kernel.ts';
import { keyRemoved, keyReworded } from './kernel-edit.ts';
import { keyName } from './kernel-files.ts';
import { isBefore } from './release.ts';
import { type ObsoleteKey, obsoleteKey } from './sysctl-keys.ts';

const TW_RECYCLE = 'net/ipv4/tcp_tw_recycle';

/** Lines of one text that lost their keys together. */
export interface ObsoleteLines {
  readonly key: ObsoleteKey;
  readonly settings: readonly [KernelSetting, ...KernelSetting[]];
  /** `lost`: what was meant is not set; `none`: it is so anyway; `drops-clients`: the key is still there, and harms. */
  readonly effect: 'drops-clients' | 'lost' | 'none';
}

/** The lines that set what the kernel no longer has or no longer looks at, in the order of the files. */
export function obsoleteLines(
  { settings }: KernelSettings,
  kernel: string | undefined,
): readonly ObsoleteLines[] {
  const groups = new Map<
    string,
    ObsoleteLines & { readonly settings: [KernelSetting, ...KernelSetting[]] }
  >();
  for (const setting of settings) {
    const key = setting.by === 'running' ? undefined : obsoleteKey(setting.key);
    if (key === undefined || setting.ignoreErrors) continue;
    const effect = effectOf(setting, key, kernel);
    if (effect === undefined) continue;
    const { state, lastKernel, remedy } = key;
    const group = [setting.place.source.name, effect, state, lastKernel, remedy].join('\n');
    const known = groups.get(group);
    if (known === undefined) groups.set(group, { key, settings: [setting], effect });
    else known.settings.push(setting);
  }
  return [...groups.values()];
}

function effectOf(
  { key, value }: KernelSetting,
  { state, lastKernel }: ObsoleteKey,
  kernel: string | undefined,
): ObsoleteLines['effect'] | undefined {
  const recycles = key === TW_RECYCLE && value.value.trim() !== '0';
  if (lastKernel !== undefined && isBefore(kernel, lastKernel.replace(/\d+$/, next)))
    return recycles ? 'drops-clients' : undefined;
  // Without the key nothing is recycled.
  return state === 'without-effect' || (key === TW_RECYCLE && !recycles) ? 'none' : 'lost';
}

/** The release behind the last one that has it. */
function next(minor: string): string {
  return String(Number(minor) + 1);
}

/** A key that took the work over gets the value, which then counts. What nothing reads may go. */
export function fixOfObsolete({ settings, effect }: ObsoleteLines): Fix | undefined {
  if (effect === 'drops-clients') return reviewedFix('delete it', ...settings.map(keyRemoved));
  const renamed = settings.map((setting) => ({ setting, instead: obsoleteKey(setting.key)?.instead }));
  const [first] = renamed;
  if (first?.instead === undefined)
    return safeFix('delete what no kernel reads', ...settings.map(keyRemoved));
  return reviewedFix(
    `write ${keyName(first.instead)}`,
    ...renamed.map(({ setting, instead = '' }) =>
      keyReworded(setting, keyName(setting.key), keyName(instead)),
    ),
  );
}
