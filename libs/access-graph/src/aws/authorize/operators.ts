import { compileArnPattern } from "./arn-pattern.ts";
import { isInRange, parseIp, parseIpRange } from "./ip-range.ts";
import { either } from "./request-facts.ts";
import type { RequestFacts, Truth } from "./request-facts.ts";
import { compilePattern } from "./text-pattern.ts";
import type { TextPattern, Unresolved } from "./text-pattern.ts";
import { parseBinary, parseBoolean, parseDate, parseNumber } from "./typed-values.ts";

/** Does one value of the request match one of the policy's? */
export type ValueTest = (actual: string, facts: RequestFacts, unresolved: Unresolved) => Truth;

export interface Operator {
  readonly negated: boolean;
  /** Whether a value can be read by it at all; variables are looked at before. */
  readonly accepts: (value: string) => boolean;
  readonly test: (values: readonly string[], variables: boolean) => ValueTest;
}

const anything = (): boolean => true;

const patterns =
  (compile: (value: string, variables: boolean) => TextPattern): Operator["test"] =>
  (values, variables) => {
    const compiled = values.map((value) => compile(value, variables));
    return (actual, facts, unresolved) => {
      let result: Truth = "no";
      for (const pattern of compiled) {
        result = either(result, pattern(actual, facts, unresolved));
        if (result === "yes") return "yes";
      }
      return result;
    };
  };

/** Values of a type: what cannot be read as one never equals, nor is it surely different. */
const typed =
  <T>(parse: (text: string) => T | null, holds: (actual: T, wanted: T) => boolean): Operator["test"] =>
  (values) => {
    const wanted = values.flatMap((value) => parse(value) ?? []);
    return (actual, _facts, unresolved) => {
      const value = parse(actual);
      if (value === null) return unresolved;
      return wanted.some((each) => holds(value, each as T)) ? "yes" : "no";
    };
  };

const equal = <T>(a: T, b: T): boolean => a === b;
const readable =
  (parse: (text: string) => unknown): Operator["accepts"] =>
  (value) =>
    parse(value) !== null;

const ipTest: Operator["test"] = (values) => {
  const ranges = values.flatMap((value) => parseIpRange(value) ?? []);
  // One request meets the same statement for many resources and principals in a row.
  let [lastText, address] = ["", parseIp("")];
  return (actual, _facts, unresolved) => {
    if (actual !== lastText) [lastText, address] = [actual, parseIp(actual)];
    const known = address;
    return known === null ? unresolved : ranges.some((range) => isInRange(known, range)) ? "yes" : "no";
  };
};

const text = (negated: boolean, syntax: { wildcards: boolean; ignoreCase?: boolean }): Operator => ({
  negated,
  accepts: anything,
  test: patterns((value, variables) => compilePattern(value, { ...syntax, variables })),
});
const arn = (negated: boolean): Operator => ({ negated, accepts: anything, test: patterns(compileArnPattern) });
const number = (holds: (actual: number, wanted: number) => boolean, negated = false): Operator => ({
  negated,
  accepts: readable(parseNumber),
  test: typed(parseNumber, holds),
});
const date = (holds: (actual: number, wanted: number) => boolean, negated = false): Operator => ({
  negated,
  accepts: readable(parseDate),
  test: typed(parseDate, holds),
});
const ip = (negated: boolean): Operator => ({ negated, accepts: readable(parseIpRange), test: ipTest });

const [exact, folded, like] = [{ wildcards: false }, { wildcards: false, ignoreCase: true }, { wildcards: true }];

/** By lower-case name, without set qualifier and `IfExists`. `Null` is not one of them: it asks about the key, not its values. */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ["stringequals", text(false, exact)],
  ["stringnotequals", text(true, exact)],
  ["stringequalsignorecase", text(false, folded)],
  ["stringnotequalsignorecase", text(true, folded)],
  ["stringlike", text(false, like)],
  ["stringnotlike", text(true, like)],
  ["numericequals", number(equal)],
  ["numericnotequals", number(equal, true)],
  ["numericlessthan", number((actual, wanted) => actual < wanted)],
  ["numericlessthanequals", number((actual, wanted) => actual <= wanted)],
  ["numericgreaterthan", number((actual, wanted) => actual > wanted)],
  ["numericgreaterthanequals", number((actual, wanted) => actual >= wanted)],
  ["dateequals", date(equal)],
  ["datenotequals", date(equal, true)],
  ["datelessthan", date((actual, wanted) => actual < wanted)],
  ["datelessthanequals", date((actual, wanted) => actual <= wanted)],
  ["dategreaterthan", date((actual, wanted) => actual > wanted)],
  ["dategreaterthanequals", date((actual, wanted) => actual >= wanted)],
  ["bool", { negated: false, accepts: readable(parseBoolean), test: typed(parseBoolean, equal) }],
  ["binaryequals", { negated: false, accepts: readable(parseBinary), test: typed(parseBinary, equal) }],
  ["ipaddress", ip(false)],
  ["notipaddress", ip(true)],
  ["arnequals", arn(false)],
  ["arnlike", arn(false)],
  ["arnnotequals", arn(true)],
  ["arnnotlike", arn(true)],
]);

export interface OperatorName {
  readonly quantifier: "forallvalues" | "foranyvalue" | null;
  /** Lower case, without `IfExists`. */
  readonly name: string;
  readonly ifExists: boolean;
}

/** Null when the qualifier before the colon is not one. Names compare without case. */
export function parseOperator(operator: string): OperatorName | null {
  const lower = operator.toLowerCase();
  const colon = lower.indexOf(":");
  const qualifier = colon === -1 ? null : lower.slice(0, colon);
  if (qualifier !== null && qualifier !== "forallvalues" && qualifier !== "foranyvalue") return null;
  const whole = lower.slice(colon + 1);
  const ifExists = whole.endsWith("ifexists");
  return { quantifier: qualifier, name: ifExists ? whole.slice(0, -"ifexists".length) : whole, ifExists };
}
