import { type ArpKey, arpGuard, isIdleDevice } from './arp-guard.ts';
import type { Cluster, Host } from './cluster.ts';
import { commandsThat, isStart, isStop, type SetupCommand, type SetupCommandOf } from './commands.ts';
import { confTarget } from './conf-keys.ts';
import { isQuietDevice } from './device.ts';
import { quietVips } from './held-vip.ts';
import type { InterfaceAddress, KernelSetting } from './kernel.ts';
import { isSameRun, persistedSettings, type ScriptRun } from './script-run.ts';

/** A VIP that stands for a while although ARP is not restrained yet, or not any more. */
export interface OpenWindow {
  readonly when: 'start' | 'stop';
  readonly name: ArpKey;
  readonly address: InterfaceAddress | undefined;
  /** The command that comes too early. */
  readonly early: SetupCommand;
  /** The command that ought to come before it. */
  readonly late: SetupCommand;
}

/** The first such window of a script's start and of its stop; none where files of the boot restrain ARP anyway. */
export function openWindows(cluster: Cluster, host: Host, { commands }: ScriptRun): readonly OpenWindow[] {
  const vips = new Set(quietVips(cluster, host).map(({ address }) => address.key));
  if (vips.size === 0) return [];
  const written = commandsThat('set-kernel-key', commands).flatMap((command) => {
    const name = command.setting && arpKeyOf(command.setting);
    return name === undefined ? [] : [{ command, name, isOn: command.setting?.value.value !== '0' }];
  });
  return [
    ...atStart(host, commands, vips, written).slice(0, 1),
    ...atStop(commands, vips, written).slice(0, 1),
  ];
}

interface Written {
  readonly command: SetupCommandOf<'set-kernel-key'>;
  readonly name: ArpKey;
  readonly isOn: boolean;
}

function atStart(
  host: Host,
  commands: readonly SetupCommand[],
  vips: ReadonlySet<string>,
  written: readonly Written[],
): readonly OpenWindow[] {
  const file = { ...host, sysctl: persistedSettings(host) } as Host;
  const open = written.filter(
    ({ command, name, isOn }) => isOn && isStart(command) && (arpGuard(file, name)?.value ?? 0) === 0,
  );
  return commandsThat('add-address', commands).flatMap((early) => {
    const { address } = early;
    if (address === undefined || !vips.has(address.key) || !isStart(early)) return [];
    const inRun = open.filter(({ command }) => isSameRun(command, early));
    const late = inRun.find(
      ({ command, name }) =>
        command.order > early.order &&
        !inRun.some((other) => other.name === name && other.command.order < early.order),
    );
    return late === undefined
      ? []
      : [{ when: 'start' as const, name: late.name, address, early, late: late.command }];
  });
}

function atStop(
  commands: readonly SetupCommand[],
  vips: ReadonlySet<string>,
  written: readonly Written[],
): readonly OpenWindow[] {
  const removals = commandsThat('remove-address', commands).filter(
    ({ key, interface: device, ...rest }) =>
      isStop(rest) && (key === undefined ? isQuietDevice(device?.value ?? '') : vips.has(key)),
  );
  return written.flatMap(({ command, name, isOn }) => {
    const late = removals.find(
      (removal) => removal.order > command.order && removal.branch === command.branch,
    );
    return isOn || late === undefined || !isStop(command)
      ? []
      : [{ when: 'stop' as const, name, address: undefined, early: command, late }];
  });
}

/** The ARP key of a setting that has an effect: one for a device that ARP arrives on, or for all. */
function arpKeyOf({ key }: KernelSetting): ArpKey | undefined {
  const target = confTarget(key);
  if (target === undefined || target.family === 6 || isIdleDevice(target.device)) return undefined;
  return target.name === 'arp_ignore' || target.name === 'arp_announce' ? target.name : undefined;
}
