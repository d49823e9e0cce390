import type { Fact, Located } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import type { VrrpInstance } from './vrrp.ts';

/** Priority of the address owner (RFC 5798 section 5.2.4). */
const OWNER_PRIORITY = 255;
/** Version 3 has twelve bits for hundredths of a second (RFC 5798 section 5.2.7). */
export const LONGEST_V3_ADVERT_INT = 40.95;
const AUTH_PASS_LENGTH = 8;
const MULTICAST_GROUP = { 4: '224.0.0.18', 6: 'ff02::12' } as const;

/** True for an instance that acts as the owner of its addresses: tracking with weights and `nopreempt` are off. */
export function isOwner(instance: VrrpInstance): boolean {
  return instance.priority.value === OWNER_PRIORITY;
}

/** True for a node that stays backup however low the master's priority is: with state MASTER `nopreempt` is ignored. */
export function keepsBackup({ nopreempt, state }: VrrpInstance): boolean {
  return nopreempt?.value === true && state.value === 'BACKUP';
}

/**
 * Seconds between two adverts as they are really sent: whole seconds in version 2, hundredths in version 3
 * (vrrp.c, vrrp_complete_instance; keepalived 2.2.7 makes 2.5 s in version 2 to 3 s).
 */
export function advertIntOf({ advertInt, version }: VrrpInstance): number {
  const { value } = advertInt;
  if (version.value === 2) return Math.max(1, Math.round(value));
  return Math.min(LONGEST_V3_ADVERT_INT, Math.round(value * 100) / 100);
}

/** A keyword of the instance, else the `vrrp_` default of global_defs: `garp_master_delay`, `down_timer_adverts`. */
export function settingOf(host: Host, instance: VrrpInstance, keyword: string): Fact<string> | undefined {
  return instance.other.get(keyword) ?? host.globals?.other.get(`vrrp_${keyword}`);
}

/** The number that such a keyword states; what keepalived takes without one, or with one that is none. */
export function numberOf(setting: Fact<string> | undefined, otherwise: number): number {
  return setting !== undefined && /^\+?\d{1,10}$/.test(setting.value) ? Number(setting.value) : otherwise;
}

/** After how many missing adverts a backup takes over (keepalived.conf(5), down_timer_adverts). */
export function downTimerAdverts(host: Host, instance: VrrpInstance): number {
  return numberOf(settingOf(host, instance, 'down_timer_adverts'), 3);
}

/** What an instance puts into its adverts; undefined where it neither sends nor expects a password. */
export interface Authentication {
  readonly type: 'PASS' | 'AH';
  /** As far as it travels. */
  readonly password: string;
  readonly at: Fact<string>;
}

/** Version 3 and strict mode know no passwords; only 8 characters travel (keepalived.conf(5), authentication). */
export function authenticationOf(instance: VrrpInstance): Authentication | undefined {
  const { authType, authPass, strict } = instance;
  if (authType === undefined || authPass === undefined || strict?.value) return undefined;
  return { type: authType.value, password: authPass.value.slice(0, AUTH_PASS_LENGTH), at: authPass };
}

/**
 * Equal where nodes accept each other's adverts. Undefined where nobody knows the password, or where strict mode,
 * version 3 or an unknown type takes it away: mistakes of their own.
 */
export function authenticationKey(instance: VrrpInstance): string | undefined {
  const { strict, version, authPass, authType, writtenAuthType } = instance;
  if (strict?.value || version.value === 3 || authPass?.value.includes('$')) return undefined;
  if (authType === undefined && authPass !== undefined && writtenAuthType !== undefined) return undefined;
  const authentication = authenticationOf(instance);
  return authentication === undefined ? 'none' : `${authentication.type} ${authentication.password}`;
}

/** Without a peer a unicast keyword counts for nothing, unless `unicast_fault_no_peer` forbids multicast. */
export function isUnicast(instance: VrrpInstance): boolean {
  return instance.unicastPeers.length > 0 || instance.other.has('unicast_fault_no_peer');
}

/** The group that a multicast instance sends to and listens on. */
export function multicastGroupOf(instance: VrrpInstance): string {
  return instance.multicastGroup?.value ?? MULTICAST_GROUP[instance.family];
}

/** What tells virtual routers of one id apart: family, interface and group, or each peer (vrrp.c; keepalived 2.2.7). */
export function socketsOf(instance: VrrpInstance): readonly string[] {
  const { family, unicastPeers } = instance;
  const link = `${family} ${instance.interface?.value ?? ''}`;
  if (isUnicast(instance)) return unicastPeers.map(({ value }) => `${link} ${value}`);
  return [`${link} ${multicastGroupOf(instance)}`];
}

/** The line of a keyword, for findings about what it lists; where there is none, the whole instance. */
export function lineOf(instance: VrrpInstance, keyword: string): Located {
  return instance.other.get(keyword) ?? instance;
}

/**
 * What makes a master refuse every packet to its own VIP: strict mode or `no_accept` on a node that is no owner.
 * `accept` undoes it in version 3 only (keepalived 2.2.7: "setting firewall drop rule" at each MASTER transition).
 */
export function dropsVipTraffic(instance: VrrpInstance): Fact<boolean> | Fact<string> | undefined {
  if (isOwner(instance)) return undefined;
  const refused = instance.other.get('no_accept');
  const accepted = instance.accept?.value === true;
  if (instance.strict?.value) return accepted && instance.version.value === 3 ? undefined : instance.strict;
  return accepted ? undefined : refused;
}
