import type { Host } from './cluster.ts';
import type { Doubt } from './doubt.ts';
import { kernelNumber } from './kernel-number.ts';
import { runningSetting } from './kernel-settings.ts';

/** In percent: what comes in the next seconds finds no room. */
const FULL = 95;

/**
 * How full the connection tracking table of a running host is, from so many percent on; undefined where there is room,
 * nobody looked, or nothing is tracked. The count is that of the host's own network namespace (nf_conntrack-sysctl.rst).
 */
export function conntrackPressure({ sysctl, conntrack, label }: Host, nearlyFull: number): Doubt | undefined {
  const taken = sysctl && runningSetting(sysctl, 'net/netfilter/nf_conntrack_count');
  const room = sysctl && runningSetting(sysctl, 'net/netfilter/nf_conntrack_max');
  const count = taken && kernelNumber(taken.value.value);
  const limit = room && kernelNumber(room.value.value);
  if (taken === undefined || room === undefined || !count || !limit) return undefined;
  const share = (count / limit) * 100;
  if (share < nearlyFull) return undefined;
  const isFull = share >= FULL;
  const drops = conntrack?.drops.value
    ? [{ at: conntrack.drops, message: `${conntrack.drops.value} packets found no room since the boot` }]
    : [];
  return {
    at: taken.value,
    message: `the connection tracking table of ${label} is ${isFull ? 'full' : 'nearly full'} now: ${count} of ${limit}`,
    related: [{ at: room.value, message: 'the limit' }, ...drops],
    severity: isFull ? 'error' : 'warning',
    why: 'A full table drops the packets of new connections at random; entries go away only when their timeouts run out.',
    remedy:
      'Raise net.netfilter.nf_conntrack_max now (sysctl -w), then find what fills it: conntrack -L, /proc/net/nf_conntrack.',
  };
}
