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
export function skewOf(version: 2 | 3, priority: number, interval: number): number {
  return ((256 - priority) * (version === 3 ? interval : 1000)) / 256;
}

/** Milliseconds between two adverts that a waiting node counts with: in version 3 what the master announces, else its own. */
export function countedInterval({ master, successor }: Contest): number {
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
 * From the undo until the old master is master again; undefined where it stays backup. A node that starts with state
 * MASTER waits for one advert and the least skew (keepalived 2.2.7, vrrp_scheduler.c, vrrp_init_state), one with state
 * BACKUP for its whole master-down time; lower adverts do not prolong either. `preempt_delay` counts from the first lower
 * advert, and only for state BACKUP (keepalived.conf(5)).
 */
export function comebackWindow(contest: Contest, fault: FaultKind): Window | undefined {
  const { master, successor } = contest;
  const { host, instance, best } = master;
  if (isOwner(instance))
    return { earliest: 0, latest: 0, because: 'the owner of the addresses waits for nobody' };
  if (best <= successor.best && fault !== 'isolate') return undefined;
  const interval = countedInterval({ master: successor, successor: master });
  if (fault === 'isolate') {
    if (best < successor.best) return undefined;
    return {
      earliest: 0,
      latest: advertIntOf(instance) * 1000,
      because: 'the higher one of two masters stays, from its next advert on',
    };
  }
  if (keepsBackup(instance)) return undefined;
  const { version } = instance;
  const adverts = downTimerAdverts(host, instance);
  const waited = adverts * interval + skewOf(version.value, best, interval);
  const delayed = instance.state.value === 'BACKUP' ? (instance.preemptDelay?.value ?? 0) * 1000 : 0;
  const starts = fault === 'stop' || fault === 'crash';
  const startup = starts ? numberOf(settingOf(host, instance, 'startup_delay'), 0) * 1000 : 0;
  if (starts && instance.state.value === 'MASTER') {
    const own = advertIntOf(instance) * 1000;
    const least = own + skewOf(version.value, 255, own);
    return {
      earliest: startup + least,
      latest: startup + least,
      because: `one advert of ${seconds(own)} and the least skew, as the node starts with state MASTER`,
    };
  }
  const words = `${adverts} adverts of ${seconds(interval)} and a skew of ${seconds(waited - adverts * interval)}`;
  if (delayed > 0)
    return {
      earliest: startup + delayed,
      latest: startup + delayed + interval + waited,
      because: `preempt_delay of ${seconds(delayed)}, then at most ${words}`,
    };
  return { earliest: startup + waited, latest: startup + waited + interval, because: words };
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
