import { sysctlName } from '../../grammars/sysctl/read.ts';
import type { Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import { DEFAULT_TIMEOUTS, ipvsTimeouts } from './ipvs-timeouts.ts';
import type { KernelSetting } from './kernel.ts';
import { allSettings, plainSetting } from './kernel-settings.ts';
import { knownKey } from './sysctl-keys.ts';

/** Something that two directors give IPVS different values for. */
export interface IpvsDifference {
  /** `net.ipv4.vs.sync_threshold`, `the IPVS timeout tcp`. */
  readonly name: string;
  readonly values: readonly [string, string];
  /** Where each host says so; undefined where it leaves the default. */
  readonly at: readonly [Located | undefined, Located | undefined];
}

/** What sysctl files and scripts make of net.ipv4.vs on two hosts, where that differs for certain. */
export function differencesOfKeys(one: Host, other: Host): readonly IpvsDifference[] {
  const keys = new Set([...ipvsKeys(one), ...ipvsKeys(other)]);
  return [...keys].sort().flatMap((key) => {
    const settings = [lastSetting(one, key), lastSetting(other, key)] as const;
    const [first, second] = settings.map((setting) => textOf(setting) ?? knownKey(key)?.value);
    if (first === undefined || second === undefined || first === second) return [];
    const at = [settings[0]?.value, settings[1]?.value] as const;
    return [{ name: sysctlName(key), values: [first, second] as const, at }];
  });
}

const TIMEOUTS = ['tcp', 'tcpfin', 'udp'] as const;

/** The timeouts that keepalived and scripts set on two directors, where they differ. */
export function differencesOfTimeouts(one: Host, other: Host): readonly IpvsDifference[] {
  return TIMEOUTS.flatMap((name) => {
    const written = [one, other].map((host) => ipvsTimeouts(host, name).at(-1));
    const [first, second] = written.map((timeout) => timeout?.value ?? DEFAULT_TIMEOUTS[name]);
    if (first === second) return [];
    const at = [written[0]?.at, written[1]?.at] as const;
    return [{ name: `the IPVS timeout ${name}`, values: [`${first}`, `${second}`] as const, at }];
  });
}

const IPVS = 'net/ipv4/vs/';

function ipvsKeys(host: Host): readonly string[] {
  if (host.sysctl === undefined) return [];
  const keys = [...allSettings(host.sysctl)].map(({ key }) => key);
  return keys.filter((key) => key.startsWith(IPVS) && lastSetting(host, key) !== undefined);
}

function lastSetting({ sysctl }: Host, key: string): KernelSetting | undefined {
  return sysctl && plainSetting(sysctl, key);
}

function textOf(setting: KernelSetting | undefined): string | undefined {
  return setting?.value.value.trim().replace(/\s+/g, ' ');
}
