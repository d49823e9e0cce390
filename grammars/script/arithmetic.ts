/** The value of a name in a calculation; undefined where nobody knows it. */
type Lookup = (name: string) => string | undefined;

/** `a + b * 2` from left to right with the usual precedence; undefined for anything richer, and for unknown names. */
export function calculated(expression: string, lookup: Lookup): number | undefined {
  if (expression.length > 200 || !/^[\w\s$+*/%-]*$/.test(expression)) return undefined;
  const signs = expression.match(/\$?\w+|[-+*/%]/g) ?? [];
  let sum = 0;
  let product: number | undefined;
  let plus = 1;
  let pending = '';
  for (const sign of signs) {
    if (/^[-+*/%]$/.test(sign)) {
      if (product === undefined || pending !== '') return undefined;
      if (sign === '+' || sign === '-') {
        sum += plus * product;
        product = undefined;
        plus = sign === '+' ? 1 : -1;
      } else pending = sign;
      continue;
    }
    const value = operand(sign, lookup);
    if (value === undefined || (product !== undefined && pending === '')) return undefined;
    product = product === undefined ? value : multiplied(product, pending, value);
    pending = '';
    if (product === undefined) return undefined;
  }
  const total = product === undefined || pending !== '' ? undefined : sum + plus * product;
  return total !== undefined && Number.isSafeInteger(total) ? total : undefined;
}

function operand(sign: string, lookup: Lookup): number | undefined {
  const text = /^\d/.test(sign) ? sign : (lookup(sign.replace('$', '')) ?? 'unknown');
  // A leading zero means octal to the shell.
  return /^-?(0|[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
}

function multiplied(left: number, operator: string, right: number): number | undefined {
  if (operator === '*') return left * right;
  if (right === 0) return undefined;
  return operator === '/' ? Math.trunc(left / right) : left % right;
}

/** What `i++`, `i += 2` or `i = j + 1` does: the name and its new value, undefined where nobody knows it. */
export function assigned(
  expression: string,
  lookup: Lookup,
): { name: string; value: number | undefined } | undefined {
  const step = /^\s*(?:(\+\+|--)\s*([A-Za-z_]\w*)|([A-Za-z_]\w*)\s*(\+\+|--))\s*$/.exec(expression);
  if (step !== null) {
    const name = step[2] ?? step[3] ?? '';
    return { name, value: calculated(`${name} ${(step[1] ?? step[4] ?? '+')[0]} 1`, lookup) };
  }
  const set = /^\s*([A-Za-z_]\w*)\s*([-+*/%]?)=(?!=)(.*)$/s.exec(expression);
  if (set === null) return undefined;
  const [, name = '', operator = '', right = ''] = set;
  const value = calculated(right, lookup);
  if (operator === '' || value === undefined) return { name, value };
  return { name, value: calculated(`${name} ${operator} ${value}`, lookup) };
}

/** The values of a counting loop's variable, `((i = 0; i < 3; i++))`, up to a limit. */
export function counted(
  header: string,
  limit: number,
  lookup: Lookup,
): { name: string; values: number[] } | undefined {
  const [begin = '', test = '', step = ''] = header.replace(/^\(\(|\)\)$/g, '').split(';');
  const first = assigned(begin, lookup);
  const bound = /^\s*(\w+)\s*(<=?|>=?)\s*(.+?)\s*$/s.exec(test);
  if (first?.value === undefined || bound === null || bound[1] !== first.name) return undefined;
  const end = calculated(bound[3] ?? '', lookup);
  const by = assigned(step, (name) => (name === first.name ? '0' : lookup(name)));
  if (end === undefined || by?.name !== first.name || by.value === undefined || by.value === 0)
    return undefined;
  const goesOn = (value: number) =>
    bound[2] === '<'
      ? value < end
      : bound[2] === '<='
        ? value <= end
        : bound[2] === '>'
          ? value > end
          : value >= end;
  const values: number[] = [];
  for (let value = first.value; goesOn(value); value += by.value)
    if (values.push(value) > limit) return undefined;
  return { name: first.name, values };
}
