import type { RequestPlan } from './distribution-plan.ts';
import type { Outcome } from './timeline.ts';

/** How one request went. */
export interface Asked {
  readonly outcome: Outcome;
  readonly milliseconds: number;
  /** Who answered, as the answer itself says. */
  readonly by?: string;
}

/** Hears of each request: from which of the sources it was, and when it began, in milliseconds before now. */
export type Heard = (source: string, asked: Asked) => void;

/** The machine that plays the client. */
export interface Client {
  readonly name: string;
  /** Its own addresses on the way to another, the one that it takes by itself first; empty where nobody knows. */
  sourcesTo(address: string): Promise<readonly string[]>;
  /** Why it cannot send such requests, or hold connections open; undefined where it can. */
  refusal(request: RequestPlan, held: boolean): string | undefined;
  /** Sends a request from each of the sources, each on a connection of its own. */
  askAll(request: RequestPlan, sources: readonly string[], heard: Heard, signal: AbortSignal): Promise<void>;
  /** Opens a connection from each of the sources, one after the other; all stay open until they are let go. */
  hold(
    request: RequestPlan,
    sources: readonly string[],
    heard: Heard,
    signal: AbortSignal,
  ): Promise<() => void>;
  /** The MAC addresses that say they have an address of the client's own link; empty where it is behind a router. */
  whoHas(address: string): Promise<readonly string[]>;
}
