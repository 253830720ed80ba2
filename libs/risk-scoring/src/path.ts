/** Dotted field paths of a record type. Arrays end a path: their elements are reached through `some`. */
export type Path<T> = {
  [K in keyof T & string]: NonNullable<T[K]> extends readonly unknown[]
    ? K
    : NonNullable<T[K]> extends object
      ? `${K}.${Path<NonNullable<T[K]>>}`
      : K;
}[keyof T & string];

/** The type of the value at a path. */
export type ValueAt<T, P extends string> = P extends `${infer K}.${infer Rest}`
  ? K extends keyof T
    ? ValueAt<NonNullable<T[K]>, Rest>
    : never
  : P extends keyof T
    ? NonNullable<T[P]>
    : never;

/** Paths of arrays of objects. */
export type ArrayPath<T> = {
  [P in Path<T>]: ValueAt<T, P> extends readonly (infer E)[] ? (E extends object ? P : never) : never;
}[Path<T>];

export type ElementAt<T, P extends string> = ValueAt<T, P> extends readonly (infer E)[] ? E : never;

/** Reads a dotted path; undefined and null and the empty string all mean "no value". */
export function readerOf(path: string): (subject: unknown) => unknown {
  const [first, second, third, ...deeper] = path.split(".") as [string, ...string[]];
  if (deeper.length > 0) throw new Error(`Path ${path} is deeper than the record`);
  if (second === undefined) return (subject) => valueOf(subject, first);
  if (third === undefined) return (subject) => valueOf(valueOf(subject, first), second);
  return (subject) => valueOf(valueOf(valueOf(subject, first), second), third);
}

function valueOf(subject: unknown, key: string): unknown {
  if (subject === undefined || subject === null) return undefined;
  const value = (subject as Record<string, unknown>)[key];
  return value === null || value === "" ? undefined : value;
}
