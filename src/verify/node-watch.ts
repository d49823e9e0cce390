import type { Remote } from '../collect/remote.ts';
import { heldVips } from './held-vips.ts';
import { clockOf } from './host-clock.ts';
import { readPacket } from './packets.ts';
import type { Recorder } from './recorder.ts';
import { openSession, type Session } from './session.ts';

/** A director that is watched: what it holds and hears goes into the timeline by itself. */
export interface NodeWatch {
  readonly session: Session;
  /** The VIPs that it holds, as far as it was heard. */
  held(): readonly string[];
  /** A time since its boot as one of the timeline, with what it may be off. */
  ofBoot(seconds: number): { readonly at: number; readonly within: number };
}

/** What of a node is watched. */
export interface NodeWatching {
  readonly vips: readonly string[];
  readonly interfaces: readonly string[];
  /** Seconds after which it ends by itself on the host. */
  readonly life: number;
}

/** Begins to watch a node; rejects with a RemoteFailure where it cannot be reached. */
export async function watchNode(
  remote: Remote,
  watching: NodeWatching,
  recorder: Recorder,
): Promise<NodeWatch> {
  const { host } = remote;
  const held = heldVips(watching.vips);
  let now = held.set('');
  const early: (() => void)[] = [];
  let clock: Awaited<ReturnType<typeof clockOf>> | undefined;
  const timed = (use: () => void) => void (clock === undefined ? early.push(use) : use());
  const session = await openSession(remote, watching, ({ kind, text }) => {
    const arrived = recorder.now();
    if (kind === 'packet') {
      const packet = readPacket(text.slice(text.indexOf(' ') + 1), host);
      if (packet === undefined) return;
      timed(() =>
        recorder.saw(packet.observed, {
          at: clock?.ofDay(packet.time) ?? arrived,
          within: clock?.within ?? 0,
        }),
      );
    } else if (kind === 'address') {
      const change = held.change(text);
      if (change === undefined) return;
      now = change.after;
      timed(() => {
        const at = change.time === undefined ? arrived : (clock?.ofDay(change.time) ?? arrived);
        const when = { at, within: clock?.within ?? 0 };
        // Until this very moment it was otherwise.
        recorder.saw({ kind: 'holder', host, vips: change.before }, when);
        recorder.saw({ kind: 'holder', host, vips: change.after }, when);
      });
    }
  });
  clock = await clockOf(session, recorder.now);
  now = held.set(await session.ask('addresses'));
  recorder.saw({ kind: 'holder', host, vips: now });
  for (const use of early) use();
  const { within } = clock;
  const { ofBoot } = clock;
  return { session, held: () => now, ofBoot: (seconds) => ({ at: ofBoot(seconds), within }) };
}
