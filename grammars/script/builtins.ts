import { assigned } from './arithmetic.ts';
import { isList, known, type Scalar, unknown, type Value } from './environment.ts';
import { fieldsOf, textOf } from './expand.ts';
import type { CommandNode, RawArray } from './node.ts';
import { plainText, type Scope } from './parameter.ts';

const ASSIGNMENT = /^([A-Za-z_]\w*)(?:\[([^\]]*)\])?(\+?)=/;

/** Whether a raw word is `NAME=…`. */
export function isAssignment(raw: string): boolean {
  return ASSIGNMENT.test(raw);
}

/** How a value gets into a variable: certainly, or perhaps (behind `&&` and `||`). */
export type Setter = (name: string, value: Value) => void;

/** `NAME=value`, `NAME+=value`, `NAME[3]=value` */
export function assign(raw: string, scope: Scope, set: Setter): void {
  const [whole, name, index, plus] = ASSIGNMENT.exec(raw) ?? [];
  if (whole === undefined || name === undefined) return;
  const value = textOf(raw.slice(whole.length), scope);
  const before = scope.variables.get(name);
  if (index !== undefined) set(name, withItem(name, before, index, value));
  else if (plus !== '+') set(name, value);
  else if (before === undefined || isList(before)) set(name, value);
  else set(name, { ...value, text: before.text + value.text, unknown: before.unknown || value.unknown });
}

function withItem(name: string, before: Value | undefined, index: string, value: Scalar): Value {
  if (!/^\d{1,3}$/.test(index) || (before !== undefined && !isList(before))) return unknown(`$${name}`);
  const items = [...(before?.items ?? [])];
  while (items.length < Number(index)) items.push(known(''));
  items[Number(index)] = value;
  return { items };
}

/** `NAME=(…)`, `NAME+=(…)` */
export function assignArray(array: RawArray, scope: Scope, set: Setter): void {
  const before = scope.variables.get(array.name);
  const keyed = array.items.some(({ raw }) => /^\[[^\]]*\]=/.test(raw));
  const items = array.items.flatMap((item) => fieldsOf(item, scope));
  if (keyed || (array.append && before !== undefined && !isList(before)))
    set(array.name, unknown(`$${array.name}`));
  else if (array.append && before !== undefined && isList(before))
    set(array.name, { items: [...before.items, ...items] });
  else set(array.name, { items });
}

/** Names that a command sets to something that only the running host knows. */
const READERS = new Set(['read', 'getopts', 'mapfile', 'readarray', 'select']);
const DECLARERS = new Set(['export', 'local', 'declare', 'typeset', 'readonly']);
/** Files that set nothing which set-up scripts use for addresses. */
const HARMLESS = /functions$|\/profile$|\/network$|bashrc$|os-release$/;

/** What a builtin does to the variables. `local`: called before a name is made local to the function that runs. */
export function runBuiltin(
  node: CommandNode,
  fields: readonly Scalar[],
  args: { current: readonly Scalar[] | undefined },
  scope: Scope,
  set: Setter,
  local: (name: string) => void,
): void {
  const program = fields[0]?.text ?? '';
  const { variables } = scope;
  if (program === 'local' || ((program === 'declare' || program === 'typeset') && scope.args !== undefined))
    for (const { text } of fields.slice(1))
      if (/^[A-Za-z_]/.test(text)) local(/^\w+/.exec(text)?.[0] ?? text);
  if (DECLARERS.has(program)) {
    for (const { raw } of node.words) if (isAssignment(raw)) assign(raw, scope, set);
  } else if (READERS.has(program)) {
    for (const name of namesIn(fields)) set(name, unknown(`$${name}`));
    if (program === 'getopts') set('OPTARG', unknown('$OPTARG'));
  } else if (program === 'unset') {
    for (const name of namesIn(fields)) variables.set(name, undefined);
  } else if (program === 'shift') {
    const by = Number(fields[1]?.text ?? 1);
    args.current = Number.isInteger(by) ? args.current?.slice(by) : undefined;
  } else if (program === 'set') {
    const from = fields[1]?.text === '--' ? 2 : 1;
    if (from === 2 || /^[^-+]/.test(fields[1]?.text ?? '-')) args.current = fields.slice(from);
  } else if (program === 'let') {
    for (const { text } of fields.slice(1)) calculate(text, scope, set);
  } else if (program === 'printf' && fields[1]?.text === '-v' && fields[2] !== undefined) {
    const { text } = fields[2];
    set(text, unknown(`$${text}`));
  } else if (program === '.' || program === 'source') {
    if (!HARMLESS.test(fields[1]?.text ?? '')) variables.forgetAll();
  } else if (program === 'eval') variables.forgetAll();
}

/** `((i++))`, `let i+=1` */
export function calculate(expression: string, scope: Scope, set: Setter): void {
  const change = assigned(expression, (name) => plainText(scope.variables.get(name)));
  if (change === undefined) return;
  set(change.name, change.value === undefined ? unknown(`$${change.name}`) : known(String(change.value)));
}

function namesIn(fields: readonly Scalar[]): string[] {
  return fields.slice(1).flatMap(({ text }) => (/^[A-Za-z_]\w*$/.test(text) ? [text] : []));
}
