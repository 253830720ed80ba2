import { admitted, delegated } from "./admitted.ts";
import { bestOf } from "./best-of.ts";
import type { Caller } from "./self-escalation.ts";
import { onResource } from "./target-class.ts";
import type { Selected } from "./target-class.ts";
import { entriesOf } from "./role-entries.ts";
import { openedTo } from "./trust-opening.ts";
import { isProtectedRole } from "./world.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** The role's trust policy lets the caller in. Ways are the caller's own. */
export function assumable(world: AwsWorld, { principal, chains }: Caller, role: AwsPrincipal): Selected | null {
  const found = entriesOf(world, role).flatMap((entry) => {
    const fact = { ref: role.arn, detail: `trust policy ${entry.statement.id} lets it in` };
    const { party } = entry;
    const named = party.kind === "principal" && party.arn === principal.arn;
    const itsAccount = party.kind === "account" && party.account === principal.account;
    const everyone = party.kind === "anyone";
    if (!named && !itsAccount && !everyone) return [];
    const opened = openedTo(entry, { arn: principal.arn, variables: principal.policies.variables });
    if (opened === null) return [];
    return (itsAccount ? delegated : admitted)(principal, { role, entry: opened }, fact) ?? [];
  });
  const best = bestOf(found);
  return best === null ? null : { ...best, ways: best.ways.map(chains.localise) };
}

/** In one step: as a role that lets it in or whose trust it may rewrite, as a user it may make a key for. */
export function becoming(
  world: AwsWorld,
  caller: Caller,
  { target, hasKeyRoom }: { target: AwsPrincipal; hasKeyRoom: boolean },
): Selected | null {
  const { principal, chains } = caller;
  const by = (action: string): Selected[] => {
    const selected = onResource(principal.policies, [{ action }], target.arn);
    return selected === null ? [] : [{ ...selected, ways: selected.ways.map(chains.localise) }];
  };
  if (target.type === "user") return bestOf(hasKeyRoom ? by("iam:CreateAccessKey") : []);
  if (isProtectedRole(target.arn)) return null;
  return bestOf([...[assumable(world, caller, target)].filter((found) => found !== null), ...by("iam:UpdateAssumeRolePolicy")]);
}
