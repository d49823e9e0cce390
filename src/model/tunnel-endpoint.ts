import type { Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import { commandsThat, isStart, type SetupCommand } from './commands.ts';
import { isQuietDevice, isTunnelDevice, isWiredDevice } from './device.ts';
import type { Doubt } from './doubt.ts';
import { verdictOn } from './packet-verdict.ts';

const MODULE = /^(?:ipip|ip_gre|ip_tunnel|tunnel4|fou|ip6_tunnel|ip6_gre|sit)$/;

/** Whether scripts raise a tunnel device or load its module; a device with a name of its own may be one. */
export function unwrapsTunnels(commands: readonly SetupCommand[]): boolean {
  return commands.some((command) => {
    if (command.does === 'load-module') return MODULE.test(command.module.value);
    if (command.does === 'service-manager' || command.does === 'write-boot-file') return true;
    if (command.does !== 'set-link' && command.does !== 'add-address' && command.does !== 'add-route')
      return false;
    const device = command.does === 'add-route' ? command.device : command.interface;
    if (device === undefined) return command.does !== 'add-route';
    const { value } = device;
    return isTunnelDevice(value) || !(isQuietDevice(value) || isWiredDevice(value));
  });
}

/** What drops IPIP or GRE on its way in, if anything does. */
export function dropsTunnels(host: Host): Located | undefined {
  const found = verdictOn(host, 'INPUT', { protocol: IPIP, family: 4, state: 'NEW' });
  if (found?.verdict === 'accept') return undefined;
  if (found?.isCertain) return found.by;
  return commandsThat('packet-filter', host.netfilter ?? []).find((command) => {
    const { words, chain, target, action } = command;
    if (chain !== 'INPUT' || !/^(?:DROP|REJECT)$/.test(target ?? '') || !isStart(command)) return false;
    const at = words.findIndex(({ text }) => /^(?:-p|--protocol)$/.test(text));
    return (
      /^(?:append|insert)$/.test(action) && /^(?:4|47|ipip|ipv4|ipencap|gre)$/.test(words[at + 1]?.text ?? '')
    );
  });
}

/**
 * Why a running host has no device for what comes in a tunnel. A device with a name of its own may be one that takes
 * every packet: without ip_tunnel's own devices only a host that has none of them is known to lack it.
 */
export function lackOfTunnel({ links = [], label }: Host, device: string): Doubt | undefined {
  const link = links.find(({ name }) => name === device);
  if (link !== undefined)
    return link.up.value ? undefined : { at: link.up, message: `${device} of ${label} is down` };
  const [first] = links;
  if (first === undefined || links.some(({ kind }) => TUNNEL_KIND.test(kind ?? ''))) return undefined;
  return { at: first, message: `${label} has no ${device}, nor any other tunnel` };
}

const IPIP = '4';
/** Kinds of links that unwrap packets (ip-link(8)); fou and gue come in through one of them. */
const TUNNEL_KIND = /^(?:ipip|gre|gretap|ip6tnl|ip6gre|sit|vti|erspan)$/;
