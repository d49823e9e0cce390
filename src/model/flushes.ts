import type { Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import { commandsThat, isStart, isStop, type SetupCommand, type SetupCommandOf } from './commands.ts';
import { isSameRun, type ScriptRun } from './script-run.ts';
import type { VirtualService } from './service.ts';

/** A step that takes away more than a script owns, or leaves the VIP without its services. */
export interface Flush {
  readonly what: 'table' | 'own' | 'others' | 'rules' | 'firewall' | 'selinux' | 'early' | 'once';
  readonly at: Located;
  /** What is hit, for a message. */
  readonly name?: string;
  readonly related?: Located;
}

/** What such a step does, how bad that is, and what to do where the usual advice does not fit. */
export interface FlushKind {
  effect(name: string): string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly remedy?: string;
}

export const FLUSHES: Readonly<Record<Flush['what'], FlushKind>> = {
  table: {
    effect: () => 'empties the whole IPVS table, whoever owns the services in it',
    severity: 'warning',
  },
  own: {
    effect: () => 'empties the whole IPVS table before it adds its own services',
    severity: 'info',
    remedy:
      'Delete the services of the script alone (ipvsadm -D), or load them at once with ipvsadm-restore.',
  },
  others: { effect: (service) => `empties the whole IPVS table, ${service} included`, severity: 'error' },
  rules: {
    effect: () => 'removes every packet filter rule of the host and writes none of its own',
    severity: 'warning',
  },
  firewall: {
    effect: () => 'switches the firewall of the host off',
    severity: 'warning',
    remedy:
      'Keep it on and let through what the cluster needs: protocol 112 from the peers, the ports of the VIP.',
  },
  selinux: {
    effect: () => 'switches SELinux enforcement off',
    severity: 'warning',
    remedy: 'Keep it on and set the booleans that the programs need.',
  },
  early: {
    effect: (vip) => `raises VIP ${vip} before the table has its service: clients are refused in between`,
    severity: 'info',
    remedy: 'Add services and servers first and raise the VIP last.',
  },
  once: {
    effect: () => 'cannot run twice: the second ipvsadm -A finds the service and fails',
    severity: 'info',
    remedy: 'Delete the service before it is added (ipvsadm -D … 2>/dev/null), or use ipvsadm-restore.',
  },
};

/** The sweeping steps of a script, as far as nothing around them asks whether they are wanted. */
export function flushesOf(host: Host, run: ScriptRun): readonly Flush[] {
  const { commands } = run;
  const flushes: Flush[] = [];
  const refills = lastRules(commands);
  const fills = commands.filter((each) => isStart(each) && fillsTable(each)).slice(-1);
  const victim = (host.services ?? []).find((service) => !isOwn(service, run));
  for (const at of commands) {
    if (at.does === 'clear-table') {
      if (victim !== undefined && (isStart(at) || isStop(at)))
        flushes.push({ what: 'others', at, name: `${victim.label} of ${victim.manager}`, related: victim });
      else if (isStart(at) && !at.conditional)
        flushes.push({ what: fills.some(({ order }) => order > at.order) ? 'own' : 'table', at });
    } else if (!isStart(at) || at.conditional) continue;
    else if (at.does === 'flush-packet-filter' && !isRefilled(at, refills))
      flushes.push({ what: 'rules', at });
    else if (at.does === 'service-manager' && stopsFirewall(at)) flushes.push({ what: 'firewall', at });
    else if (at.does === 'set-selinux' && !at.enforcing) flushes.push({ what: 'selinux', at });
  }
  return [...flushes, ...earlyVip(run), ...unrepeatable(run)];
}

function fillsTable({ does, ipvsadm }: SetupCommand): boolean {
  return does === 'restore-table' || ipvsadm?.action === 'add-service';
}

/** Whether a script makes a service itself, or restores the table in which it is saved. */
function isOwn({ manager, place }: VirtualService, { script, commands }: ScriptRun): boolean {
  if (manager === 'script') return place.source === script.place.source;
  if (manager !== 'saved-table') return false;
  return commandsThat('restore-table', commands).some(
    ({ file }) => file === undefined || baseName(file.value) === baseName(place.source.name),
  );
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Where each tool writes its last rule of a table, by tool and table; nftables and restored rules count for all. */
function lastRules(commands: readonly SetupCommand[]): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { tool, table, action, order } of commandsThat('packet-filter', commands))
    last.set(tool === 'nft' || action === 'restore' ? tool : `${tool} ${table}`, order);
  return last;
}

/** Whether a script writes rules of its own behind the flush, or flushes only a chain that it owns. */
function isRefilled(
  { tool, table = 'filter', chain, order }: SetupCommandOf<'flush-packet-filter'>,
  last: ReadonlyMap<string, number>,
): boolean {
  if (chain !== undefined || tool === 'arptables') return true;
  return [tool, `${tool} ${table}`].some((key) => (last.get(key) ?? -1) > order);
}

function stopsFirewall({ action, unit }: SetupCommandOf<'service-manager'>): boolean {
  return (
    /^(?:stop|disable|mask|kill)$/.test(action) &&
    /^(?:firewalld|iptables|ip6tables|nftables|ufw)$/.test(unit)
  );
}

/** The first VIP that a script raises before the table has its service: clients are refused in between. */
function earlyVip({ commands }: ScriptRun): readonly Flush[] {
  const added = new Map<string, SetupCommand>();
  for (const command of commands) {
    const { ipvsadm } = command;
    const vip = ipvsadm?.action === 'add-service' && isStart(command) ? ipvsadm.service?.address : undefined;
    if (vip?.value !== undefined && !added.has(vip.value)) added.set(vip.value, command);
  }
  for (const raise of commandsThat('add-address', commands)) {
    const { address } = raise;
    const late = address && added.get(address.key);
    if (address === undefined || late === undefined || !isStart(raise)) continue;
    if (isSameRun(raise, late) && late.order > raise.order)
      return [{ what: 'early', at: address.address, name: address.key, related: late }];
  }
  return [];
}

/** The first service that a script adds although an earlier run may have added it: the second run fails there. */
function unrepeatable({ commands }: ScriptRun): readonly Flush[] {
  const at = commands.find((command) => command.ipvsadm?.action === 'add-service' && isStart(command));
  const clears = ({ does, ipvsadm }: SetupCommand) =>
    does === 'clear-table' || does === 'restore-table' || ipvsadm?.action === 'delete-service';
  return at === undefined || at.conditional || commands.some(clears) ? [] : [{ what: 'once', at }];
}
