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

/** Why a condition has its value: only the branches that decided it are recorded. */
export interface Trace {
  readonly value: Tri;
  /** Fields whose absence makes the value unknown; elements of arrays are written `credentials[].status`. */
  readonly unknownFields: readonly string[];
  /** Values looked at, by concrete path (`credentials[0].status`); null where there was none. */
  readonly read: readonly (readonly [path: string, value: unknown])[];
}

export interface Condition<S> {
  /** Every field this condition may read, known without running it. */
  readonly fields: readonly string[];
  readonly params: readonly string[];
  test(subject: S, scope: Scope): Tri;
  /** `at` is the concrete prefix of the subject, e.g. `credentials[0].`. */
  trace(subject: S, scope: Scope, at: string): Trace;
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
  const flip = (value: Tri): Tri => (value === UNKNOWN ? UNKNOWN : value === TRUE ? FALSE : TRUE);
  return {
    fields: child.fields,
    params: child.params,
    test: (subject, scope) => flip(child.test(subject, scope)),
    trace: (subject, scope, at) => {
      const inner = child.trace(subject, scope, at);
      return { ...inner, value: flip(inner.value) };
    },
  };
}

/** `all` is decided by one false child, `any` by one true child; otherwise an unknown child makes the whole unknown. */
function junction<S>(children: readonly Condition<S>[], decisive: Tri): Condition<S> {
  const otherwise: Tri = decisive === TRUE ? FALSE : TRUE;
  return {
    fields: children.flatMap((child) => child.fields),
    params: children.flatMap((child) => child.params),
    test: (subject, scope) => {
      let result = otherwise;
      for (const child of children) {
        const value = child.test(subject, scope);
        if (value === decisive) return decisive;
        if (value === UNKNOWN) result = UNKNOWN;
      }
      return result;
    },
    trace: (subject, scope, at) =>
      merge(
        children.map((child) => child.trace(subject, scope, at)),
        decisive,
        otherwise,
      ),
  };
}

function merge(traces: readonly Trace[], decisive: Tri, otherwise: Tri): Trace {
  const deciding = traces.filter((trace) => trace.value === decisive);
  if (deciding.length > 0) return { value: decisive, unknownFields: [], read: deciding.flatMap((trace) => trace.read) };
  const unknown = traces.filter((trace) => trace.value === UNKNOWN);
  const read = traces.flatMap((trace) => trace.read);
  if (unknown.length === 0) return { value: otherwise, unknownFields: [], read };
  return { value: UNKNOWN, unknownFields: [...new Set(unknown.flatMap((trace) => trace.unknownFields))], read };
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

/** A comparison of operands; any operand without a value makes it unknown unless `total`. */
function leaf<S>(operands: readonly Operand<S>[], check: (values: unknown[], scope: Scope) => Tri, total = false): Condition<S> {
  const [left, right] = operands as [Operand<S>, Operand<S>?];
  const test = (subject: S, scope: Scope): Tri => {
    const first = left.get(subject, scope);
    const second = right?.get(subject, scope);
    if (!total && (first === undefined || (right !== undefined && second === undefined))) return UNKNOWN;
    return check([first, second], scope);
  };
  const paths = operands.flatMap((operand) => operand.path ?? []);
  return {
    fields: paths,
    params: operands.flatMap((operand) => operand.param ?? []),
    test,
    trace: (subject, scope, at) => {
      const value = test(subject, scope);
      const seen = operands.filter((operand) => operand.path !== null);
      const empty = seen.filter((operand) => operand.get(subject, scope) === undefined);
      const blamed = (empty.length > 0 ? empty : seen).map((operand) => operand.path as string);
      return {
        value,
        unknownFields: value === UNKNOWN ? blamed : [],
        read: seen.map((operand) => [operand.label(at), operand.get(subject, scope) ?? null] as const),
      };
    },
  };
}

const numbers =
  (check: (a: number, b: number) => boolean) =>
  ([a, b]: unknown[]): Tri =>
    typeof a === "number" && typeof b === "number" ? tri(check(a, b)) : UNKNOWN;

const instants =
  (check: (at: number, amount: number, nowMs: number) => boolean) =>
  ([a, b]: unknown[], scope: Scope): Tri => {
    const at = timeOf(a);
    return Number.isNaN(at) ? UNKNOWN : tri(check(at, (b as number | undefined) ?? 0, scope.nowMs));
  };

export function vocabulary<S>(prefix: string): Vocabulary<S> {
  const on = (source: Left<S> | NumberOperand<S>): Operand<S> => operandOf<S>(prefix, source as string);
  const list =
    (check: (items: readonly unknown[]) => boolean) =>
    ([value]: unknown[]): Tri =>
      Array.isArray(value) ? tri(check(value)) : UNKNOWN;
  return {
    field: (path) => ({ field: path }),
    eq: (path, value) => leaf([on(path)], ([actual]) => tri(actual === value)),
    ne: (path, value) => leaf([on(path)], ([actual]) => tri(actual !== value)),
    in_: (path, values) => leaf([on(path)], ([actual]) => tri((values as readonly unknown[]).includes(actual))),
    gt: (path, value) =>
      leaf(
        [on(path), on(value)],
        numbers((a, b) => a > b),
      ),
    gte: (path, value) =>
      leaf(
        [on(path), on(value)],
        numbers((a, b) => a >= b),
      ),
    lt: (path, value) =>
      leaf(
        [on(path), on(value)],
        numbers((a, b) => a < b),
      ),
    containsAny: (path, values) =>
      leaf(
        [on(path)],
        list((items) => items.some((item) => values.includes(item as string))),
      ),
    countGte: (path, count) =>
      leaf(
        [on(path)],
        list((items) => items.length >= count),
      ),
    present: (path) => leaf([on(path)], ([value]) => tri(value !== undefined), true),
    missing: (path) => leaf([on(path)], ([value]) => tri(value === undefined), true),
    olderThanDays: (path, days) =>
      leaf(
        [on(path), on(days)],
        instants((at, amount, now) => at < now - amount * DAY_MS),
      ),
    olderThanHours: (path, hours) =>
      leaf(
        [on(path), on(hours)],
        instants((at, amount, now) => at < now - amount * HOUR_MS),
      ),
    withinNextDays: (path, days) =>
      leaf(
        [on(path), on(days)],
        instants((at, amount, now) => at >= now && at <= now + amount * DAY_MS),
      ),
    past: (path) =>
      leaf(
        [on(path)],
        instants((at, _, now) => at < now),
      ),
    before: (path, other) =>
      leaf([on(path), on(other)], ([a, b]) => {
        const [first, second] = [timeOf(a), timeOf(b)];
        return Number.isNaN(first) || Number.isNaN(second) ? UNKNOWN : tri(first < second);
      }),
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
    trace: (subject, scope, at) => {
      const elements = elementsOf(subject);
      if (elements === undefined) return { value: UNKNOWN, unknownFields: [path], read: [[at + path, null]] };
      return merge(
        elements.map((element, index) => inner.trace(element, scope, `${at}${path}[${index}].`)),
        TRUE,
        FALSE,
      );
    },
  };
}

const record = vocabulary<NhiRecord>("");
export const { field, eq, ne, in_, gt, gte, lt, containsAny, countGte, present, missing } = record;
export const { olderThanDays, olderThanHours, withinNextDays, past, before } = record;
