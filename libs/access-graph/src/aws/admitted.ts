import type { Alternative, Way } from "../types.ts";
import { openGround, openNeed, statementGround } from "../ways.ts";
import { decide } from "./evaluate.ts";
import type { NamedPolicy, PolicySet } from "./evaluate.ts";
import { fullAccess } from "./policy.ts";
import { supportOf, without } from "./support.ts";
import { factOf, permits } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import type { TrustEntry } from "./trust.ts";
import type { AwsPrincipal } from "./world.ts";

const action = "sts:AssumeRole";

/** The trust statements, each of which lets the party in; with `?` where one leaves a condition open. */
export const trustNeed = (role: AwsPrincipal, entries: readonly Pick<TrustEntry, "statement" | "conditions">[]): readonly Alternative[] =>
  entries.map(({ statement, conditions }) => [...(conditions.length > 0 ? [openGround] : []), statementGround(role.arn, statement.id)]);

type TrustedBy = { readonly role: AwsPrincipal; readonly entry: TrustEntry };

/** May a principal that the trust policy names, or that comes with everyone, become the role? Null when not. `fact` says so of the trust. */
export function admitted(principal: AwsPrincipal, { role, entry }: TrustedBy, fact: Selected["facts"][number]): Selected | null {
  const own = decide(principal.policies, { action, resource: role.arn });
  const facts = [fact, ...(permits(own) ? [factOf(own, action)] : [])];
  const trust = trustNeed(role, [entry]);
  if (principal.account !== role.account) {
    if (!permits(own)) return null;
    return {
      facts,
      conditions: [...entry.conditions, ...own.conditions],
      ways: [[trust, ...supportOf(principal.policies, { action, resource: role.arn })]],
    };
  }
  const isNamedRole = principal.type === "role" && entry.party.kind === "principal";
  const found = unhindered(principal, role.arn, isNamedRole ? "as_role" : "direct");
  return found === null ? null : { facts, conditions: [...entry.conditions, ...found.conditions], ways: [[trust, ...found.way]] };
}

/**
 * Inside one account a trust policy that names the principal grants by itself: only denies and limits still count. A boundary's silence
 * limits a grant to a role, but none to a user or to everyone; organisation policies must allow in any case. Null = hindered.
 */
export function unhindered(
  principal: AwsPrincipal,
  roleArn: string,
  named: "direct" | "as_role",
): { readonly conditions: readonly string[]; readonly way: Way } | null {
  const policies = grantedFromOutside(principal, named);
  const request = { action, resource: roleArn };
  const verdict = decide(policies, request);
  if (!permits(verdict)) return null;
  const [, ...limits] = supportOf(policies, request);
  return { conditions: verdict.conditions, way: [...limits, ...(verdict.decision === "conditional" ? [openNeed] : [])] };
}

function grantedFromOutside({ policies, boundaries }: AwsPrincipal, named: "direct" | "as_role"): PolicySet {
  const { identity } = without(policies, () => true);
  const silent = without({ ...policies, identity: boundaries }, () => true).identity;
  const isLimit = (ceiling: NamedPolicy): boolean => named === "as_role" || !boundaries.includes(ceiling);
  return {
    ...policies,
    identity: [{ ref: "trust policy", policy: fullAccess }, ...identity, ...(named === "direct" ? silent : [])],
    ceilings: policies.ceilings.filter(isLimit),
  };
}

/** May a principal whose whole account the trust policy names become the role? Its own policies must say so. */
export function delegated(principal: AwsPrincipal, { role, entry }: TrustedBy, fact: Selected["facts"][number]): Selected | null {
  const request = { action, resource: role.arn };
  const verdict = decide(principal.policies, request);
  if (!permits(verdict)) return null;
  return {
    facts: [fact],
    conditions: [...entry.conditions, ...verdict.conditions],
    ways: [[trustNeed(role, [entry]), ...supportOf(principal.policies, request)]],
  };
}
