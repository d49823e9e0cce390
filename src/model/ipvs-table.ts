import type { IpvsadmCommand, ServerTarget, ServiceTarget } from '../../grammars/ipvsadm/read.ts';
import { readScheduler } from '../../grammars/keepalived/read.ts';
import type { Fault } from '../../grammars/tree.ts';
import type { Located } from '../evidence/fact.ts';
import { addressKey, endpointKey, inPrefix, isMulticastAddress, markKey, socketText } from './endpoint.ts';
import { isDirect } from './method.ts';

export interface ServerRow {
  readonly command: IpvsadmCommand;
  readonly target: ServerTarget;
  /** Canonical, or a host name; undefined where only a running shell knows it. */
  readonly address: string | undefined;
  /** What the kernel gets: DR and TUN take the service's port whatever is written (ipvsadm.c). */
  readonly port: number | undefined;
}

export interface ServiceRow {
  readonly key: string;
  readonly label: string;
  readonly target: ServiceTarget;
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly mark: number | undefined;
  /** The `-A` or the last `-E`. */
  readonly command: IpvsadmCommand;
  readonly servers: Map<string, ServerRow>;
}

/** The kernel's table as commands change it, one after the other, with what it would say to each. */
export class IpvsTable {
  readonly rows = new Map<string, ServiceRow>();
  private readonly faults: Fault[] = [];
  private readonly repeated = new Set<string>();
  /** Commands for a service that is not there, until it is known whether it comes later. */
  private readonly early: { readonly row: ServiceRow; readonly command: IpvsadmCommand }[] = [];
  /** A name or a variable may be any address, and a refused line may have meant any service. */
  private hasUnknown = false;

  apply(command: IpvsadmCommand): void {
    const { action, service } = command;
    if (action === 'clear') this.clear(command);
    if (service === undefined) {
      if (action === 'add-service' || command.uncertain) this.hasUnknown = true;
      return;
    }
    const row = toRow(command, service);
    if (!isLiteral(row)) this.hasUnknown = true;
    const known = this.rows.get(row.key);
    switch (action) {
      case 'add-service':
        this.addService(row, known);
        break;
      case 'edit-service':
        if (known === undefined) this.early.push({ row, command });
        else if (this.hasScheduler(row)) this.rows.set(row.key, { ...row, servers: known.servers });
        break;
      case 'zero':
        if (known === undefined) this.early.push({ row, command });
        break;
      case 'delete-service':
        if (!this.rows.delete(row.key)) this.early.push({ row, command });
        break;
      case 'add-server':
      case 'edit-server':
      case 'delete-server':
        if (known === undefined) this.early.push({ row, command });
        else this.changeServer(known, command);
        break;
      default:
    }
  }

  /** What the kernel refuses when the table is empty at first, in the order of the lines. */
  refusals(): Fault[] {
    const early = this.early.flatMap(({ row, command }) => {
      const later = this.rows.get(row.key);
      if (this.hasUnknown && later === undefined) return [];
      const fault = refuse(
        command,
        `${subjectOf(command)} of service ${row.label}: no line above adds the service`,
      );
      return [
        later ? { ...fault, related: [{ at: later.command.place, message: 'added only here' }] } : fault,
      ];
    });
    return [...this.faults, ...early].sort((one, other) => one.at.range.start - other.at.range.start);
  }

  private addService(row: ServiceRow, known: ServiceRow | undefined): void {
    const { command, label, key } = row;
    if (known !== undefined) {
      this.repeated.add(key);
      const fault = refuse(command, `a second service ${label}: it exists already`, known.command);
      this.faults.push({ ...fault, ...nameHint(row.address) });
      return;
    }
    this.rows.set(key, row);
    this.hasScheduler(row);
    this.hasEngine(row);
  }

  private clear(command: IpvsadmCommand): void {
    const [first] = this.rows.values();
    if (first !== undefined) {
      const lost = this.rows.size === 1 ? `service ${first.label}` : `the ${this.rows.size} services`;
      this.faults.push({
        kind: 'refused-command',
        message: `-C empties the table again, so ${lost} above ${this.rows.size === 1 ? 'is' : 'are'} not there afterwards`,
        at: command.place,
        severity: 'warning',
        remedy: 'Delete the line: ipvsadm-restore empties the table by itself.',
        related: [{ at: first.command.place, message: 'added here' }],
      });
    }
    this.rows.clear();
  }

  /** Linux has one engine (net/netfilter/ipvs/ip_vs_pe_sip.c). */
  private hasEngine({ command, label }: ServiceRow): void {
    const engine = command.persistenceEngine;
    if (engine?.value === undefined || engine.value === 'sip') return;
    const name = engine.value.slice(0, 40);
    this.faults.push({
      ...refuse(engine.at, `service ${label}: it has no persistence engine ${name}`),
      remedy: 'The only one is sip.',
    });
  }

  private hasScheduler({ command, label }: ServiceRow): boolean {
    const scheduler = command.scheduler?.value;
    if (scheduler === undefined || readScheduler(scheduler) !== undefined) return true;
    const right = readScheduler(scheduler.toLowerCase());
    const name = scheduler.slice(0, 40);
    this.faults.push({
      ...refuse(command.scheduler?.at ?? command, `service ${label}: it has no scheduler ${name}`),
      ...(right !== undefined && { remedy: `Write ${right}, in lower case.` }),
    });
    return false;
  }

  private changeServer(service: ServiceRow, command: IpvsadmCommand): void {
    if (command.server === undefined) return;
    const server = toServerRow(service, command, command.server);
    const name = nameOf(server);
    const known = service.servers.get(name);
    if (command.action === 'add-server') {
      if (known === undefined) this.addServer(service, server, name);
      else if (!this.repeated.has(service.key)) {
        const what = `a second real server ${name} of service ${service.label}: it exists already`;
        this.faults.push({ ...refuse(command, what, known.command), ...nameHint(server.address) });
      }
    } else if (known === undefined) {
      const isCertain = server.address !== undefined && addressKey(server.address) !== undefined;
      if (isCertain && !this.hasUnknown && !command.uncertain)
        this.faults.push(
          refuse(command, `a change of real server ${name}: service ${service.label} has no such server`),
        );
    } else if (command.action === 'edit-server') service.servers.set(name, server);
    else service.servers.delete(name);
  }

  private addServer(service: ServiceRow, server: ServerRow, name: string): void {
    service.servers.set(name, server);
    if (server.address === undefined || !isNoHost(server.address)) return;
    this.faults.push(
      refuse(
        server.target.at,
        `real server ${name} of service ${service.label}: ${server.address} is no host's address`,
      ),
    );
  }
}

function toRow(command: IpvsadmCommand, target: ServiceTarget): ServiceRow {
  const mark = target.mark?.value;
  const written = target.address?.value;
  const address = written === undefined ? undefined : (addressKey(written) ?? written);
  const port = target.port?.value;
  const common = { target, address, port, mark, command, servers: new Map<string, ServerRow>() };
  if (target.protocol === undefined) {
    const key = mark === undefined ? `FWM ${target.text}/${target.family}` : markKey(mark, target.family);
    const family = target.family === 6 ? ' (IPv6)' : '';
    return { ...common, key, label: `fwmark ${mark ?? target.text}${family}` };
  }
  if (address === undefined || port === undefined)
    return {
      ...common,
      key: `${target.protocol} ${target.text}`,
      label: `${target.text}/${target.protocol}`,
    };
  return {
    ...common,
    key: endpointKey(target.protocol, address, port),
    label: `${socketText(address, port)}/${target.protocol}`,
  };
}

function toServerRow(service: ServiceRow, command: IpvsadmCommand, target: ServerTarget): ServerRow {
  const written = target.address.value;
  const address = written === undefined ? undefined : (addressKey(written) ?? written);
  const servicePort = service.target.protocol === undefined ? 0 : service.port;
  const method = command.method?.value ?? 'DR';
  // `-d` has no forwarding method and goes by the port that is written.
  const takesServicePort =
    service.target.protocol !== undefined && command.action !== 'delete-server' && isDirect(method);
  const port = takesServicePort || target.port === undefined ? servicePort : target.port.value;
  return { command, target, address, port };
}

function nameOf({ address, port, target }: ServerRow): string {
  return address === undefined || port === undefined ? target.text : socketText(address, port);
}

function subjectOf(command: IpvsadmCommand): string {
  if (command.server === undefined) return 'a change';
  const verb = command.action === 'add-server' ? '' : 'a change of ';
  return `${verb}real server ${command.server.text.slice(0, 60)}`;
}

function isLiteral(row: ServiceRow): boolean {
  if (row.mark !== undefined) return true;
  return row.port !== undefined && row.address !== undefined && addressKey(row.address) !== undefined;
}

/** ip_vs_ctl.c, ip_vs_new_dest: only unicast, which IPv4 in IPv6 is not; no link-local address of another host. */
function isNoHost(address: string): boolean {
  if (address === '0.0.0.0' || address === '255.255.255.255' || address === '::') return true;
  return (
    isMulticastAddress(address) || inPrefix(address, 'fe80::', 10) || inPrefix(address, '::ffff:0:0', 96)
  );
}

/** ipvsadm-save without -n writes one name for all addresses that resolve to it. */
function nameHint(address: string | undefined): Pick<Fault, 'remedy' | 'family'> {
  if (address === undefined || addressKey(address) !== undefined) return {};
  return {
    remedy: 'Save the table with ipvsadm-save -n, which keeps addresses apart that share a name.',
    family: 'shared name',
  };
}

function refuse(at: Located, what: string, first?: Located): Fault {
  return {
    kind: 'refused-command',
    message: `the kernel refuses ${what}`,
    at: at.place,
    ...(first && { related: [{ at: first.place, message: 'added first here' }] }),
  };
}
