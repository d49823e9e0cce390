import { sysctlName } from '../../grammars/sysctl/read.ts';
import type { Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import type { KernelSetting } from './kernel.ts';
import { knownKey } from './sysctl-keys.ts';

/** Something that two directors give IPVS different values for. */
export interface IpvsDifference {
  /** `net.ipv4.vs.sync_threshold`, or `lvs_timeouts`. */
  readonly name: string;
  readonly values: readonly [string, string];
  /** Where each host says so; undefined where it leaves the default. */
  readonly at: readonly [Located | undefined, Located | undefined];
}

/** What sysctl files and scripts make of net.ipv4.vs on two hosts, where that differs for certain. */
export function differencesOfKeys(one: Host, other: Host): readonly IpvsDifference[] {
  const keys = new Set([...ipvsKeys(one), ...ipvsKeys(other)]);
  return [...keys].sort().flatMap((key) => {
    const settings = [one.sysctl?.winning.get(key), other.sysctl?.winning.get(key)] as const;
    const [first, second] = settings.map((setting) => textOf(setting) ?? knownKey(key)?.value);
    if (first === undefined || second === undefined || first === second) return [];
    const at = [settings[0]?.value, settings[1]?.value] as const;
    return [{ name: sysctlName(key), values: [first, second] as const, at }];
  });
}

/** What `ipvsadm --set` and `lvs_timeouts` start from, in seconds: net/netfilter/ipvs/ip_vs_proto_{tcp,udp}.c. */
export const DEFAULT_TIMEOUTS = { tcp: 900, tcpfin: 120, udp: 300 } as const;

/** The timeouts that keepalived sets on two directors, where they differ. */
export function differenceOfTimeouts(one: Host, other: Host): readonly IpvsDifference[] {
  const values = [timeoutsOf(one), timeoutsOf(other)] as const;
  const at = [one.globals?.lvsTimeouts, other.globals?.lvsTimeouts] as const;
  return values[0] === values[1] ? [] : [{ name: 'lvs_timeouts', values, at }];
}

const IPVS = 'net/ipv4/vs/';

function timeoutsOf({ globals }: Host): string {
  const written = globals?.lvsTimeouts?.value ?? {};
  return (['tcp', 'tcpfin', 'udp'] as const)
    .map((name) => `${name} ${written[name] || DEFAULT_TIMEOUTS[name]}`)
    .join(' ');
}

function ipvsKeys({ sysctl }: Host): readonly string[] {
  return [...(sysctl?.winning.keys() ?? [])].filter((key) => key.startsWith(IPVS));
}

function textOf(setting: KernelSetting | undefined): string | undefined {
  return setting?.value.value.trim().replace(/\s+/g, ' ');
}
