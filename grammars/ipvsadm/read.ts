import type { Place, Range } from '../../src/evidence/place.ts';
import type { Source } from '../../src/evidence/source.ts';
import { type Fault, placeOf, type Statement, type Tree, type Word } from '../tree.ts';
import { parseLines } from './parser.ts';
import { type IpvsadmReading, readIpvsadmCommand } from './read-command.ts';
import { tokensOf } from './tokens.ts';

export type { Given, IpvsadmCommand, ServerTarget, ServiceTarget } from './command.ts';
export { IPVSADM_OPTIONS } from './options.ts';
export { type IpvsadmReading, readIpvsadmCommand } from './read-command.ts';

/** A saved table: what `ipvsadm-save` writes and `ipvsadm-restore` reads. */
export interface IpvsadmTree extends Tree {
  readonly statements: readonly IpvsadmStatement[];
}

/** A word that stands in the text as it is; placed only when asked. */
class LineWord implements Word {
  readonly text: string;
  private readonly source: Source;
  private readonly start: number;

  constructor(source: Source, text: string, start: number) {
    this.source = source;
    this.text = text;
    this.start = start;
  }

  get range(): Range {
    return { start: this.start, end: this.start + this.text.length };
  }

  get place(): Place {
    return { source: this.source, range: this.range };
  }
}

/** One line of a saved table. */
export class IpvsadmStatement implements Statement {
  readonly source: Source;
  readonly range: Range;
  #reading: IpvsadmReading | undefined;

  constructor(source: Source, range: Range) {
    this.source = source;
    this.range = range;
  }

  get place(): Place {
    return { source: this.source, range: this.range };
  }

  /** The words as they are meant: `ipvsadm` is passed over wherever it stands, an invisible sign is a blank. */
  get words(): readonly Word[] {
    const { text } = this.source;
    const words: Word[] = [];
    const { end } = this.range;
    for (let at = this.range.start; at < end; ) {
      const start = at;
      while (at < end && !isBetween(text.charCodeAt(at))) at++;
      const word = text.slice(start, at);
      if (word !== '' && word !== 'ipvsadm') words.push(new LineWord(this.source, word, start));
      while (at < end && isBetween(text.charCodeAt(at))) at++;
    }
    return words;
  }

  /** What the line does, worked out once. */
  get reading(): IpvsadmReading {
    this.#reading ??= this.read();
    return this.#reading;
  }

  private read(): IpvsadmReading {
    const reading = readIpvsadmCommand(this.words, this);
    const hidden = findHidden(this.source, this.range);
    if (hidden === undefined) return reading.command?.action === 'restore' ? nested(reading, this) : reading;
    return { command: reading.command, faults: [hidden] };
  }
}

/**
 * Reads a saved table as ipvsadm-restore does. The program stops at the first line that it refuses; here reading
 * goes on, because what stands behind is what somebody wanted.
 */
export function readIpvsadm(source: Source): IpvsadmTree {
  const statements: IpvsadmStatement[] = [];
  parseLines(tokensOf(source.text), (start, text) => {
    let from = 0;
    let to = text.length;
    while (from < to && isBlank(text.charCodeAt(from))) from++;
    while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
    if (text.slice(from, to) === 'ipvsadm' || from === to) return;
    statements.push(new IpvsadmStatement(source, { start: start + from, end: start + to }));
  });
  const faults: Fault[] = [];
  let stops = false;
  for (const [at, { reading }] of statements.entries()) {
    const isNoEnd = stops || reading.passedOver === true;
    for (const fault of reading.faults)
      faults.push(isNoEnd ? fault : stopping(fault, statements.length - at - 1));
    stops ||= reading.faults.length > 0 && reading.passedOver !== true;
  }
  return { source, statements, faults };
}

function stopping(fault: Fault, left: number): Fault {
  if (left === 0) return fault;
  const rest = left === 1 ? 'does not load the line below' : `loads none of the ${left} lines below`;
  return { ...fault, message: `${fault.message}; it stops here and ${rest}` };
}

/** A saved table cannot load another one. */
function nested(reading: IpvsadmReading, line: IpvsadmStatement): IpvsadmReading {
  const fault: Fault = {
    kind: 'refused-command',
    message: 'ipvsadm refuses -R (restore) in a table that it restores',
    at: line.place,
  };
  return { command: reading.command, faults: [...reading.faults, fault].slice(0, 1) };
}

/** Blanks of isspace(3) but for the line feed. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 11 || code === 12;
}

function isBetween(code: number): boolean {
  return isBlank(code) || (code > 127 && HIDDEN.test(String.fromCharCode(code)));
}

const HIDDEN = /[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff\ufffd]/;

/** A sign that nobody sees makes a word another one; it explains whatever else the program says of the line. */
function findHidden(source: Source, { start, end }: Range): Fault | undefined {
  const offset = source.text.slice(start, end).search(HIDDEN);
  if (offset === -1) return undefined;
  const at = start + offset;
  const code = source.text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return {
    kind: 'hidden-character',
    message: `the invisible character U+${code} is part of a word here, and ipvsadm refuses the line`,
    at: placeOf(source, at, at + 1),
    severity: 'error',
    remedy: 'Delete it, or put a plain blank in its place.',
  };
}
