import type { Way } from "../types.ts";
import { adminOf } from "./account-edges.ts";
import type { PrincipalChains } from "./chains.ts";
import type { Guise } from "./guises.ts";
import { freed } from "./freed.ts";
import { everyPermission, raised } from "./raised.ts";
import type { AwsPrincipal, AwsWorld } from "./world.ts";

/** What somebody has who gave a principal every permission: the account, if these conditions hold, or whatever is left within its limits. */
export type Power =
  | { readonly kind: "account"; readonly conditions: readonly string[]; readonly ways: readonly Way[] }
  | { readonly kind: "guise"; readonly guise: Guise };

/** Which policies the change writes anew, and so what of them is gone. */
export interface Rewrite {
  readonly id: string;
  readonly isRewritten: (policyRef: string) => boolean;
}

export const nothingRewritten: Rewrite = { id: "", isRewritten: () => false };
export const inlineOf = (holder: string): Rewrite => ({
  id: `${holder}#inline`,
  isRewritten: (ref) => ref.startsWith(`${holder}#inline/`),
});
export const onlyPolicy = (policy: string): Rewrite => ({ id: policy, isRewritten: (ref) => ref === policy });

/** Worked out once per principal and change. */
export class RaisedPowers {
  readonly #world: AwsWorld;
  readonly #known = new Map<string, Power>();

  constructor(world: AwsWorld) {
    this.#world = world;
  }

  of(principal: AwsPrincipal, chains: PrincipalChains, rewrite: Rewrite = nothingRewritten): Power {
    if (isUnlimited(principal)) return unlimited;
    const rewritten = principal.policies.identity.some(({ ref, policy }) => policy.denies.length > 0 && rewrite.isRewritten(ref));
    const id = `${principal.key}\n${rewritten ? rewrite.id : ""}`;
    let power = this.#known.get(id);
    if (power === undefined) this.#known.set(id, (power = this.#powerOf(principal, chains, rewritten ? rewrite : nothingRewritten)));
    return power;
  }

  /** Under a boundary it stays a guise whatever that allows: a fix may cut the boundary down. Other limits are judged as they are. */
  #powerOf(principal: AwsPrincipal, chains: PrincipalChains, { id, isRewritten }: Rewrite): Power {
    const after = raised(principal, isRewritten);
    const supposing = chains.supposing(everyPermission, null);
    const admin = principal.boundaries.length > 0 ? null : adminOf(freed(this.#world, after));
    if (admin !== null) return { kind: "account", conditions: admin.conditions, ways: admin.ways.map(supposing.localise) };
    const name = `${principal.key.slice(principal.key.indexOf(":") + 1)}#every-permission${id === "" ? "" : ` after ${id}`}`;
    return {
      kind: "guise",
      guise: {
        principal: { ...after, key: `resource:${name}`, signature: `every permission\n${id}\n${principal.signature}` },
        chains: supposing,
        label: `${principal.arn.slice(principal.arn.lastIndexOf(":") + 1)} with every permission that its limits leave`,
        isRaised: true,
      },
    };
  }
}

const unlimited: Power = { kind: "account", conditions: [], ways: [[]] };

/** Nothing takes away from what it is given. */
export const isUnlimited = ({ policies: { identity, ceilings, unknownCeilings } }: AwsPrincipal): boolean =>
  ceilings.length === 0 && unknownCeilings.length === 0 && identity.every(({ policy }) => policy.denies.length === 0);
