import { codesMatch, hasWildcard, anyRun, oneCharacter } from "../glob.ts";
import { valuesOf } from "./request-facts.ts";
import type { RequestFacts, Truth } from "./request-facts.ts";

export interface PatternSyntax {
  /** `*` and `?` stand for other text. */
  readonly wildcards: boolean;
  /** `${key}` stands for a value of the request: only in documents of version 2012-10-17. */
  readonly variables: boolean;
  readonly ignoreCase?: boolean;
}

/** What a variable that has no value in the request counts as: a match, or none. Chosen so that a doubt never grants. */
export type Unresolved = "yes" | "no";

/** A compiled text of a policy. */
export type TextPattern = (text: string, facts: RequestFacts, unresolved: Unresolved) => Truth;

/** The pattern `*`: known by identity, so that the commonest resource of all costs nothing. */
export const anyText: TextPattern = () => "yes";

interface Variable {
  /** Lower case. */
  readonly key: string;
  readonly fallback: string | null;
}

export function compilePattern(source: string, syntax: PatternSyntax): TextPattern {
  const text = syntax.ignoreCase === true ? source.toLowerCase() : source;
  if (syntax.variables && text.includes("${")) return template(partsOf(text, syntax), syntax);
  if (!syntax.wildcards || !hasWildcard(text))
    return syntax.ignoreCase === true
      ? (actual) => (actual.toLowerCase() === text ? "yes" : "no")
      : (actual) => (actual === text ? "yes" : "no");
  if (/^\*+$/.test(text)) return anyText;
  const prefix = text.slice(0, text.search(/[*?]/));
  if (prefix.length === text.length - 1 && text.endsWith("*")) return (actual) => (actual.startsWith(prefix) ? "yes" : "no");
  const codes = codesOf(text.slice(prefix.length), true);
  return (actual) => (actual.startsWith(prefix) && codesMatch(codes, actual, prefix.length) ? "yes" : "no");
}

function template(parts: readonly (readonly number[] | Variable)[], { ignoreCase = false }: PatternSyntax): TextPattern {
  const [first] = parts;
  const start = first === undefined || "key" in first ? "" : literalStart(first);
  return (given, facts, unresolved) => {
    const actual = ignoreCase ? given.toLowerCase() : given;
    // Nearly all texts differ before the first variable; what the variables are worth matters only to those that do not, or to a doubt.
    if (unresolved === "no" && !actual.startsWith(start)) return "no";
    const codes: number[] = [];
    let open = false;
    for (const part of parts) {
      if (!("key" in part)) {
        codes.push(...part);
        continue;
      }
      const values = valuesOf(facts, part.key);
      if (values === undefined) {
        open = true;
        codes.push(anyRun);
        continue;
      }
      // A key of several values cannot stand for one text.
      const value = values.length === 1 ? values[0]! : values.length === 0 ? part.fallback : null;
      if (value === null) return unresolved;
      codes.push(...codesOf(ignoreCase ? value.toLowerCase() : value, false));
    }
    if (!codesMatch(codes, actual)) return open && unresolved === "yes" ? "maybe" : "no";
    return open ? "maybe" : "yes";
  };
}

/** What comes before the first wildcard. */
function literalStart(codes: readonly number[]): string {
  let text = "";
  for (const code of codes) {
    if (code === anyRun || code === oneCharacter) break;
    text += String.fromCharCode(code);
  }
  return text;
}

function partsOf(text: string, { wildcards }: PatternSyntax): (number[] | Variable)[] {
  const parts: (number[] | Variable)[] = [];
  let at = 0;
  for (const found of text.matchAll(/\$\{([^}]*)\}/g)) {
    parts.push(codesOf(text.slice(at, found.index), wildcards), variableOf(found[1]!));
    at = found.index + found[0].length;
  }
  parts.push(codesOf(text.slice(at), wildcards));
  return parts;
}

/** `${*}`, `${?}` and `${$}` are the characters themselves. */
function variableOf(inside: string): number[] | Variable {
  if (inside === "*" || inside === "?" || inside === "$") return codesOf(inside, false);
  const withDefault = /^\s*([^,]+?)\s*,\s*'([^']*)'\s*$/.exec(inside);
  if (withDefault !== null) return { key: withDefault[1]!.toLowerCase(), fallback: withDefault[2]! };
  return { key: inside.toLowerCase(), fallback: null };
}

function codesOf(text: string, wildcards: boolean): number[] {
  const codes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    codes.push(wildcards && code === 42 ? anyRun : wildcards && code === 63 ? oneCharacter : code);
  }
  return codes;
}
