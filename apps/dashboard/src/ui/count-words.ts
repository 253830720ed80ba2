import { formatCount, plural } from "./format.ts";
import { word } from "./words.ts";

/** Plurals that an "s" does not make. */
const MANY: Readonly<Record<string, string>> = {
  policy: "policies",
  identity: "identities",
  registry: "registries",
  repository: "repositories",
  person: "people",
  ingress: "ingresses",
};

/** What files count their contents by, in words: the key of a total is a name of its format. */
const TOTALS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  people: ["person", "people"],
  identities: ["identity", "identities"],
  policies: ["policy", "policies"],
  credentialReportUsers: ["user in the credential report", "users in the credential report"],
  lastAccessedReports: ["report of last access", "reports of last access"],
};

/** "2 policies", "1 CI pipeline", "the account itself": a kind of thing with how many there are. */
export function countOfKind(kind: string, count: number): string {
  if (kind === "external") return plural(count, "party outside", "parties outside");
  if (kind === "account") return count === 1 ? "the account itself" : `${formatCount(count)} whole accounts`;
  const one = word(kind);
  // Abbreviations keep their capitals: "2 CI pipelines", but "2 roles".
  const inside = /^[A-Z]{2}/.test(one) ? one : one.charAt(0).toLowerCase() + one.slice(1);
  return plural(count, inside, MANY[kind] ?? `${inside}s`);
}

/** "1 role", "2 ClusterRoleBindings", "3 policies": what a file contains. Kinds of Kubernetes are names and keep their spelling. */
export function countOfTotal(key: string, count: number): string {
  const known = TOTALS[key];
  if (known) return plural(count, ...known);
  if (/^[A-Z]/.test(key)) return plural(count, key, manyOfName(key));
  const singular = key.endsWith("ies") ? `${key.slice(0, -3)}y` : key.replace(/s$/, "");
  return plural(count, inWords(singular), inWords(MANY[singular] ?? manyOfName(singular)));
}

function manyOfName(kind: string): string {
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(kind) ? `${kind}es` : `${kind}s`;
}

function inWords(key: string): string {
  return key
    .replaceAll("_", " ")
    .replaceAll(/([a-z])([A-Z])/g, (_match, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}
