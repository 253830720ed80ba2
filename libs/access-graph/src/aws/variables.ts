import { globMatches } from "./glob.ts";
import type { Truth } from "./condition.ts";
import { parseArn, iamTypeOfArn } from "./arn.ts";

/** Values of policy variables that follow from the principal itself, by lower-case name. Others depend on the request. */
export type PrincipalVariables = ReadonlyMap<string, string>;

export function principalVariables(principalArn: string): PrincipalVariables {
  const arn = parseArn(principalArn);
  if (arn === null) return new Map();
  const known = new Map([
    ["aws:principalaccount", arn.account],
    ["aws:partition", arn.partition],
    ["aws:principalarn", principalArn],
  ]);
  if (iamTypeOfArn(principalArn) === "user") known.set("aws:username", arn.resource.slice(arn.resource.lastIndexOf("/") + 1));
  return known;
}

/** Does a pattern that may contain policy variables match? `maybe` when it would for some value of an unknown variable. */
export function patternTruth(pattern: string, text: string, variables: PrincipalVariables): Truth {
  if (!pattern.includes("${")) return globMatches(pattern, text) ? "yes" : "no";
  let unresolved = false;
  const resolved = pattern.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    // ${*}, ${?} and ${$} are the literal characters; the first two can only be matched loosely here.
    if (name === "$") return "$";
    const value = variables.get(name.trim().toLowerCase());
    if (value !== undefined) return value;
    unresolved = true;
    return "*";
  });
  if (!globMatches(resolved, text)) return "no";
  return unresolved ? "maybe" : "yes";
}

/** The pattern with what is known put in, and any run of characters where it is not. */
export const expandVariables = (pattern: string, variables: PrincipalVariables): string =>
  pattern.includes("${")
    ? pattern.replace(/\$\{([^}]*)\}/g, (_, name: string) => variables.get(name.trim().toLowerCase()) ?? "*")
    : pattern;
