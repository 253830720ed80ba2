import { fullAccess } from "./policy.ts";
import { without } from "./support.ts";
import type { AwsPrincipal } from "./world.ts";

/** The policy that somebody writes who may write any. */
export const everyPermission = "every permission";

/**
 * A principal that was given every permission: what still limits it are denies in policies that the change leaves alone, its boundary and its
 * organisation.
 */
export function raised(principal: AwsPrincipal, isRewritten: (policyRef: string) => boolean): AwsPrincipal {
  const { policies } = principal;
  const left = policies.identity.filter(({ ref, policy }) => policy.denies.length > 0 && !isRewritten(ref));
  return {
    ...principal,
    policies: {
      ...policies,
      identity: [{ ref: everyPermission, policy: fullAccess }, ...without({ ...policies, identity: left }, () => true).identity],
      unknownIdentity: [],
    },
  };
}
