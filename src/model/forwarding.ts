import { globMatches, isGlob } from '../../grammars/sysctl/read.ts';
import { confPath } from './conf-keys.ts';
import type { KernelSetting, KernelSettings } from './kernel.ts';
import { kernelNumber } from './kernel-number.ts';
import { remembered } from './memory.ts';

/** What an interface forwards once all has been written. */
export interface Forwarding {
  readonly value: number;
  /** The setting that left it so. */
  readonly from: KernelSetting | undefined;
  /** systemd-sysctl makes something else of the same lines, or does so for an interface that comes up later. */
  readonly varies: boolean;
}

/** One variable with two names. */
const ALL = ['net/ipv4/ip_forward', confPath('forwarding', 'all')];

/**
 * Replays the lines that switch forwarding, because their order matters: a write that changes `ip_forward` writes
 * `default` and every interface, one that repeats its value writes nothing (devinet_sysctl_forward in
 * net/ipv4/devinet.c). `default` reaches only interfaces that come up later.
 */
export function forwardingAfter(settings: KernelSettings, device: string): Forwarding {
  const writes = writesOf(settings);
  const own = replay(settings, writes, device);
  const lastOnes = lastOfEach(writes);
  const atBoot = replay(settings, lastOnes, device);
  const isNamed = writes.explicit.has(confPath('forwarding', device));
  const late = isNamed || device === 'lo' ? own : replay(settings, writes, 'default');
  return { ...own, varies: own.value !== atBoot.value || own.value !== late.value };
}

interface Writes {
  readonly list: readonly KernelSetting[];
  readonly explicit: ReadonlySet<string>;
}

const writesOf = remembered((settings: KernelSettings): Writes => {
  const list = settings.settings.filter(
    ({ key, by }) => by !== 'running' && (ALL.includes(key) || /\/(?:forwarding$|[^/]*[*?[])/.test(key)),
  );
  const explicit = new Set(list.flatMap(({ key }) => (isGlob(key) ? [] : [key])));
  return { list, explicit };
});

/** systemd-sysctl writes a key once, where it stands last; sysctl writes every line. */
function lastOfEach({ list, explicit }: Writes): Writes {
  const last = new Map(list.map((setting, at) => [setting.key, at]));
  return { list: list.filter(({ key, by }, at) => by !== 'file' || last.get(key) === at), explicit };
}

function replay(
  { excluded }: KernelSettings,
  { list, explicit }: Writes,
  device: string,
): Omit<Forwarding, 'varies'> {
  const path = confPath('forwarding', device);
  const hits = ({ key, by }: KernelSetting, target: string): boolean => {
    if (!isGlob(key)) return key === target;
    const isBeaten = by === 'file' && (explicit.has(target) || excluded?.has(target) === true);
    return !isBeaten && globMatches(key, target);
  };
  let all = 0;
  let own: Omit<Forwarding, 'varies'> = { value: 0, from: undefined };
  for (const setting of list) {
    const value = kernelNumber(setting.value.value);
    if (value === undefined) continue;
    if (hits(setting, path)) own = { value, from: setting };
    if (value === all || !ALL.some((target) => hits(setting, target))) continue;
    all = value;
    own = { value, from: setting };
  }
  return own;
}
