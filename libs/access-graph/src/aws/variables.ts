import { iamTypeOfArn, parseArn } from "./arn.ts";
import type { RequestContext } from "./authorize/request-facts.ts";

/** Condition keys that follow from the principal itself, by lower-case name; no values = it never has the key. Others depend on the request. */
export type PrincipalVariables = RequestContext;

/** Keys whose value differs between principals of one account. */
export const isPrincipalKey = (lowerKey: string): boolean => perPrincipal.has(lowerKey) || lowerKey.startsWith(principalTag);
export const principalTag = "aws:principaltag/";
const perPrincipal: ReadonlySet<string> = new Set(["aws:principalarn", "aws:principaltype", "aws:username", "aws:userid"]);

/** Of an IAM user or role, however it signs in. */
export function principalVariables(principalArn: string): PrincipalVariables {
  const arn = parseArn(principalArn);
  if (arn === null) return new Map();
  const known = new Map<string, readonly string[]>([
    ["aws:principalaccount", [arn.account]],
    ["aws:principalarn", [principalArn]],
    ["aws:principalisawsservice", ["false"]],
  ]);
  const type = iamTypeOfArn(principalArn);
  if (type === "user") {
    known.set("aws:username", [arn.resource.slice(arn.resource.lastIndexOf("/") + 1)]);
    known.set("aws:principaltype", ["User"]);
  }
  if (type === "role") {
    known.set("aws:username", []);
    known.set("aws:principaltype", ["AssumedRole"]);
  }
  return known;
}

/** The pattern with what is known put in, and any run of characters where it is not. */
export const expandVariables = (pattern: string, variables: PrincipalVariables): string =>
  pattern.includes("${")
    ? pattern.replace(/\$\{([^}]*)\}/g, (_, name: string) => variables.get(name.split(",", 1)[0]!.trim().toLowerCase())?.[0] ?? "*")
    : pattern;
