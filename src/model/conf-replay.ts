import { CONF_KEYS, type ConfKeyName, confPath } from './conf-keys.ts';
import type { KernelSetting, Loading, SettingLine } from './kernel.ts';
import { kernelNumber } from './kernel-number.ts';
import { FORWARD_ALL, linesAboutConf, writes } from './loading.ts';

/** One variable of the kernel when all lines have been written. */
export interface Cell {
  readonly value: number;
  /** The settings that left it so; empty where the kernel's default stands. */
  readonly from: readonly KernelSetting[];
  /** Somebody means it to be something else, in a line that is refused. */
  readonly unclear: boolean;
  /** It has been written itself, and no longer follows `default`. */
  readonly written: boolean;
}

/** A key of net.ipv4.conf: of all interfaces, of those to come, and of one. */
export interface ConfCells {
  readonly all: Cell;
  readonly default: Cell;
  readonly own: Cell;
}

type Target = keyof ConfCells;

/** The cells while lines are written to them. */
interface Kernel extends Record<Target, Cell> {
  /** `forwarding` of `all`, whatever key is looked at. */
  forwards: Cell;
}

interface Subject {
  readonly loading: Loading;
  readonly name: ConfKeyName;
  readonly device: string;
}

/**
 * Does what the kernel does line by line (net/ipv4/devinet.c): a write of `default` goes to every interface that has
 * neither an address nor a value of its own (devinet_copy_dflt_conf); a write that changes ip_forward goes to every
 * interface, and sets accept_redirects of `all` to the opposite (inet_forward_change). `late`: the interface comes up when
 * all files are read, takes over `default`, and udev has systemd-sysctl set what names it.
 */
export function confCells(loading: Loading, name: ConfKeyName, device: string, late = false): ConfCells {
  const subject: Subject = { loading, name, device };
  const lines = linesAboutConf(loading, name);
  const files = lines.filter(({ setting }) => setting.by === 'file');
  const commands = lines.filter(({ setting }) => setting.by !== 'file');
  const { all, own } = CONF_KEYS[name];
  const kernel: Kernel = {
    all: untouched(all),
    default: untouched(own),
    own: untouched(own),
    forwards: untouched(0),
  };
  const everything = inOrder(device);
  for (const line of files) write(kernel, subject, line, late ? ['all', 'default'] : everything);
  if (late) {
    kernel.own = { ...kernel.default, written: false };
    for (const line of files) write(kernel, subject, line, ['own']);
  }
  for (const line of commands) write(kernel, subject, line, everything);
  return kernel;
}

/** A pattern comes to the names that it matches in their order. */
function inOrder(device: string): readonly Target[] {
  const nameOf = (target: Target) => (target === 'own' ? device : target);
  return (['all', 'default', 'own'] as const).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function write(kernel: Kernel, subject: Subject, line: SettingLine, targets: readonly Target[]): void {
  const { loading, name, device } = subject;
  const value = line.state === 'refused' ? undefined : kernelNumber(line.setting.value.value);
  const depends = name === 'forwarding' || name === 'accept_redirects';
  if (depends && targets.includes('all') && FORWARD_ALL.some((path) => writes(loading, line, path)))
    writeForward(kernel, name, line.setting, value);
  for (const target of targets) {
    if (name === 'forwarding' && target === 'all') continue;
    const path = confPath(name, target === 'own' ? device : target);
    if (writes(loading, line, path)) writeOne(kernel, subject, target, line, value);
  }
}

function writeOne(
  kernel: Kernel,
  { loading, name, device }: Subject,
  target: Target,
  line: SettingLine,
  value: number | undefined,
): void {
  const before = kernel[target];
  const { setting } = line;
  kernel[target] =
    value === undefined
      ? { ...doubted(before, setting), written: true }
      : {
          value,
          from: [setting],
          unclear: false,
          written: before.written || !isSuppressed(loading, line, before),
        };
  const isCopied = target === 'default' && name !== 'forwarding' && setting.by === 'file';
  if (isCopied && !kernel.own.written && device !== 'lo') kernel.own = { ...kernel.default, written: false };
}

function writeForward(
  kernel: Kernel,
  name: ConfKeyName,
  setting: KernelSetting,
  value: number | undefined,
): void {
  const from = [setting];
  const isChanged = value !== undefined && value !== kernel.forwards.value;
  const after = (cell: Cell): Cell => {
    if (value === undefined) return doubted(cell, setting);
    if (isChanged) return { ...cell, value, from, unclear: false };
    return cell.from.length > 0 ? cell : { ...cell, from };
  };
  const isRepeated = value !== undefined && !isChanged;
  kernel.forwards = isRepeated ? { ...kernel.forwards, from, unclear: false } : after(kernel.forwards);
  if (name === 'forwarding') {
    kernel.all = kernel.forwards;
    kernel.default = after(kernel.default);
    kernel.own = after(kernel.own);
  } else if (value === undefined) kernel.all = doubted(kernel.all, setting);
  else if (isChanged) kernel.all = { ...kernel.all, value: value === 0 ? 1 : 0, from, unclear: false };
}

function untouched(value: number): Cell {
  return { value, from: [], unclear: false, written: false };
}

function doubted(cell: Cell, setting: KernelSetting): Cell {
  return { ...cell, from: [...cell.from, setting], unclear: true };
}

/** systemd-sysctl writes nothing where the kernel shows the same text already (sysctl_write in src/basic/sysctl-util.c). */
function isSuppressed({ program }: Loading, { text, setting }: SettingLine, cell: Cell): boolean {
  return program === 'systemd-sysctl' && setting.by === 'file' && text === String(cell.value);
}
