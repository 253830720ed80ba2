import type { AccessLevel } from "@rollcall/nhi-model";

const readVerbs = [
  "get",
  "list",
  "describe",
  "batchget",
  "query",
  "scan",
  "search",
  "lookup",
  "view",
  "read",
  "check",
  "head",
  "select",
  "simulate",
  "estimate",
  "preview",
  "filter",
  "receive",
  "generatecredentialreport",
];
const adminWords = ["policy", "permission", "grant", "accesskey", "loginprofile", "role", "trust", "boundary"];

/** Access level of an IAM action, from the verb its name starts with; anything not known to only read counts as write. */
export function levelOfAction(action: string): AccessLevel {
  const name = action.slice(action.indexOf(":") + 1).toLowerCase();
  if (name === "*") return "admin";
  if (readVerbs.some((verb) => name.startsWith(verb))) return "read";
  return adminWords.some((word) => name.includes(word)) ? "admin" : "write";
}
