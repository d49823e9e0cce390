import { CONF_KEYS, type ConfKeyName, confPath, confTarget, isConfKeyName } from './conf-keys.ts';
import { type Cell, type ConfCells, confCells } from './conf-replay.ts';
import type { KernelSetting, KernelSettings, Loading } from './kernel.ts';
import { kernelNumber } from './kernel-number.ts';
import { allSettings, runningSetting } from './kernel-settings.ts';
import { FORWARD_ALL, lastLine } from './loading.ts';
import { knownKey } from './sysctl-keys.ts';

/** A number that the kernel acts on, with how sure one can be. */
export interface Effective<T extends number | undefined = number> {
  readonly value: T;
  /** The settings decide it; false where a default of the kernel does, which a distribution may have changed. */
  readonly known: boolean;
  /**
   * Conclude nothing: a value that nobody can read or that the kernel refuses, an interface that is not there, or one
   * that `sysctl --system` and systemd-sysctl set differently, or later than the others.
   */
  readonly unclear: boolean;
  /** The settings that take part; empty where nobody wrote anything. */
  readonly from: readonly KernelSetting[];
}

/** As `Effective`, for an interface that nobody names; `own` holds those that are set on their own. */
export interface EffectiveAnywhere extends Effective {
  readonly own: ReadonlyMap<string, Effective>;
}

/** Of the settings that take part, the last one that states the value which counts. */
export function decidingSetting(from: readonly KernelSetting[], value: number): KernelSetting | undefined {
  return from.findLast((setting) => Number(setting.value.value) === value);
}

/** One side of a combination. */
interface Side {
  readonly value: number;
  readonly stated: boolean;
  readonly unclear: boolean;
  readonly from: readonly KernelSetting[];
}

/** One way to apply the lines, as one interface comes across it. */
export interface Course {
  readonly loading: Loading;
  /** The interface comes up when all files are read. */
  readonly late: boolean;
}

/** No interface has this name, so only what holds for every interface speaks of it. */
const UNNAMED = '\0';
const NO_INTERFACE = ['all', 'default', 'lo'];

/** The value of a key of net.ipv4.conf that the kernel acts on for one interface: see `Combination`. */
export function effectiveConf(settings: KernelSettings, name: ConfKeyName, device: string): Effective {
  return agreed(coursesOf(settings, device).map((course) => confAfter(settings, course, name, device)));
}

/** As `effectiveConf`, if the lines are applied in this one way. */
export function confAfter(
  settings: KernelSettings,
  course: Course,
  name: ConfKeyName,
  device: string,
): Effective {
  const { combination } = CONF_KEYS[name];
  const cells = confCells(course.loading, name, device, course.late);
  const own = ownSide(settings, name, device, cells);
  if (combination === 'interface') return effective(own.value, own.stated, [own]);
  const all = runningSide(settings, confPath(name, 'all'), CONF_KEYS[name].all) ?? sideOf(cells.all);
  if (combination === 'max') {
    const sure = (one: Side, other: Side) => one.stated && (other.stated || one.value > other.value);
    return effective(Math.max(all.value, own.value), sure(all, own) || sure(own, all), [all, own]);
  }
  if (combination !== 'redirects') return joined(combination === 'and', all, own);
  const forwards = confAfter(settings, course, 'forwarding', device);
  const now = joined(forwards.value !== 0, all, own);
  const differs = forwards.unclear && now.value !== joined(forwards.value === 0, all, own).value;
  return differs ? { ...now, known: false, unclear: true } : now;
}

function joined(both: boolean, all: Side, own: Side): Effective {
  const on = both ? all.value !== 0 && own.value !== 0 : all.value !== 0 || own.value !== 0;
  const decides = (side: Side) => side.stated && (side.value !== 0) === !both;
  const known = (all.stated && own.stated) || decides(all) || decides(own);
  return effective(on ? 1 : 0, known, [all, own]);
}

/**
 * The value for any interface that is not set on its own: what `all` and, for interfaces that come up later, `default`
 * and patterns make of it.
 */
export function effectiveAnywhere(settings: KernelSettings, name: ConfKeyName): EffectiveAnywhere {
  const own = new Map<string, Effective>();
  for (const { key } of allSettings(settings)) {
    const target = confTarget(key);
    if (target?.table !== 'conf' || target.family !== 4 || target.name !== name) continue;
    const { device } = target;
    if (device === 'all' || device === 'default' || own.has(device) || /[*?[]/.test(device)) continue;
    own.set(device, effectiveConf(settings, name, device));
  }
  return { ...effectiveConf(settings, name, UNNAMED), own };
}

/** The number of a key that stands alone (`net/ipv4/ip_forward`), else the kernel's default where there is one. */
export function effectiveNumber(settings: KernelSettings, path: string): Effective<number | undefined> {
  return agreed(settings.loadings.map((loading) => numberAfter(settings, loading, path)));
}

/** As `effectiveNumber`, if the lines are applied in this one way. */
export function numberAfter(
  settings: KernelSettings,
  loading: Loading,
  path: string,
): Effective<number | undefined> {
  const side = runningSide(settings, path, Number.NaN) ?? writtenSide(loading, path);
  if (!Number.isNaN(side.value)) return effective(side.value, side.stated, [side]);
  const known = knownKey(path);
  const fallback = known?.numbers === 1 && known.value !== undefined ? Number(known.value) : undefined;
  return { value: fallback, known: false, unclear: side.unclear, from: side.from };
}

/** The ways in which a host's lines may come to be applied, as an interface comes across them. */
function coursesOf({ loadings }: KernelSettings, device: string): readonly Course[] {
  const courses = loadings.map((loading) => ({ loading, late: false }));
  const last = loadings.at(-1);
  return last === undefined || NO_INTERFACE.includes(device)
    ? courses
    : [...courses, { loading: last, late: true }];
}

/** What all ways come to; unclear where they come to different values. */
function agreed<T extends number | undefined>(all: readonly Effective<T>[]): Effective<T> {
  const [first, ...others] = all;
  if (first === undefined) throw new Error('settings that nothing applies');
  const from = [...new Set(all.flatMap((each) => each.from))];
  if (others.some(({ value }) => value !== first.value))
    return { ...first, known: false, unclear: true, from };
  const unclear = all.some((each) => each.unclear);
  return {
    ...first,
    unclear,
    known: !unclear && all.every(({ known }) => known),
    from: unclear ? from : first.from,
  };
}

function effective<T extends number>(value: T, decided: boolean, sides: readonly Side[]): Effective<T> {
  const unclear = sides.some((side) => side.unclear);
  return { value, known: decided && !unclear, unclear, from: sides.flatMap((side) => side.from) };
}

function sideOf({ value, from, unclear }: Cell): Side {
  return { value, from, unclear, stated: from.length > 0 };
}

/** What files and scripts make of one path. */
function writtenSide(loading: Loading, path: string): Side {
  const target = FORWARD_ALL.some((one) => one === path) ? confTarget(FORWARD_ALL[1]) : confTarget(path);
  if (target?.table === 'conf' && target.family === 4 && isConfKeyName(target.name)) {
    const cells = confCells(loading, target.name, target.device);
    return sideOf(target.device === 'all' ? cells.all : cells.own);
  }
  const line = lastLine(loading, path);
  if (line === undefined) return { value: Number.NaN, stated: false, unclear: false, from: [] };
  const value = line.state === 'refused' ? undefined : kernelNumber(line.setting.value.value);
  return {
    value: value ?? Number.NaN,
    stated: value !== undefined,
    unclear: value === undefined,
    from: [line.setting],
  };
}

/** What the running kernel says of one path, if it was asked. */
function runningSide(settings: KernelSettings, path: string, fallback: number): Side | undefined {
  const setting = runningSetting(settings, path);
  if (setting === undefined) return undefined;
  const value = kernelNumber(setting.value.value);
  return {
    value: value ?? fallback,
    stated: value !== undefined,
    unclear: value === undefined,
    from: [setting],
  };
}

/** The interface's own value: what the running kernel says, else what the lines make of it. */
function ownSide(settings: KernelSettings, name: ConfKeyName, device: string, cells: ConfCells): Side {
  const fallback = CONF_KEYS[name].own;
  const own = runningSide(settings, confPath(name, device), fallback);
  if (own !== undefined || cells.own.written) return own ?? sideOf(cells.own);
  const all = name === 'forwarding' ? runningSide(settings, FORWARD_ALL[0], fallback) : undefined;
  if (all !== undefined) return all;
  const side = sideOf(cells.own);
  if (settings.complete && device !== UNNAMED) return { ...side, unclear: true };
  const inherited = device === 'lo' ? undefined : runningSide(settings, confPath(name, 'default'), fallback);
  return inherited === undefined ? side : { ...inherited, stated: false };
}
