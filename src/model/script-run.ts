import type { Host } from './cluster.ts';
import type { SetupCommand, SetupScript } from './commands.ts';
import { groupBy } from './grouping.ts';
import type { KernelSetting } from './kernel.ts';
import { filePart, settingOf } from './kernel-settings.ts';

/** A set-up script with its commands, in the order in which it runs them. */
export interface ScriptRun {
  readonly script: SetupScript;
  readonly commands: readonly SetupCommand[];
}

/** The scripts of a host that do anything. */
export function scriptRuns({ scripts = [], commands = [] }: Host): readonly ScriptRun[] {
  const bySource = groupBy(commands, ({ place }) => place.source);
  return scripts.flatMap((script) => {
    const own = bySource.get(script.place.source);
    return own === undefined ? [] : [{ script, commands: own }];
  });
}

/** The name of a script without its folders, for a message. */
export function scriptName({ label }: SetupScript): string {
  return label.replace(/^.*\//, '');
}

/** Whether one run of a script may do both. */
export function isSameRun(one: SetupCommand, other: SetupCommand): boolean {
  return one.branch === undefined || other.branch === undefined || one.branch === other.branch;
}

/** Whether a script looks like one that a service manager starts and stops. */
export function isService({ forBoot, branches }: SetupScript): boolean {
  const names = branches.flatMap((branch) => branch.split('|'));
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  return forBoot !== undefined || (has(/^-{0,2}(?:start|up|on)$/i) && has(/^-{0,2}(?:stop|down|off)$/i));
}

/** Whether keepalived runs a script: its files name it where they name programs. */
export function isCalledByKeepalived(
  { vrrp = [], syncGroups = [], trackScripts = [] }: Host,
  script: SetupScript,
): boolean {
  const name = scriptName(script);
  const called = [
    ...[...vrrp, ...syncGroups].flatMap(({ notify }) => notify),
    ...trackScripts.flatMap(({ command }) => command ?? []),
  ];
  return called.some(({ value }) => value.includes(name));
}

/** What a host's sysctl files alone come to, those included that its scripts write. */
export function persistedSettings({ sysctl }: Host) {
  return sysctl && filePart(sysctl);
}

/** The settings among some that no file of the host makes at boot. */
export function unpersisted(host: Host, settings: readonly KernelSetting[]): readonly KernelSetting[] {
  const persisted = persistedSettings(host);
  return settings.filter(
    ({ key, value }) => persisted === undefined || settingOf(persisted, key)?.value.value !== value.value,
  );
}
