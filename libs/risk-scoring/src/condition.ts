import type { NhiRecord } from "@rollcall/nhi-model";
import { readerOf } from "./path.ts";
import type { ArrayPath, ElementAt, Path, ValueAt } from "./path.ts";

/** Kleene truth value; numbers, because rules are evaluated millions of times in one analysis. */
export type Tri = 0 | 1 | 2;
export const FALSE: Tri = 0;
export const TRUE: Tri = 1;
export const UNKNOWN: Tri = 2;

/** What a condition may look at besides its own subject. */
export interface Scope {
  readonly root: NhiRecord;
  readonly nowMs: number;
  readonly params: Readonly<Record<string, number>>;
}

/** Values that decided a condition, by concrete path (`credentials[0].status`); undefined where there was none. */
export type Reads = Map<string, unknown>;

export interface Condition<S> {
  /** Every field this condition may read, known without running it; elements of arrays are written `credentials[].status`. */
  readonly fields: readonly string[];
  readonly params: readonly string[];
  test(subject: S, scope: Scope): Tri;
  /** Adds the fields whose absence makes this unknown. Only to be asked when `test` says unknown. */
  blame(subject: S, scope: Scope, into: Set<string>): void;
  /** Adds the values that decided. `at` is the concrete prefix of the subject, e.g. `credentials[0].`. */
  witness(subject: S, scope: Scope, at: string, into: Reads): void;
}

export interface ParamRef {
  readonly param: string;
}
/** A field of the whole record, also from inside `some`. */
export interface RootRef {
  readonly root: string;
}
/** A field of the condition's own subject. */
export interface FieldRef<S> {
  readonly field: Path<S>;
}

export const param = (name: string): ParamRef => ({ param: name });
export const root = (path: Path<NhiRecord>): RootRef => ({ root: path });

export function all<S>(...children: readonly Condition<S>[]): Condition<S> {
  return junction(children, FALSE);
}

export function any<S>(...children: readonly Condition<S>[]): Condition<S> {
  return junction(children, TRUE);
}

export function not<S>(child: Condition<S>): Condition<S> {
  return {
    ...child,
    test: (subject, scope) => {
      const value = child.test(subject, scope);
      return value === UNKNOWN ? UNKNOWN : value === TRUE ? FALSE : TRUE;
    },
  };
}

/** `all` is decided by one false child, `any` by one true child; otherwise an unknown child makes the whole unknown. */
function junction<S>(children: readonly Condition<S>[], decisive: Tri): Condition<S> {
  const otherwise: Tri = decisive === TRUE ? FALSE : TRUE;
  const test = (subject: S, scope: Scope): Tri => {
    let result = otherwise;
    for (const child of children) {
      const value = child.test(subject, scope);
      if (value === decisive) return decisive;
      if (value === UNKNOWN) result = UNKNOWN;
    }
    return result;
  };
  return {
    fields: children.flatMap((child) => child.fields),
    params: children.flatMap((child) => child.params),
    test,
    blame: (subject, scope, into) => {
      for (const child of children) if (child.test(subject, scope) === UNKNOWN) child.blame(subject, scope, into);
    },
    witness: (subject, scope, at, into) => {
      const decided = test(subject, scope) === decisive;
      for (const child of children) if (!decided || child.test(subject, scope) === decisive) child.witness(subject, scope, at, into);
    },
  };
}

type Left<S> = Path<S> | RootRef;
type NumberOperand<S> = number | ParamRef | RootRef | FieldRef<S>;

/** The comparisons, typed for one subject: the record itself, or an element of one of its arrays. */
export interface Vocabulary<S> {
  field(path: Path<S>): FieldRef<S>;
  eq<P extends Path<S>>(path: P, value: ValueAt<S, P>): Condition<S>;
  ne<P extends Path<S>>(path: P, value: ValueAt<S, P>): Condition<S>;
  in_<P extends Path<S>>(path: P, values: readonly ValueAt<S, P>[]): Condition<S>;
  gt(path: Left<S>, value: NumberOperand<S>): Condition<S>;
  gte(path: Left<S>, value: NumberOperand<S>): Condition<S>;
  lt(path: Left<S>, value: NumberOperand<S>): Condition<S>;
  containsAny(path: Left<S>, values: readonly string[]): Condition<S>;
  countGte(path: Left<S>, count: number): Condition<S>;
  present(path: Left<S>): Condition<S>;
  missing(path: Left<S>): Condition<S>;
  olderThanDays(path: Left<S>, days: NumberOperand<S>): Condition<S>;
  olderThanHours(path: Left<S>, hours: NumberOperand<S>): Condition<S>;
  withinNextDays(path: Left<S>, days: NumberOperand<S>): Condition<S>;
  past(path: Left<S>): Condition<S>;
  before(path: Left<S>, other: RootRef | FieldRef<S>): Condition<S>;
}

interface Operand<S> {
  readonly path: string | null;
  readonly param: string | null;
  get(subject: S, scope: Scope): unknown;
  label(at: string): string;
}

function operandOf<S>(prefix: string, source: string | number | ParamRef | RootRef | FieldRef<S>): Operand<S> {
  if (typeof source === "number") return { path: null, param: null, get: () => source, label: () => "" };
  if (typeof source === "object" && "param" in source) {
    return { path: null, param: source.param, get: (_, scope) => scope.params[source.param], label: () => "" };
  }
  if (typeof source === "object" && "root" in source) {
    const read = readerOf(source.root);
    return { path: source.root, param: null, get: (_, scope) => read(scope.root), label: () => source.root };
  }
  const path = typeof source === "string" ? source : (source as { field: string }).field;
  return { path: prefix + path, param: null, get: readerOf(path), label: (at) => at + path };
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const tri = (value: boolean): Tri => (value ? TRUE : FALSE);
const timeOf = (value: unknown): number => (typeof value === "string" ? Date.parse(value) : Number.NaN);

type Check = (left: unknown, right: unknown, scope: Scope) => Tri;

/** A comparison of one or two operands; an operand without a value makes it unknown. */
function leaf<S>(left: Operand<S>, check: Check, right?: Operand<S>): Condition<S> {
  const operands = right === undefined ? [left] : [left, right];
  const fields = operands.filter((operand) => operand.path !== null);
  return {
    fields: fields.map((operand) => operand.path as string),
    params: operands.flatMap((operand) => operand.param ?? []),
    test: (subject, scope) => {
      const first = left.get(subject, scope);
      if (first === undefined) return UNKNOWN;
      if (right === undefined) return check(first, undefined, scope);
      const second = right.get(subject, scope);
      return second === undefined ? UNKNOWN : check(first, second, scope);
    },
    blame: (subject, scope, into) => {
      const empty = fields.filter((operand) => operand.get(subject, scope) === undefined);
      // A value that is there but cannot be read (a malformed time) is to blame itself.
      for (const operand of empty.length > 0 ? empty : fields) into.add(operand.path as string);
    },
    witness: (subject, scope, at, into) => {
      for (const operand of fields) into.set(operand.label(at), operand.get(subject, scope));
    },
  };
}

/** The only comparison that has an answer about a value that is not there. */
function presence<S>(operand: Operand<S>, whenPresent: Tri, whenMissing: Tri): Condition<S> {
  return {
    ...leaf(operand, () => whenPresent),
    test: (subject, scope) => (operand.get(subject, scope) === undefined ? whenMissing : whenPresent),
  };
}

const numbers =
  (check: (a: number, b: number) => boolean): Check =>
  (a, b) =>
    typeof a === "number" && typeof b === "number" ? tri(check(a, b)) : UNKNOWN;

type InstantCheck = (at: number, amount: number, nowMs: number) => boolean;

const instants =
  (check: InstantCheck): Check =>
  (a, b, scope) => {
    const at = timeOf(a);
    return Number.isNaN(at) ? UNKNOWN : tri(check(at, b as number, scope.nowMs));
  };

const lists =
  (check: (items: readonly unknown[]) => boolean): Check =>
  (value) =>
    Array.isArray(value) ? tri(check(value)) : UNKNOWN;

const earlier: Check = (a, b) => {
  const [first, second] = [timeOf(a), timeOf(b)];
  return Number.isNaN(first) || Number.isNaN(second) ? UNKNOWN : tri(first < second);
};

export function vocabulary<S>(prefix: string): Vocabulary<S> {
  const on = (source: Left<S> | NumberOperand<S>): Operand<S> => operandOf<S>(prefix, source as string);
  const number = (left: Left<S>, right: NumberOperand<S>, check: (a: number, b: number) => boolean): Condition<S> =>
    leaf(on(left), numbers(check), on(right));
  const instant = (left: Left<S>, amount: NumberOperand<S>, check: InstantCheck): Condition<S> =>
    leaf(on(left), instants(check), on(amount));
  const list = (left: Left<S>, check: (items: readonly unknown[]) => boolean): Condition<S> => leaf(on(left), lists(check));
  return {
    field: (path) => ({ field: path }),
    eq: (path, value) => leaf(on(path), (actual) => tri(actual === value)),
    ne: (path, value) => leaf(on(path), (actual) => tri(actual !== value)),
    in_: (path, values) => leaf(on(path), (actual) => tri((values as readonly unknown[]).includes(actual))),
    gt: (path, value) => number(path, value, (a, b) => a > b),
    gte: (path, value) => number(path, value, (a, b) => a >= b),
    lt: (path, value) => number(path, value, (a, b) => a < b),
    containsAny: (path, values) => list(path, (items) => items.some((item) => values.includes(item as string))),
    countGte: (path, count) => list(path, (items) => items.length >= count),
    present: (path) => presence(on(path), TRUE, FALSE),
    missing: (path) => presence(on(path), FALSE, TRUE),
    olderThanDays: (path, days) => instant(path, days, (at, amount, now) => at < now - amount * DAY_MS),
    olderThanHours: (path, hours) => instant(path, hours, (at, amount, now) => at < now - amount * HOUR_MS),
    withinNextDays: (path, days) => instant(path, days, (at, amount, now) => at >= now && at <= now + amount * DAY_MS),
    past: (path) => instant(path, 0, (at, _, now) => at < now),
    before: (path, other) => leaf(on(path), earlier, on(other)),
  };
}

/** True when some element satisfies the condition; an array that is not known is unknown, an empty one is false. */
export function some<P extends ArrayPath<NhiRecord>>(
  path: P,
  where: (element: Vocabulary<ElementAt<NhiRecord, P>>) => Condition<ElementAt<NhiRecord, P>>,
): Condition<NhiRecord> {
  type E = ElementAt<NhiRecord, P>;
  const inner = where(vocabulary<E>(`${path}[].`));
  const read = readerOf(path);
  const elementsOf = (subject: NhiRecord): readonly E[] | undefined => {
    const value = read(subject);
    return Array.isArray(value) ? (value as E[]) : undefined;
  };
  return {
    fields: [path, ...inner.fields],
    params: inner.params,
    test: (subject, scope) => {
      const elements = elementsOf(subject);
      if (elements === undefined) return UNKNOWN;
      let result: Tri = FALSE;
      for (const element of elements) {
        const value = inner.test(element, scope);
        if (value === TRUE) return TRUE;
        if (value === UNKNOWN) result = UNKNOWN;
      }
      return result;
    },
    blame: (subject, scope, into) => {
      const elements = elementsOf(subject);
      if (elements === undefined) into.add(path);
      else for (const element of elements) if (inner.test(element, scope) === UNKNOWN) inner.blame(element, scope, into);
    },
    witness: (subject, scope, at, into) => {
      const elements = elementsOf(subject);
      if (elements === undefined) return void into.set(at + path, undefined);
      const decided = elements.some((element) => inner.test(element, scope) === TRUE);
      elements.forEach((element, index) => {
        if (!decided || inner.test(element, scope) === TRUE) inner.witness(element, scope, `${at}${path}[${index}].`, into);
      });
    },
  };
}

const record = vocabulary<NhiRecord>("");
export const { field, eq, ne, in_, gt, gte, lt, containsAny, countGte, present, missing } = record;
export const { olderThanDays, olderThanHours, withinNextDays, past, before } = record;
