import { calculated } from './arithmetic.ts';
import {
  type Environment,
  isList,
  known,
  type List,
  type Scalar,
  unknown,
  type Value,
} from './environment.ts';
import { fits, stripped } from './glob.ts';
import type { ParameterPiece } from './pieces.ts';

/** What names mean at one point of a script. */
export interface Scope {
  readonly variables: Environment;
  /** The arguments of the function that runs; undefined: the script's own, which nobody knows. */
  readonly args: readonly Scalar[] | undefined;
}

/** Longer lists are not put in for `"${NAME[@]}"`. */
const LONGEST_LIST = 1000;

/** What `$NAME` or `${NAME…}` stands for; `expand` gives the text of an operator's argument. */
export function parameterValue(piece: ParameterPiece, scope: Scope, expand: (raw: string) => Scalar): Value {
  const base = baseOf(piece, scope);
  if (piece.length) return lengthOf(base, piece);
  const { operator } = piece;
  if (/^:?[-=+?]$/.test(operator)) return defaulted(base, piece, scope, expand);
  if (base === undefined) return unknown(piece.raw);
  if (operator === '') return base;
  const argument = expand(piece.argument);
  if (isList(base)) return { items: base.items.map((item) => changed(item, piece, argument)) };
  return changed(base, piece, argument);
}

/** The value without its operator; undefined: never set. */
function baseOf(piece: ParameterPiece, scope: Scope): Value | undefined {
  const { name, index, raw } = piece;
  if (/^\d+$/.test(name)) {
    if (scope.args === undefined && name === '1') return { ...unknown(raw), isFirstArgument: true };
    if (scope.args === undefined || name === '0') return unknown(raw);
    return scope.args[Number(name) - 1] ?? known('');
  }
  if (name === '@' || name === '*') return scope.args === undefined ? unknown(raw) : short(scope.args, raw);
  if (name === '#') return scope.args === undefined ? unknown(raw) : known(String(scope.args.length));
  if (!/^[A-Za-z_]/.test(name)) return unknown(raw);
  const value = scope.variables.get(name);
  if (value === undefined) return undefined;
  const items = isList(value) ? value.items : [value];
  if (index === '@' || index === '*')
    return !isList(value) && value.unknown ? unknown(raw) : short(items, raw);
  if (index === undefined)
    return isList(value) ? value.items[0] : { ...value, text: value.unknown ? raw : value.text };
  const place = calculated(index, (other) => plainText(scope.variables.get(other)));
  return place === undefined ? unknown(raw) : items[place];
}

function short(items: readonly Scalar[], raw: string): List | Scalar {
  return items.length > LONGEST_LIST ? unknown(raw) : { items };
}

function lengthOf(base: Value | undefined, piece: ParameterPiece): Scalar {
  if (base === undefined) return unknown(piece.raw);
  if (isList(base)) return known(String(base.items.length));
  return base.unknown ? unknown(piece.raw) : known(String(base.text.length));
}

/** `:-` `:=` `:+` `:?` and their forms without the colon (POSIX shell, 2.6.2). */
function defaulted(
  base: Value | undefined,
  piece: ParameterPiece,
  scope: Scope,
  expand: (raw: string) => Scalar,
): Value {
  const sign = piece.operator.at(-1);
  if (base !== undefined && !isList(base) && base.unknown) return { ...base, text: piece.raw };
  const text = base === undefined || isList(base) ? undefined : base.text;
  const isSet = base !== undefined && !(piece.operator.startsWith(':') && text === '');
  if (sign === '+') return isSet ? expand(piece.argument) : { ...known(''), soft: base === undefined };
  if (isSet) return base;
  if (sign === '?') return unknown(piece.raw);
  const value = { ...expand(piece.argument), soft: base === undefined };
  if (sign === '=') scope.variables.set(piece.name, value);
  return value.unknown ? unknown(piece.raw) : value;
}

function changed(item: Scalar, piece: ParameterPiece, argument: Scalar): Scalar {
  const text =
    item.unknown || argument.unknown ? undefined : changedText(item.text, piece.operator, argument.text);
  return text === undefined ? unknown(piece.raw) : { text, unknown: false, soft: item.soft || argument.soft };
}

function changedText(text: string, operator: string, argument: string): string | undefined {
  if (operator.startsWith('#') || operator.startsWith('%')) return stripped(text, operator, argument);
  if (operator === ':') {
    const [, offset, length] = /^\s*(\d+)\s*(?::\s*(\d+)\s*)?$/.exec(argument) ?? [];
    if (offset === undefined) return undefined;
    return text.slice(Number(offset), length === undefined ? undefined : Number(offset) + Number(length));
  }
  const slash = argument.indexOf('/');
  const pattern = slash === -1 ? argument : argument.slice(0, slash);
  const replacement = slash === -1 ? '' : argument.slice(slash + 1);
  if (pattern === '' || /[*?[\]\\#%&]/.test(pattern + replacement)) return undefined;
  return operator === '//'
    ? text.replaceAll(pattern, () => replacement)
    : text.replace(pattern, () => replacement);
}

/** The text of a value that is known; undefined for lists and unknown values. */
export function plainText(value: Value | undefined): string | undefined {
  return value === undefined || isList(value) || value.unknown ? undefined : value.text;
}

/** Whether a value fits one of some patterns; undefined where nobody can say. */
export function fitsOne(subject: Scalar, patterns: readonly Scalar[]): boolean | undefined {
  if (subject.unknown || subject.soft) return undefined;
  const answers = patterns.map((pattern) => (pattern.unknown ? undefined : fits(pattern.text, subject.text)));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}
