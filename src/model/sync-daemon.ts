import type { Located } from '../evidence/fact.ts';
import type { Host, HostWith } from './cluster.ts';
import { isStart } from './commands.ts';
import type { Doubt } from './doubt.ts';
import { differencesOfKeys, type IpvsDifference } from './ipvs-difference.ts';
import type { SyncDaemon } from './vrrp.ts';
import { hashesSource } from './weights.ts';

/** What starts the sync daemon of a host, if its files show anything that does. */
export function syncDaemonOf({ globals, vrrp, commands }: Host): Located | undefined {
  return (
    globals?.syncDaemon ??
    vrrp?.map(({ other }) => other.get('lvs_sync_daemon_interface')).find((line) => line !== undefined) ??
    commands?.find((command) => command.does === 'start-sync-daemon' && isStart(command))
  );
}

/** True where every service chooses servers by the client's address alone: the peer chooses the same without state. */
export function choosesWithoutState({ services }: Host): boolean {
  return services?.every(hashesSource) === true;
}

/** keepalived.conf(5), lvs_sync_daemon; IP_VS_SYNC_PORT and IP_VS_SYNC_GROUP in net/netfilter/ipvs/ip_vs_sync.c. */
export const SYNC_DEFAULTS = { port: 8848, group: '224.0.0.81', ttl: 1 } as const;

/** Why the sync daemon of a keepalived.conf does not run, or does not do what it is for. */
export function doubtAboutDaemon({
  globals,
  vrrp,
}: HostWith<'globals' | 'vrrp'>): (Doubt & { readonly about: SyncDaemon }) | undefined {
  const about = globals.syncDaemon;
  if (about === undefined) return undefined;
  const { instance, interface: device, group = { value: SYNC_DEFAULTS.group } } = about;
  if (instance !== undefined && vrrp.every(({ label }) => label !== instance.value))
    return {
      about,
      at: instance,
      message: `lvs_sync_daemon follows the instance ${instance.value}, which is not defined: nothing starts it`,
    };
  if (/^lo(?::|$)/.test(device.value)) {
    const message = 'lvs_sync_daemon sends on lo: its multicast messages never reach the peer';
    return { about, at: device, message };
  }
  if (vrrp.length === 0) return undefined;
  if (instance === undefined)
    return {
      about,
      at: about,
      message: 'lvs_sync_daemon follows no instance: it sends and receives at all times',
      severity: 'info',
      why: 'That is right where both directors are master of something; else it only costs messages.',
    };
  if (vrrp.some(({ unicastPeers }) => unicastPeers.length === 0)) return undefined;
  return {
    about,
    at: about,
    message: `VRRP is unicast here, and lvs_sync_daemon sends multicast to ${group.value}`,
    severity: 'info',
    why: 'A network that does not carry the multicast of VRRP does not carry this one either.',
  };
}

/** What keeps two sync daemons of keepalived from understanding each other. */
export function syncDifferences(one: Host, other: Host): readonly IpvsDifference[] {
  const [first, second] = [one.globals?.syncDaemon, other.globals?.syncDaemon];
  if (first === undefined || second === undefined) return [];
  const named = (['port', 'group', 'ttl'] as const).map((name) => ({
    name: `the ${NAMES[name]}`,
    values: [textOf(first, name), textOf(second, name)] as const,
    at: [first[name], second[name]] as const,
  }));
  const lengths = first.maxLength && second.maxLength ? [lengthsOf(first, second)] : [];
  const ofKernel = differencesOfKeys(one, other).filter(({ name }) =>
    /vs\.sync_(?:version|ports)$/.test(name),
  );
  return [...idsOf(one, first, other, second), ...named, ...lengths, ...ofKernel].filter(
    ({ values }) => values[0] !== values[1],
  );
}

function textOf(daemon: SyncDaemon, name: keyof typeof SYNC_DEFAULTS): string {
  return String(daemon[name]?.value ?? SYNC_DEFAULTS[name]);
}

const NAMES = {
  port: 'port of the sync daemon',
  group: 'multicast group of the sync daemon',
  ttl: 'ttl of the sync daemon',
};

/** Without an id the daemon takes the virtual router id of its instance; 0 takes messages of every id. */
function idsOf(one: Host, first: SyncDaemon, other: Host, second: SyncDaemon): readonly IpvsDifference[] {
  if (first.syncId === undefined && second.syncId === undefined) return [];
  const ids = [idOf(one, first), idOf(other, second)];
  if (ids.some((id) => id === undefined || id === 0)) return [];
  return [
    {
      name: 'the id of the sync daemon',
      values: [`${ids[0]}`, `${ids[1]}`],
      at: [first.syncId, second.syncId],
    },
  ];
}

function idOf({ vrrp }: Host, { syncId, instance }: SyncDaemon): number | undefined {
  if (syncId !== undefined) return syncId.value;
  return vrrp?.find(({ label }) => label === instance?.value)?.virtualRouterId?.value;
}

function lengthsOf(first: SyncDaemon, second: SyncDaemon): IpvsDifference {
  return {
    name: 'the maxlen of the sync daemon',
    values: [`${first.maxLength?.value}`, `${second.maxLength?.value}`],
    at: [first.maxLength, second.maxLength],
  };
}
