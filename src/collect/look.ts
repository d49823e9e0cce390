import type { Basis, Format } from '../evidence/source.ts';
import type { RemoteTrouble } from './remote.ts';

/** What one look at one host brought: live, out of a saved answer, or out of a snapshot. */
export interface HostLook {
  readonly host: string;
  /** Milliseconds since 1970, by the clock of who looked; unknown of an answer that somebody else fetched. */
  readonly collectedAt?: number;
  /** How far the host's clock is ahead, in seconds. */
  readonly clockOffset?: number;
  readonly probes: readonly ProbeResult[];
  /** The host could not be seen, or not to the end. */
  readonly failure?: { readonly kind: RemoteTrouble; readonly why: string };
}

/** What one probe printed, and how it went. */
export interface ProbeResult {
  readonly name: string;
  readonly command: string;
  /** What reports call it. */
  readonly shown: string;
  readonly format: Format;
  readonly basis: Basis;
  /** `0`, another exit code, or what kept the command from running at all: `missing`, `root`. */
  readonly exit: string;
  readonly milliseconds: number;
  readonly texts: readonly ProbeText[];
  /** Include patterns of which everything that they match is among the texts. */
  readonly looked: readonly string[];
  /** The files that a daemon was told to read, where the probe knows; the others count only where they are included. */
  readonly mains?: readonly string[];
  /** Why it is not known whole what the probe asks for. */
  readonly gap?: string;
}

export interface ProbeText {
  /** Where a probe prints files. */
  readonly path?: string;
  readonly executable?: true;
  readonly text: string;
}
