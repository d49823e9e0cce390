import { type Given, type IpvsadmCommand, IpvsadmStatement } from '../../grammars/ipvsadm/read.ts';
import type { Fault, Tree } from '../../grammars/tree.ts';
import { assumed, type Fact, stated } from '../evidence/fact.ts';
import { socketText } from './endpoint.ts';
import { IpvsTable, type ServerRow, type ServiceRow } from './ipvs-table.ts';
import type { ForwardingMethod, Manager, RealServer, Tunnel, VirtualService } from './service.ts';

export interface IpvsadmServices {
  readonly services: VirtualService[];
  /** What the kernel refuses: what is there already, or is not there yet. */
  readonly faults: Fault[];
}

/**
 * The services of a saved table, as they stand after `ipvsadm-restore`. Of a running kernel's own table nothing is
 * refused: what stands there twice has one name for two addresses.
 */
export function servicesFromIpvsadm(tree: Tree): IpvsadmServices {
  const commands: IpvsadmCommand[] = [];
  for (const statement of tree.statements) {
    const command = statement instanceof IpvsadmStatement ? statement.reading.command : undefined;
    if (command !== undefined) commands.push(command);
  }
  const read = servicesFromCommands(commands, tree.source.host, 'saved-table');
  return tree.source.basis === 'observed' ? { ...read, faults: [] } : read;
}

/**
 * The table that commands build, in their order. A script's table may hold more before it begins, and its commands
 * may stand in branches, so nothing is said to be refused there; the caller leaves out what only `stop` runs.
 */
export function servicesFromCommands(
  commands: readonly IpvsadmCommand[],
  host: string,
  manager: Manager,
): IpvsadmServices {
  const table = new IpvsTable();
  for (const command of commands) table.apply(command);
  const services = [...table.rows.values()].map((row) => toService(row, host, manager));
  return { services, faults: manager === 'saved-table' ? table.refusals() : [] };
}

function toService(row: ServiceRow, host: string, manager: Manager): VirtualService {
  const { command, target, key } = row;
  const id = `${host}/${key}`;
  const servers: RealServer[] = [];
  for (const server of row.servers.values()) {
    const read = toServer(server, id);
    if (read !== undefined) servers.push(read);
  }
  const { address, port, mark } = row;
  return {
    id,
    label: row.label,
    place: command.place,
    manager,
    endpoints: [
      {
        key,
        family: target.family,
        ...(address !== undefined && { address: stated(address, target.at) }),
        ...(port !== undefined && { port: stated(port, target.at) }),
        ...(mark !== undefined && { mark: stated(mark, target.at) }),
      },
    ],
    scheduler: command.scheduler
      ? known(command.scheduler, '')
      : assumed(command.uncertain ? '' : 'wlc', command),
    schedulerFlags: (command.schedulerFlags ?? []).map((flag) => known(flag, '')),
    method: servers[0]?.method ?? assumed('DR', command),
    realServers: servers,
    ...(target.protocol && { protocol: stated(target.protocol, target.at) }),
    ...(command.persistence && { persistence: known(command.persistence, Number.NaN) }),
    ...(command.netmask?.value !== undefined && { granularity: known(command.netmask, '') }),
    ...(command.persistenceEngine && { persistenceEngine: known(command.persistenceEngine, '') }),
    ...(command.onePacket && { onePacket: known(command.onePacket, true) }),
  };
}

/** Undefined where a word that nobody can resolve may hold the forwarding method. */
function toServer(row: ServerRow, serviceId: string): RealServer | undefined {
  const { command, target } = row;
  if (command.uncertain && command.method === undefined) return undefined;
  const { upperThreshold, lowerThreshold } = command;
  const name =
    row.address === undefined || row.port === undefined ? target.text : socketText(row.address, row.port);
  return {
    id: `${serviceId}/real_server ${name}`,
    label: name,
    place: command.place,
    address: stated(row.address ?? target.text, target.at),
    family: target.family,
    weight: command.weight ? known(command.weight, Number.NaN) : assumed(1, command),
    method: command.method ? known<ForwardingMethod>(command.method, 'DR') : assumed('DR', command),
    ...(target.port?.value !== undefined && { port: known(target.port, 0) }),
    ...(upperThreshold?.value !== undefined && { upperThreshold: known(upperThreshold, 0) }),
    ...(lowerThreshold?.value !== undefined && { lowerThreshold: known(lowerThreshold, 0) }),
    ...(command.tunnelType?.value !== undefined && { tunnel: toTunnel(command, command.tunnelType) }),
  };
}

function toTunnel(command: IpvsadmCommand, type: NonNullable<IpvsadmCommand['tunnelType']>): Tunnel {
  const { tunnelPort, tunnelChecksum } = command;
  return {
    type: known(type, 'ipip'),
    ...(tunnelPort?.value !== undefined && { port: known(tunnelPort, 0) }),
    ...(tunnelChecksum?.value !== undefined && { checksum: known(tunnelChecksum, 'tun-nocsum') }),
  };
}

/** A given value as a fact; `otherwise` stands for what nobody can know. */
function known<T>(given: Given<T>, otherwise: T): Fact<T> {
  const value = given.value ?? otherwise;
  return given.assumed ? assumed(value, given.at) : stated(value, given.at);
}
