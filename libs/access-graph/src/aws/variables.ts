import { iamTypeOf, parseArn } from "./arn.ts";
import type { RequestContext } from "./authorize/request-facts.ts";

/** Condition keys that follow from the principal itself, by lower-case name; no values = it never has the key. Others depend on the request. */
export type PrincipalVariables = RequestContext;

/** Keys whose value differs between principals of one account. */
export const isPrincipalKey = (lowerKey: string): boolean => perPrincipal.has(lowerKey) || lowerKey.startsWith(principalTag);
const principalTag = "aws:principaltag/";
const perPrincipal: ReadonlySet<string> = new Set(["aws:principalarn", "aws:principaltype", "aws:username", "aws:userid"]);

/** Of an IAM user or role, however it signs in; a map of the caller's own, to add to. */
export function principalVariables(principalArn: string): Map<string, readonly string[]> {
  const known = new Map<string, readonly string[]>();
  const arn = parseArn(principalArn);
  if (arn === null) return known;
  known.set("aws:principalaccount", [arn.account]);
  known.set("aws:principalarn", [principalArn]);
  known.set("aws:principalisawsservice", no);
  const type = iamTypeOf(arn);
  if (type === "user") {
    known.set("aws:username", [arn.resource.slice(arn.resource.lastIndexOf("/") + 1)]);
    known.set("aws:principaltype", user);
  }
  if (type === "role") {
    known.set("aws:username", absent);
    known.set("aws:principaltype", assumedRole);
  }
  return known;
}

const no: readonly string[] = ["false"];
const user: readonly string[] = ["User"];
const assumedRole: readonly string[] = ["AssumedRole"];
const absent: readonly string[] = [];

/** Of who asks; the bare prefix says that there are no tags but these. */
export const principalTags = (tags: Readonly<Record<string, unknown>>): PrincipalVariables => tagKeys(tags, [principalTag]);

/** Of a user or role that something is done to. */
export const resourceTags = (tags: Readonly<Record<string, unknown>>): PrincipalVariables => tagKeys(tags, resourceTagPrefixes);

const resourceTagPrefixes = ["aws:resourcetag/", "iam:resourcetag/"];
export const isResourceTag = (key: string): boolean => /^(?:aws|iam):resourcetag\//i.test(key);

function tagKeys(tags: Readonly<Record<string, unknown>>, prefixes: readonly string[]): PrincipalVariables {
  const listed = Object.entries(tags);
  // A value that was taken out of the inventory for looking like a secret is not known here, so the list is not whole.
  const known = listed.filter((entry): entry is [string, string] => typeof entry[1] === "string" && !entry[1].startsWith("[removed"));
  return new Map<string, readonly string[]>(
    prefixes.flatMap((prefix) => [
      ...(known.length === listed.length ? [[prefix, []] as const] : []),
      ...known.map(([key, value]) => [`${prefix}${key.toLowerCase()}`, [value]] as const),
    ]),
  );
}

/** The pattern with what is known put in, and any run of characters where it is not. */
export const expandVariables = (pattern: string, variables: PrincipalVariables): string =>
  pattern.includes("${")
    ? pattern.replace(/\$\{([^}]*)\}/g, (_, name: string) => variables.get(name.split(",", 1)[0]!.trim().toLowerCase())?.[0] ?? "*")
    : pattern;
