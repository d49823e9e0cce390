import { commandsThat, isStart, type SetupCommand } from './commands.ts';
import { isQuietDevice, isTunnelDevice, isWiredDevice } from './device.ts';

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

/** The rule that drops IPIP or GRE on its way in, if scripts add one. */
export function dropsTunnels(commands: readonly SetupCommand[]): SetupCommand | undefined {
  return commandsThat('packet-filter', commands).find((command) => {
    const { words, chain, target, action } = command;
    if (chain !== 'INPUT' || !/^(?:DROP|REJECT)$/.test(target ?? '') || !isStart(command)) return false;
    const at = words.findIndex(({ text }) => /^(?:-p|--protocol)$/.test(text));
    return (
      /^(?:append|insert)$/.test(action) && /^(?:4|47|ipip|ipencap|gre)$/.test(words[at + 1]?.text ?? '')
    );
  });
}
