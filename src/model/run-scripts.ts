import type { Fact } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import { traitsOf } from './service-traits.ts';

/** A program that keepalived runs by itself: tracking, checking or telling. */
export interface RunScript {
  readonly command: Fact<string>;
  /** Undefined: the `script_user` of global_defs, else keepalived_script where that account exists, else root. */
  readonly user: Fact<string> | undefined;
  /** Tells somebody of a change, or acts on it: often with rights that a check does not need. */
  readonly notifies: boolean;
}

/** Every program that the keepalived.conf of a host lets keepalived run. */
export function runScriptsOf(host: Host): readonly RunScript[] {
  const scripts: RunScript[] = [];
  const add = (command: Fact<string> | undefined, user?: Fact<string>, notifies = false) => {
    if (command !== undefined && command.value !== '') scripts.push({ command, user, notifies });
  };
  for (const { command, user } of host.trackScripts ?? []) add(command, user);
  for (const { notify } of [...(host.vrrp ?? []), ...(host.syncGroups ?? [])])
    for (const command of notify) add(command, undefined, true);
  for (const service of host.services ?? []) {
    if (service.manager !== 'keepalived') continue;
    add(service.quorumUp, undefined, true);
    if (!traitsOf(service).kinds.has('MISC_CHECK')) continue;
    for (const { checkers = [] } of service.realServers) {
      for (const { kind, command, other } of checkers)
        if (kind === 'MISC_CHECK') add(command, other.get('user'));
    }
  }
  return scripts;
}

/** Folders in which others than root create files. */
const OPEN_FOLDER = /^["']?(?:\/tmp|\/var\/tmp|\/dev\/shm|\/home)\//;

/** True for a program in a place where other users can put their own in its stead. */
export function standsInOpenFolder({ command }: RunScript): boolean {
  return OPEN_FOLDER.test(command.value);
}
