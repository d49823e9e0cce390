import { type Definitions, substitute } from './definitions.ts';

/** The rounds of a line that begins with sequences, each with what it sets, and where the repeated text begins. */
export interface Sequences {
  readonly rounds: readonly Definitions[];
  readonly textStart: number;
}

/** What one round sets. */
type Values = ReadonlyMap<string, string>;

/** More lines than any real cluster has; a slip such as `~SEQ(X,1,1000000000)` must not fill the memory. */
const MAX_ROUNDS = 65_536;
/** Nobody counts in more directions at once. */
const MAX_HEADS = 16;

/** Reads `~SEQ(X,1,3) ~LST(A,b,c) text`: every combination gives one line. Undefined where it is not one. */
export function readSequences(line: string, definitions: Definitions): Sequences | undefined {
  let rounds: Values[] = [new Map()];
  let at = 0;
  let heads = 0;
  for (let head = headAt(line, at, definitions); head !== undefined; head = headAt(line, at, definitions)) {
    const values =
      head.kind === 'LST' ? listRounds(head.inside) : sequenceRounds(head.inside, head.kind === 'SEQx');
    if (values === undefined || ++heads > MAX_HEADS || values.length * rounds.length > MAX_ROUNDS)
      return undefined;
    rounds = rounds.flatMap((round) => values.map((value) => new Map([...round, ...value])));
    at = head.end;
  }
  if (at === 0 || /^\s*~/.test(line.slice(at))) return undefined;
  return {
    rounds: rounds.map((own) => ({ get: (name) => own.get(name) ?? definitions.get(name) })),
    textStart: at,
  };
}

function headAt(
  line: string,
  from: number,
  definitions: Definitions,
): { kind: string; inside: string; end: number } | undefined {
  const match = /^\s*~(SEQx|SEQ|LST)\(/.exec(line.slice(from));
  if (match === null) return undefined;
  const start = from + match[0].length;
  const close = line.indexOf(')', start);
  if (close === -1) return undefined;
  return {
    kind: match[1] ?? '',
    inside: substitute(line.slice(start, close), 0, definitions).text,
    end: close + 1,
  };
}

/** `X,END` counts from 1; `X,START,END`; `X,START,STEP,END` (keepalived.conf(5), ~SEQ). */
function sequenceRounds(inside: string, hexadecimal: boolean): Values[] | undefined {
  const [name, ...texts] = inside.split(',').map((text) => text.trim());
  const legal = hexadecimal ? /^(-?\d{1,9}|0x[0-9a-f]{1,7})$/i : /^-?\d{1,9}$/;
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
  const rounds: Values[] = [];
  for (let value = start; step > 0 ? value <= end : value >= end; value += step) {
    rounds.push(new Map([[name, value.toString(hexadecimal ? 16 : 10)]]));
  }
  return rounds;
}

/** `A,x,y` gives x and y to A in turn; `{A,B},{1,2},{3,4}` gives pairs. */
function listRounds(inside: string): Values[] | undefined {
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
