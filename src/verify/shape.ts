/** Says where a value is not what it has to be: a path such as `.moments[3].at`, empty for the value itself. */
export type Shape = (value: unknown) => string | undefined;

const when = (is: (value: unknown) => boolean): Shape => {
  return (value) => (is(value) ? undefined : '');
};

export const text = when((value) => typeof value === 'string');
export const flag = when((value) => typeof value === 'boolean');
/** JSON has no others, but it writes some that are too large. */
export const finite = when((value) => Number.isFinite(value));

export function oneOf(...values: readonly (string | number)[]): Shape {
  return when((value) => values.some((each) => each === value));
}

export function listOf(item: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) return '';
    return firstOf(value.entries(), ([at, each]) => below(`[${at}]`, item(each)));
  };
}

/** Any names, each with such a value. */
export function tableOf(item: Shape): Shape {
  return (value) => {
    if (!isObject(value)) return '';
    return firstOf(Object.entries(value), ([name, each]) => below(`.${name}`, item(each)));
  };
}

/** Fields that have to be there, and fields that may be; more of them do no harm. */
export function fields(
  needed: Readonly<Record<string, Shape>>,
  possible: Readonly<Record<string, Shape>> = {},
): Shape {
  return (value) => {
    if (!isObject(value)) return '';
    return (
      firstOf(Object.entries(needed), ([name, shape]) => below(`.${name}`, shape(value[name]))) ??
      firstOf(Object.entries(possible), ([name, shape]) =>
        value[name] === undefined ? undefined : below(`.${name}`, shape(value[name])),
      )
    );
  };
}

/** One of several shapes, told apart by the value of a field. */
export function variants(field: string, shapes: Readonly<Record<string, Shape>>): Shape {
  return (value) => {
    if (!isObject(value)) return '';
    const kind = value[field];
    if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) return `.${field}`;
    return shapes[kind]?.(value);
  };
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function below(step: string, path: string | undefined): string | undefined {
  return path === undefined ? undefined : step + path;
}

function firstOf<T>(items: Iterable<T>, find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
