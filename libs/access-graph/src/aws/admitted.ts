import type { Alternative, Way } from "../types.ts";
import { openGround, openNeed, statementGround } from "../ways.ts";
import { decide, denyTruth } from "./evaluate.ts";
import { supportOf } from "./support.ts";
import { factOf, permits } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import type { TrustEntry } from "./trust.ts";
import type { AwsPrincipal } from "./world.ts";

const action = "sts:AssumeRole";

/** The trust statements, each of which lets the party in; with `?` where one leaves a condition open. */
export const trustNeed = (role: AwsPrincipal, entries: readonly Pick<TrustEntry, "statement" | "conditions">[]): readonly Alternative[] =>
  entries.map(({ statement, conditions }) => [...(conditions.length > 0 ? [openGround] : []), statementGround(role.arn, statement.id)]);

/** May a principal that the trust policy names become the role? Null when not. `fact` says so of the trust. */
export function admitted(
  principal: AwsPrincipal,
  { role, entry }: { readonly role: AwsPrincipal; readonly entry: TrustEntry },
  fact: Selected["facts"][number],
): Selected | null {
  const request = { action, resource: role.arn };
  const deny = denyTruth(principal.policies, request);
  if (deny === "yes") return null;
  const verdict = decide(principal.policies, request);
  const facts = [fact, ...(permits(verdict) ? [factOf(verdict, action)] : [])];
  const trust = trustNeed(role, [entry]);
  if (principal.account !== role.account) {
    if (!permits(verdict)) return null;
    return {
      facts,
      conditions: [...entry.conditions, ...verdict.conditions],
      ways: [[trust, ...supportOf(principal.policies, request)]],
    };
  }
  // Inside one account a trust policy that names the principal grants by itself; only denies and boundaries still count.
  const conditions = [...entry.conditions];
  if (deny === "maybe") conditions.push("no explicit deny of the principal applies");
  const limited = principal.policies.ceilings.length + principal.policies.unknownCeilings.length > 0;
  if (limited && verdict.decision !== "allowed") conditions.push("the permission boundary does not limit a grant by trust policy");
  const unlimited: Way = limited ? supportOf(principal.policies, request).map((need) => [...need, [openGround]]) : [];
  return { facts, conditions, ways: [[trust, ...(deny === "maybe" ? [openNeed] : []), ...unlimited]] };
}

/** May a principal whose whole account the trust policy names become the role? Its own policies must say so. */
export function delegated(
  principal: AwsPrincipal,
  { role, entry }: { readonly role: AwsPrincipal; readonly entry: TrustEntry },
  fact: Selected["facts"][number],
): Selected | null {
  const request = { action, resource: role.arn };
  const verdict = decide(principal.policies, request);
  if (!permits(verdict)) return null;
  return {
    facts: [fact],
    conditions: [...entry.conditions, ...verdict.conditions],
    ways: [[trustNeed(role, [entry]), ...supportOf(principal.policies, request)]],
  };
}
