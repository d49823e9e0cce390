import type { VrrpMember } from '../model/peers.ts';
import {
  advertIntOf,
  downTimerAdverts,
  isOwner,
  keepsBackup,
  numberOf,
  settingOf,
} from '../model/vrrp-effect.ts';
import type { FaultKind } from './failover-plan.ts';

/** Between which two moments something happens, in milliseconds after its cause, and why. */
export interface Window {
  readonly earliest: number;
  readonly latest: number;
  /** The sum in words: `3 adverts of 1 s and a skew of 0.609 s (priority 100)`. */
  readonly because: string;
}

/** A node with the priority that it sends while every check passes. */
export interface Contender extends VrrpMember {
  readonly best: number;
}

/** Both nodes of one virtual router. */
export interface Contest {
  readonly master: Contender;
  readonly successor: Contender;
}

/**
 * Milliseconds that a backup waits besides whole adverts, the lower its priority the longer: (256 - priority) / 256 of a
 * second in version 2 (RFC 3768 section 6.1), of the master's advert interval in version 3 (RFC 5798 section 6.1);
 * keepalived 2.2.7, vrrp.h, VRRP_TIMER_SKEW.
 */
function skewOf(version: 2 | 3, priority: number, interval: number): number {
  return ((256 - priority) * (version === 3 ? interval : 1000)) / 256;
}

/** Milliseconds between two adverts that a waiting node counts with: in version 3 what the master announces, else its own. */
function countedInterval({ master, successor }: Contest): number {
  const { instance } = successor.instance.version.value === 3 ? master : successor;
  return advertIntOf(instance) * 1000;
}

/**
 * From the fault until the successor is master. A stop is announced by an advert of priority 0, after which only the skew
 * is waited for (RFC 3768 section 6.4.2); else the last advert that was heard is up to one interval old.
 */
export function takeoverWindow(contest: Contest, isAnnounced: boolean): Window {
  const { host, instance, best } = contest.successor;
  const interval = countedInterval(contest);
  const skew = skewOf(instance.version.value, best, interval);
  const skewText = `a skew of ${seconds(skew)} (version ${instance.version.value}, priority ${best})`;
  if (isAnnounced)
    return { earliest: skew, latest: skew, because: `${skewText} after the farewell of priority 0` };
  const adverts = downTimerAdverts(host, instance);
  const latest = adverts * interval + skew;
  return {
    earliest: latest - interval,
    latest,
    because: `${adverts} adverts of ${seconds(interval)} and ${skewText}, counted from the last advert before the fault`,
  };
}

/**
 * From the undo until the old master is master again; undefined where it stays backup. It waits for its master-down time,
 * which lower adverts do not prolong, counted by its own interval as it accepts none (keepalived 2.2.7, vrrp.c,
 * vrrp_state_backup; a start with `state MASTER` waits as long). With `preempt_delay`, which counts from the first lower
 * advert and for `state BACKUP` only (keepalived.conf(5)), it accepts them until the delay is over.
 */
export function comebackWindow(contest: Contest, fault: FaultKind): Window | undefined {
  const { master, successor } = contest;
  const { host, instance, best } = master;
  const own = advertIntOf(instance) * 1000;
  if (fault === 'isolate')
    return best > successor.best
      ? { earliest: 0, latest: own, because: 'the higher one of two masters stays, from its next advert on' }
      : undefined;
  if (isOwner(instance))
    return { earliest: 0, latest: own, because: 'the owner of the addresses waits for nobody' };
  if (best <= successor.best || keepsBackup(instance)) return undefined;
  const startup = fault === 'link' ? 0 : numberOf(settingOf(host, instance, 'startup_delay'), 0) * 1000;
  const delay = instance.state.value === 'BACKUP' ? (instance.preemptDelay?.value ?? 0) * 1000 : 0;
  const interval = delay > 0 ? countedInterval({ master: successor, successor: master }) : own;
  const adverts = downTimerAdverts(host, instance);
  const skew = skewOf(instance.version.value, best, interval);
  const waited = startup + delay + adverts * interval + skew;
  // Somewhere between two adverts the delay begins, and ends.
  const phase = delay > 0 ? advertIntOf(successor.instance) * 1000 : 0;
  return {
    earliest: waited - phase,
    latest: waited + phase,
    because: [
      ...(startup > 0 ? [`vrrp_startup_delay of ${seconds(startup)}`] : []),
      ...(delay > 0 ? [`preempt_delay of ${seconds(delay)}`] : []),
      `${adverts} adverts of ${seconds(interval)} and a skew of ${seconds(skew)} (priority ${best})`,
    ].join(', then '),
  };
}

/**
 * The window in which all of several have come to pass; each of them may be the last. A sync group becomes master when
 * the timers of all its members have run out (keepalived 2.2.7, vrrp_sync.c, vrrp_sync_can_goto_master).
 */
export function windowOfAll(windows: readonly Window[]): Window | undefined {
  const [first, ...others] = windows.toSorted((one, other) => other.latest - one.latest);
  if (first === undefined) return undefined;
  return { ...first, earliest: Math.max(first.earliest, ...others.map(({ earliest }) => earliest)) };
}

/** `0.609 s` */
export function seconds(milliseconds: number): string {
  return `${Number((milliseconds / 1000).toFixed(3))} s`;
}
