import { accountOfArn, parseArn } from "../arn.ts";
import { roleKeyOf, sessionOf } from "../session-arn.ts";
import type { CompiledStatement, PrincipalEntry } from "../policy.ts";
import type { RequestFacts } from "./request-facts.ts";
import { valuesOf } from "./request-facts.ts";
import type { RequestPrincipal } from "./request-principal.ts";

/**
 * How directly a resource policy names who asks, which decides what else must allow inside one account: `direct` nothing,
 * `identity` the boundary and session policies, `account` its identity policies too.
 */
export type Named = "direct" | "identity" | "account";

/** One way a statement names who asks. Not certain: it names a session of the role that asks, which the request may come from or not. */
export interface Naming {
  readonly named: Named;
  readonly isCertain: boolean;
}

const nobody: readonly Naming[] = [];
const certainly: Readonly<Record<Named, readonly Naming[]>> = {
  direct: [{ named: "direct", isCertain: true }],
  identity: [{ named: "identity", isCertain: true }],
  account: [{ named: "account", isCertain: true }],
};
const perhaps = (named: Named): Naming => ({ named, isCertain: false });

/** None when the statement's principals leave the caller out. */
export function namedBy(statement: CompiledStatement, principal: RequestPrincipal, facts: RequestFacts): readonly Naming[] {
  if (statement.notPrincipals !== null) return namedByException(statement, principal, facts);
  let best: Named | null = null;
  let isSessionNamed = false;
  for (const entry of statement.principals ?? []) {
    const named = matchOf(entry, principal, { facts, effect: statement.effect });
    if (named === "direct") return certainly.direct;
    if (named !== null && best !== "identity") best = named;
    isSessionNamed ||= isOneOfItsSessions(entry, principal);
  }
  const known = best === null ? nobody : certainly[best];
  return isSessionNamed ? [...known, perhaps("direct")] : known;
}

const isOneOfItsSessions = ({ kind, value }: PrincipalEntry, { name, isAnySession }: RequestPrincipal): boolean =>
  isAnySession === true && kind === "AWS" && sessionOf(value) !== null && roleKeyOf(value) === roleKeyOf(name);

/** What the session of the role that asks has to be named for the statement to mean it, in words; none when it is meant anyway, or not at all. */
export function sessionsMeant(statement: CompiledStatement, principal: RequestPrincipal, facts: RequestFacts): string[] {
  if (principal.isAnySession !== true) return [];
  const namings = namedBy(statement, principal, facts);
  if (namings.length === 0 || namings.some(({ isCertain }) => isCertain)) return [];
  const { principals, notPrincipals } = statement;
  const names = [...(principals ?? notPrincipals ?? [])]
    .filter((entry) => isOneOfItsSessions(entry, principal))
    .map(({ value }) => sessionOf(value)!.name);
  const listed = names.length === 0 ? "one that it lists" : names.join(" or ");
  return [`the session is ${notPrincipals === null ? "" : "not "}${listed}`];
}

/**
 * NotPrincipal exempts from a deny only who is listed together with everything it belongs to: AWS may judge the account, then the role,
 * then the session. An allow to everyone but a list is taken for the weakest grant that needs no identity policy.
 */
function namedByException(
  { effect, notPrincipals }: CompiledStatement,
  principal: RequestPrincipal,
  facts: RequestFacts,
): readonly Naming[] {
  const exceptions = notPrincipals ?? [];
  const listed = exceptions.map((entry) => matchOf(entry, principal, { facts, effect: "Deny" }));
  if (effect === "Allow") {
    if (listed.some((named) => named !== null)) return nobody;
    return exceptions.some((entry) => isOneOfItsSessions(entry, principal)) ? [perhaps("identity")] : certainly.identity;
  }
  if (exceptions.some(isEveryone)) return nobody;
  if (principal.kind === "root" || principal.account === null) return listed.includes("direct") ? nobody : certainly.direct;
  const needed: readonly Named[] = principal.kind === "user" ? ["direct", "account"] : levelsOf(principal);
  if (!needed.every((named) => listed.includes(named))) return certainly.direct;
  // The role and its account are exempt, which leaves the sessions of it that are not listed.
  return principal.isAnySession === true ? [perhaps("direct")] : nobody;
}

const levelsOf = ({ kind }: RequestPrincipal): readonly Named[] =>
  kind === "role" ? ["identity", "account"] : ["direct", "identity", "account"];

const isEveryone = ({ kind, value }: PrincipalEntry): boolean => kind === "AWS" && value === "*";

function matchOf(
  entry: PrincipalEntry,
  principal: RequestPrincipal,
  { facts, effect }: { facts: RequestFacts; effect: "Allow" | "Deny" },
): Named | null {
  const { kind, value } = entry;
  if (isEveryone(entry)) return principal.kind === "federated" && effect === "Allow" ? null : "direct";
  if (kind === "Service") return principal.kind === "service" && value.toLowerCase() === principal.name.toLowerCase() ? "direct" : null;
  if (kind === "Federated") return principal.kind === "federated" && isProvider(value, principal.name) ? "direct" : null;
  if (kind === "CanonicalUser") return principal.kind === "canonical" && value === principal.name ? "direct" : null;
  if (kind !== "AWS" || principal.account === null) return null;
  if (value === principal.account || isAccountArn(value, principal)) return principal.kind === "root" ? "direct" : "account";
  if (value === principal.name) return principal.kind === "role" || principal.isFederating === true ? "identity" : "direct";
  if (isUniqueId(value)) return uniqueMatch(value, principal, facts);
  return ownIdentityMatch(value, principal);
}

const isAccountArn = (value: string, { account }: RequestPrincipal): boolean => value.endsWith(":root") && accountOf(value) === account;
const accountOf = (arn: string): string | null => accountOfArn(arn) ?? parseArn(arn)?.account ?? null;

/** A provider is named by its ARN or by its host. */
function isProvider(value: string, name: string): boolean {
  const host = (text: string): string => text.replace(/^arn:[^:]*:iam::[^:]*:oidc-provider\//, "");
  return value === name || (host(value) === host(name) && !(value.startsWith("arn:") && name.startsWith("arn:")));
}

/** A session through its role, a federated user through the user of its name. */
function ownIdentityMatch(value: string, { kind, account, ownName }: RequestPrincipal): Named | null {
  const type = kind === "session" ? "role/" : kind === "federated_user" ? "user/" : null;
  const arn = type === null ? null : parseArn(value);
  if (type === null || arn === null || arn.service !== "iam" || arn.account !== account || !arn.resource.startsWith(type)) return null;
  return arn.resource.slice(arn.resource.lastIndexOf("/") + 1) === ownName ? "identity" : null;
}

const isUniqueId = (value: string): boolean => /^A[A-Z]{3}[A-Z0-9]{12,}$/.test(value);

function uniqueMatch(value: string, { kind, uniqueId }: RequestPrincipal, facts: RequestFacts): Named | null {
  const userId = valuesOf(facts, "aws:userid")?.[0]?.split(":", 1)[0];
  if (value !== uniqueId && value !== userId) return null;
  return kind === "role" || kind === "session" || kind === "federated_user" ? "identity" : "direct";
}
