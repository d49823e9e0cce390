import type { Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import { commandsThat, isStart, type SetupCommand } from './commands.ts';
import type { KernelSetting } from './kernel.ts';
import { isCalledByKeepalived, type ScriptRun, unpersisted } from './script-run.ts';

/** What a script sets up that a reboot takes away. */
export interface Lost {
  /** Kernel keys that no file of the host sets to the same value. */
  readonly keys: readonly KernelSetting[];
  /** Addresses, routes and services. */
  readonly others: readonly Located[];
}

const NOTHING: Lost = { keys: [], others: [] };

/** Nothing where the script is run at boot or by keepalived, or makes arrangements for the next boot itself. */
export function lostAtReboot(host: Host, { script, commands }: ScriptRun): Lost {
  if (script.forBoot !== undefined || isCalledByKeepalived(host, script)) return NOTHING;
  const started = commands.filter(isStart);
  if (started.some(arrangesBoot)) return NOTHING;
  const settings = commandsThat('set-kernel-key', started).flatMap(({ setting }) => setting ?? []);
  const keepsTable = started.some(({ does }) => does === 'save-table');
  return {
    keys: unpersisted(host, settings),
    others: started.filter(
      ({ does }) => does === 'add-address' || does === 'add-route' || (does === 'ipvs' && !keepsTable),
    ),
  };
}

function arrangesBoot(command: SetupCommand): boolean {
  return command.does === 'write-boot-file';
}
