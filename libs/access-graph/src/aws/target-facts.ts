import type { Inventory } from "../inventory.ts";

/** What the inventory says about principals beyond their policies that decides whether a technique works on them. By ARN. */
export interface TargetFacts {
  /** Users with two access keys: AWS allows no third. */
  readonly withoutKeyRoom: ReadonlySet<string>;
  /** Roles that the export lists without an instance profile: a machine cannot run as them yet. */
  readonly withoutInstanceProfile: ReadonlySet<string>;
}

const maxKeysPerUser = 2;

export function targetFacts(inventory: Inventory): TargetFacts {
  const keys = new Map<string, number>();
  for (const credential of inventory.credentials) {
    const owner = credential.kind === "access_key" ? inventory.identityById(credential.identityId) : undefined;
    if (owner !== undefined) keys.set(owner.entity.ref, (keys.get(owner.entity.ref) ?? 0) + 1);
  }
  const listsNoProfile = (attributes: Readonly<Record<string, unknown>>): boolean => {
    const profiles = attributes["instanceProfiles"];
    return Array.isArray(profiles) && profiles.length === 0;
  };
  return {
    withoutKeyRoom: new Set([...keys].filter(([, count]) => count >= maxKeysPerUser).map(([arn]) => arn)),
    withoutInstanceProfile: new Set(
      inventory.identities.filter((identity) => listsNoProfile(identity.attributes)).map((identity) => identity.ref),
    ),
  };
}
