import type { Edit } from '../evidence/fix.ts';
import { type Fix, reviewedFix, valued } from '../evidence/fix.ts';
import { lineAdded, lineRemoved } from '../evidence/line-edit.ts';
import type { Host } from './cluster.ts';
import type { KernelSetting } from './kernel.ts';
import { keyName } from './kernel-files.ts';

/** Another value where a key is set, else a line of its own for it. */
export function keySet(host: Host, path: string, value: number, setting?: KernelSetting): Fix | undefined {
  return reviewedFix(
    `set ${keyName(setting?.key ?? path)} = ${value}`,
    setting === undefined ? keyAdded(host, path, value) : valued(setting.value, value),
  );
}

/** A line for a key that nothing sets, in the host's sysctl files behind the one most like it. */
function keyAdded({ sysctl }: Host, path: string, value: number): Edit | undefined {
  // Packages own what stands below /usr: an update would take the line away.
  const own = sysctl?.settings.filter(({ by, place }) => by === 'file' && !isVendor(place.source.name)) ?? [];
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const near = own.findLast(({ key }) => key.startsWith(folder)) ?? own.at(-1);
  if (near === undefined) return undefined;
  const [sign = ' = '] = /[ \t]*=[ \t]*/.exec(textOf(near)) ?? [];
  return lineAdded(near, `${keyName(path)}${sign}${value}`);
}

/** The line of a sysctl file that sets a key, taken away; not a command of a script, on which others may hang. */
export function keyRemoved(setting: KernelSetting): Edit | undefined {
  return setting.by === 'file' ? lineRemoved(setting) : undefined;
}

/** What is set for one device, set for all of them. */
export function setForAll(setting: KernelSetting): Edit | undefined {
  return keyReworded(setting, `conf.${setting.key.split('/')[3]}.`, 'conf.all.');
}

/** Another device, or another name, in the key of a setting. */
export function keyReworded(setting: KernelSetting, from: string, to: string): Edit | undefined {
  const { source, range } = setting.place;
  const text = textOf(setting);
  const [first, second] = [from.replaceAll('.', '/'), from].map((key) => text.indexOf(key));
  const at = Math.max(first ?? -1, second ?? -1);
  if (at === -1) return undefined;
  const start = range.start + at;
  const found = text.slice(at, at + from.length);
  const words = found === from ? to : to.replaceAll('.', '/');
  return { source, range: { start, end: start + from.length }, text: words };
}

function textOf({ place: { source, range } }: KernelSetting): string {
  return source.text.slice(range.start, range.end);
}

function isVendor(name: string): boolean {
  return /(?:^|\/)(?:usr\/)?lib\/sysctl\.d\//.test(name);
}
