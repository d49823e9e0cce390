/** A mistake put into a running, sound cluster, and the finding that has to come first. */
export interface Fault {
  /** Names its function in the shell script. */
  readonly name: string;
  /** The design into which it is put. */
  readonly design: string;
  /** Shell, with the words of words.sh; waits until the mistake shows. */
  readonly inject: string;
  readonly heal: string;
  readonly rule: string;
  readonly host: string;
}

type Row = readonly [name: string, inject: string, heal: string, rule: string, host: string];

/** The faults of one design. */
export function faultsOf(design: string, rows: readonly Row[]): readonly Fault[] {
  return rows.map(([name, inject, heal, rule, host]) => ({ name, design, inject, heal, rule, host }));
}
