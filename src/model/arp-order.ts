import { ARP_KEYS, type ArpKey, arpGuard, isIdleDevice } from './arp-guard.ts';
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
  return [atStart(host, commands, vips, written), atStop(commands, vips, written)].flatMap(
    (each) => each ?? [],
  );
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
): OpenWindow | undefined {
  const booted = { ...host, sysctl: persistedSettings(host) } as Host;
  const firsts = ARP_KEYS.filter((name) => (arpGuard(booted, name)?.value ?? 0) === 0).flatMap((name) => [
    ...firstOfEachBranch(written.filter((each) => each.name === name && each.isOn && isStart(each.command))),
  ]);
  for (const early of commandsThat('add-address', commands)) {
    const { address } = early;
    if (address === undefined || !vips.has(address.key) || !isStart(early)) continue;
    for (const name of ARP_KEYS) {
      const inRun = firsts.filter((each) => each.name === name && isSameRun(each.command, early));
      const [first] = inRun.sort((one, other) => one.command.order - other.command.order);
      if (first !== undefined && first.command.order > early.order)
        return { when: 'start', name, address, early, late: first.command };
    }
  }
  return undefined;
}

function firstOfEachBranch(written: readonly Written[]): Iterable<Written> {
  const firsts = new Map<string | undefined, Written>();
  for (const each of written) if (!firsts.has(each.command.branch)) firsts.set(each.command.branch, each);
  return firsts.values();
}

function atStop(
  commands: readonly SetupCommand[],
  vips: ReadonlySet<string>,
  written: readonly Written[],
): OpenWindow | undefined {
  const last = new Map<string | undefined, SetupCommand>();
  for (const removal of commandsThat('remove-address', commands)) {
    const { key, interface: device, branch } = removal;
    if (key === undefined ? isQuietDevice(device?.value ?? '') : vips.has(key)) last.set(branch, removal);
  }
  for (const { command, name, isOn } of written) {
    const late = last.get(command.branch);
    if (!isOn && isStop(command) && late !== undefined && late.order > command.order)
      return { when: 'stop', name, address: undefined, early: command, late };
  }
  return undefined;
}

/** The ARP key of a setting that has an effect: one for a device that ARP arrives on, or for all. */
function arpKeyOf({ key }: KernelSetting): ArpKey | undefined {
  const target = confTarget(key);
  if (target === undefined || target.family === 6 || isIdleDevice(target.device)) return undefined;
  return target.name === 'arp_ignore' || target.name === 'arp_announce' ? target.name : undefined;
}
