import { both } from "./request-facts.ts";
import type { Truth } from "./request-facts.ts";
import { compilePattern } from "./text-pattern.ts";
import type { TextPattern } from "./text-pattern.ts";

/** ARN operators compare part by part: a wildcard before the fifth colon does not run past its own part. */
export function compileArnPattern(source: string, variables: boolean): TextPattern {
  const syntax = { wildcards: true, variables };
  if (/^\*+$/.test(source)) return (actual) => (sixParts(actual) === null ? "no" : "yes");
  const parts = sixParts(source)?.map((part) => compilePattern(part, syntax)) ?? null;
  // A lone variable may stand for a whole ARN, and for nothing else.
  if (parts === null) {
    if (!variables || !source.includes("${")) return () => "no";
    const whole = compilePattern(source, syntax);
    return (actual, facts, unresolved) => (sixParts(actual) === null ? "no" : whole(actual, facts, unresolved));
  }
  return (actual, facts, unresolved) => {
    const actualParts = sixParts(actual);
    if (actualParts === null) return "no";
    let result: Truth = "yes";
    for (let at = 0; at < 6 && result !== "no"; at++) result = both(result, parts[at]!(actualParts[at]!, facts, unresolved));
    return result;
  };
}

/** Splits at the first five colons outside `${...}`; null when there are fewer. */
function sixParts(text: string): string[] | null {
  const parts: string[] = [];
  let [start, depth] = [0, 0];
  for (let at = 0; at < text.length && parts.length < 5; at++) {
    const character = text[at];
    if (character === "$" && text[at + 1] === "{") depth = 1;
    else if (character === "}") depth = 0;
    else if (character === ":" && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return parts.length === 5 ? [...parts, text.slice(start)] : null;
}
