import type { CompiledStatement } from "./policy.ts";
import { levelOfAction } from "./action-level.ts";
import type { AwsPrincipal } from "./world.ts";

/** Does some allow use a wildcard action (`*`, `service:*`, everything but a list), or every resource for an action that changes things? */
export function usesWildcard(principal: AwsPrincipal): boolean {
  return principal.policies.identity.some(({ policy }) => policy.allows.some(isWildcardAllow));
}

function isWildcardAllow(statement: CompiledStatement): boolean {
  if (statement.notActions !== null) return true;
  if (statement.actions.some((action) => action === "*" || action.endsWith(":*"))) return true;
  const everyResource = statement.notResources !== null || statement.resources.includes("*");
  return everyResource && statement.actions.some((action) => levelOfAction(action) !== "read");
}
