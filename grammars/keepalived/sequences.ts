/** What one round of a sequence sets, by name. */
export type Round = ReadonlyMap<string, string>;

/** A line that begins with a sequence: its rounds, where its head ends, and where the repeated text begins. */
export interface Sequence {
  readonly rounds: readonly Round[];
  readonly headEnd: number;
  readonly textStart: number;
}

/** More lines than any real cluster has; a slip such as `~SEQ(X,1,1000000000)` must not fill the memory. */
const MAX_ROUNDS = 65_536;

/**
 * Reads `~SEQ(X,1,3) text` and `~LST(A,b,c) text`. Undefined where it is not one. Definitions stand in the numbers of
 * ~SEQ, and not in ~LST (keepalived 2.2.7, lib/parser.c, add_seq and add_lst).
 */
export function readSequence(line: string, substitute: (text: string) => string): Sequence | undefined {
  const match = /^\s*~(SEQx|SEQ|LST)[ \t]*\(/.exec(line);
  if (match === null) return undefined;
  const close = line.indexOf(')', match[0].length);
  if (close === -1) return undefined;
  const inside = line.slice(match[0].length, close);
  const rounds =
    match[1] === 'LST' ? listRounds(inside) : sequenceRounds(substitute(inside), match[1] === 'SEQx');
  if (rounds === undefined) return undefined;
  const blanks = /^[ \t]*/.exec(line.slice(close + 1))?.[0].length ?? 0;
  return { rounds, headEnd: close + 1, textStart: close + 1 + blanks };
}

/** `X,END` counts from 1; `X,START,END`; `X,START,STEP,END` (keepalived.conf(5), ~SEQ). */
function sequenceRounds(inside: string, hexadecimal: boolean): Round[] | undefined {
  const [name, ...texts] = inside.split(',').map((text) => text.trim());
  const legal = /^(?:-?\d{1,9}|0x[0-9a-f]{1,7})$/i;
  const numbers = texts.map((text) => (legal.test(text) ? Number(text) : Number.NaN));
  if (
    name === undefined ||
    name === '' ||
    numbers.length < 1 ||
    numbers.length > 3 ||
    numbers.some(Number.isNaN)
  )
    return undefined;
  const end = numbers.at(-1) ?? 0;
  const start = numbers.length === 1 ? 1 : (numbers[0] ?? 0);
  const step = numbers.length === 3 ? (numbers[1] ?? 0) : end < start ? -1 : 1;
  if (step === 0 || (end - start) / step < 0 || (end - start) / step >= MAX_ROUNDS) return undefined;
  const rounds: Round[] = [];
  for (let value = start; step > 0 ? value <= end : value >= end; value += step) {
    rounds.push(new Map([[name, value.toString(hexadecimal ? 16 : 10)]]));
  }
  return rounds;
}

/** `A,x,y` gives x and y to A in turn; `{A,B},{1,2},{3,4}` gives pairs. */
function listRounds(inside: string): Round[] | undefined {
  if (/[^\s,{}][ \t]+[^\s,{}]/.test(inside)) return undefined;
  const items = inside.match(/\{[^}]*\}|[^,{}\s]+/g)?.map((item) =>
    item
      .replace(/^\{|\}$/g, '')
      .split(',')
      .map((part) => part.trim()),
  );
  const [names, ...values] = items ?? [];
  if (names === undefined || values.length === 0 || values.some((value) => value.length > names.length))
    return undefined;
  return values.map((value) => new Map(names.map((name, index) => [name, value[index] ?? ''])));
}
