import type { Fact } from '../evidence/fact.ts';
import type { Host } from './cluster.ts';
import type { VrrpInstance } from './vrrp.ts';
import { numberOf, settingOf } from './vrrp-effect.ts';

/** How a new master announces its addresses. */
export interface Announcement {
  /** Gratuitous ARPs for each address at once. */
  readonly times: number;
  /** Whether there is a second round, or one from time to time. */
  readonly repeated: boolean;
  /** The line that says so; undefined where all is left at its default. */
  readonly at: Fact<string> | undefined;
}

/** 5 gratuitous ARPs, and 5 more after 5 s; one and no more with vrrp_min_garp (keepalived.conf(5), vrrp_garp_*). */
const DEFAULT = 5;

/** What counts of `garp_master_*`, the instance's lines first. */
export function announcementOf(host: Host, instance: VrrpInstance): Announcement {
  const least = host.globals?.other.get('vrrp_min_garp');
  const few = least !== undefined && !['off', 'no', 'false'].includes(least.value) ? least : undefined;
  const delay =
    instance.other.get('garp_master_delay') ?? few ?? settingOf(host, instance, 'garp_master_delay');
  const repeat =
    instance.other.get('garp_master_repeat') ?? few ?? settingOf(host, instance, 'garp_master_repeat');
  const refresh = numberOf(settingOf(host, instance, 'garp_master_refresh'), 0);
  const second = delay === few && few !== undefined ? 0 : numberOf(delay, DEFAULT);
  return {
    times: repeat === few && few !== undefined ? 1 : Math.max(1, numberOf(repeat, DEFAULT)),
    repeated: second > 0 || refresh > 0,
    at: repeat ?? delay,
  };
}
