import type { Session } from './session.ts';

/** What turns the times of another machine into those of a timeline. */
export interface HostClock {
  /** Milliseconds since 1970 by the host's clock. */
  ofDay(milliseconds: number): number;
  /** Seconds since the host's boot. */
  ofBoot(seconds: number): number;
  /** Milliseconds by which either may be off. */
  readonly within: number;
}

const ROUND_TRIPS = 8;
/** Milliseconds: /proc/uptime counts in hundredths of a second. */
const UPTIME_STEP = 10;

/** Compares a host's clocks with this machine's by the smallest of several round trips. */
export async function clockOf(session: Session, now: () => number): Promise<HostClock> {
  let best: { readonly way: number; readonly day: number; readonly boot: number } | undefined;
  for (let round = 0; round < ROUND_TRIPS; round++) {
    const sent = now();
    const [up = '', day = ''] = (await session.ask('clock')).trim().split(' ');
    const back = now();
    const middle = (sent + back) / 2;
    // busybox knows no nanoseconds: then the host's clock is as coarse as it says.
    const way = (back - sent) / 2 + (/^\d+\.\d+$/.test(day) ? 0 : 1000);
    if (best === undefined || way < best.way)
      best = { way, day: middle - Number.parseFloat(day) * 1000, boot: middle - Number(up) * 1000 };
  }
  const { way = 0, day = 0, boot = 0 } = best ?? {};
  return {
    ofDay: (milliseconds) => milliseconds + day,
    ofBoot: (seconds) => seconds * 1000 + boot,
    within: Math.ceil(way + UPTIME_STEP),
  };
}
