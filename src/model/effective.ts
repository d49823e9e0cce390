import { CONF_KEYS, type ConfKeyName, confPath, confTarget } from './conf-keys.ts';
import { forwardingAfter } from './forwarding.ts';
import type { KernelSetting, KernelSettings } from './kernel.ts';
import { kernelNumber } from './kernel-number.ts';
import { positionOf, refusedOf, settingOf } from './kernel-settings.ts';
import { knownKey } from './sysctl-keys.ts';

/** A number that the kernel acts on, with how sure one can be. */
export interface Effective<T extends number | undefined = number> {
  readonly value: T;
  /** The settings decide it; false where a default of the kernel does, which a distribution may have changed. */
  readonly known: boolean;
  /** Conclude nothing: a value that nobody can read or that the kernel refuses, or an interface that is not there. */
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

/** No interface has this name, so only what holds for every interface speaks of it. */
const UNNAMED = '\0';

/** The value of a key of net.ipv4.conf that the kernel acts on for one interface: see `Combination`. */
export function effectiveConf(settings: KernelSettings, name: ConfKeyName, device: string): Effective {
  const { combination } = CONF_KEYS[name];
  const own = ownSide(settings, name, device);
  if (combination === 'interface') return effective(own.value, own.stated, [own]);
  const all = allSide(settings, name);
  if (combination === 'max') {
    const sure = (one: Side, other: Side) => one.stated && (other.stated || one.value > other.value);
    return effective(Math.max(all.value, own.value), sure(all, own) || sure(own, all), [all, own]);
  }
  const forwards = combination === 'redirects' ? effectiveConf(settings, 'forwarding', device) : undefined;
  const both = combination === 'and' || (forwards !== undefined && forwards.value !== 0);
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
  for (const { key } of settings.settings) {
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
  const side = statedSide(settings, path, Number.NaN);
  if (!Number.isNaN(side.value)) return { ...effective(side.value, side.stated, [side]), value: side.value };
  const known = knownKey(path);
  const fallback = known?.numbers === 1 && known.value !== undefined ? Number(known.value) : undefined;
  return { value: fallback, known: false, unclear: side.unclear, from: side.from };
}

function effective(value: number, decided: boolean, sides: readonly Side[]): Effective {
  const unclear = sides.some((side) => side.unclear);
  return { value, known: decided && !unclear, unclear, from: sides.flatMap((side) => side.from) };
}

/** What the settings say of one path. */
function statedSide(settings: KernelSettings, path: string, fallback: number): Side {
  const setting = settingOf(settings, path);
  const refused = setting?.by === 'running' ? undefined : refusedOf(settings, path);
  const value = setting && kernelNumber(setting.value.value);
  const from = [setting, refused].filter((one) => one !== undefined);
  if (value === undefined) return { value: fallback, stated: false, unclear: from.length > 0, from };
  return { value, stated: true, unclear: refused !== undefined, from };
}

/** `conf.all`; switching forwarding on clears its accept_redirects (inet_forward_change in net/ipv4/devinet.c). */
function allSide(settings: KernelSettings, name: ConfKeyName): Side {
  const path = confPath(name, 'all');
  const side = statedSide(settings, path, CONF_KEYS[name].all);
  if (name !== 'accept_redirects') return side;
  const forwarding = statedSide(settings, 'net/ipv4/ip_forward', 0);
  const later = positionOf(settings, 'net/ipv4/ip_forward') > positionOf(settings, path);
  return forwarding.value !== 0 && later && !isRunning(forwarding) ? { ...forwarding, value: 0 } : side;
}

/**
 * The interface's own value. An interface that comes up takes over `default`, at boot all but `lo` do; a script that
 * writes `default` later reaches none that is in use. Forwarding has rules of its own.
 */
function ownSide(settings: KernelSettings, name: ConfKeyName, device: string): Side {
  const path = confPath(name, device);
  const side = statedSide(settings, path, CONF_KEYS[name].own);
  if (isRunning(side)) return side;
  if (name === 'forwarding') {
    const all = statedSide(settings, 'net/ipv4/ip_forward', 0);
    if (!isRunning(all)) return forwardingSide(settings, device, side.unclear || all.unclear);
    if (all.unclear || side.from.length === 0) return all;
  }
  if (side.from.length > 0) return side;
  if (settings.complete && device !== UNNAMED) return { ...side, unclear: true };
  if (device === 'lo') return side;
  const inherited = statedSide(settings, confPath(name, 'default'), CONF_KEYS[name].own);
  if (inherited.from.some((setting) => setting.by === 'command')) return side;
  return isRunning(inherited) ? { ...inherited, stated: false } : inherited;
}

function forwardingSide(settings: KernelSettings, device: string, isRefused: boolean): Side {
  const { value, from, varies } = forwardingAfter(settings, device);
  return {
    value,
    stated: from !== undefined,
    unclear: isRefused || varies,
    from: from === undefined ? [] : [from],
  };
}

function isRunning(side: Side): boolean {
  return side.from.some((setting) => setting.by === 'running');
}
