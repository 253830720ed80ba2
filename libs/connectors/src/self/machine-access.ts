import type { ApiKeyRow, SelfInventory } from "@rollcall/posture-pipeline";
import { compare } from "../observe/collector.ts";
import { observeServiceUser } from "./service-user.ts";
import { dataset, grantScopes, isLive, observeKey, observeUse } from "./observe-access.ts";
import { administrators, attributable, daysBetween, ordinary, ownerOf, provider, type SelfReading } from "./self-words.ts";

export const linksRef = "rollcall/sign-in-links";

/** A key that took over from another one is a new credential of the same client. */
export function clientsOf(keys: readonly ApiKeyRow[]): ReadonlyMap<string, readonly ApiKeyRow[]> {
  const predecessor = new Map(keys.flatMap((key) => (key.replacedBy === null ? [] : [[key.replacedBy, key] as const])));
  const firstOf = (key: ApiKeyRow): string => {
    let first = key;
    const seen = new Set<string>();
    for (let earlier = predecessor.get(first.id); earlier !== undefined && !seen.has(earlier.id); earlier = predecessor.get(first.id)) {
      seen.add(earlier.id);
      first = earlier;
    }
    return first.id;
  };
  return Map.groupBy(
    keys.toSorted((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id)),
    firstOf,
  );
}

export function observeMachineAccess(reading: SelfReading): void {
  const { serviceUsers, apiKeys } = reading.inventory;
  const owned = Map.groupBy(apiKeys, (key) => key.serviceUserId);
  for (const [clientId, keys] of clientsOf(owned.get(null) ?? [])) observeClient(reading, clientId, keys);
  for (const user of serviceUsers) observeServiceUser(reading, user, owned.get(user.id) ?? []);
  observeLinks(reading);
}

/** A key that a person made for themselves is a client of its own. */
function observeClient(reading: SelfReading, clientId: string, keys: readonly ApiKeyRow[]): void {
  const { collector, inventory, where } = reading;
  const ref = `rollcall/api-client/${clientId}`;
  const [oldest, newest] = [keys[0]!, keys.at(-1)!];
  const live = keys.filter((key) => isLive(key, inventory.asOf));
  collector.add(
    dataset,
    {
      kind: "identity",
      ref,
      nativeId: clientId,
      identityKind: "api_client",
      name: newest.name,
      provider,
      facts: {
        ...attributable,
        ...ordinary,
        status: live.length > 0 ? "active" : "disabled",
        createdAt: oldest.createdAt,
        "inventory.registered": true,
        purpose: { unknown: "not_offered" },
        environment: { unknown: "not_offered" },
        "workload.status": { unknown: "not_offered" },
        "auth.methods": ["api_key"],
        "access.admin": newest.scopes.includes("admin"),
        "access.permissionCount": newest.scopes.length,
        "lifecycle.retirementTrigger": `Ends on ${newest.expiresAt.slice(0, 10)} unless it is rotated`,
        "lifecycle.offboardingRunbook": "Settings, API keys, Revoke: takes effect with the next request",
      },
      attributes: { scopes: newest.scopes, networks: newest.networks, sources: newest.sources },
    },
    where,
  );
  for (const key of keys) observeKey(reading, ref, key);
  observeUse(reading, ref, { since: oldest.createdAt, used: keys.map((key) => key.lastUsedAt) });
  const creator = newest.createdBy ?? oldest.createdBy;
  const owner = ownerOf(inventory, ref, creator);
  if (owner !== null) collector.add(dataset, owner, where);
  // What the instance made for its own command line is the administrators', like all of the instance.
  if (creator === null) for (const claim of administrators(inventory, ref)) collector.add(dataset, claim, where);
  grantScopes(
    reading,
    ref,
    live.flatMap((key) => key.scopes),
  );
}

/** Links open a session once. All of a workspace hang on one identity: they are how people come in, not machines of their own. */
function observeLinks({ collector, inventory, where }: SelfReading): void {
  if (inventory.signInLinks.length === 0) return;
  const open = inventory.signInLinks.filter((link) => link.usedAt === null && link.expiresAt > inventory.asOf);
  collector.add(
    dataset,
    {
      kind: "identity",
      ref: linksRef,
      nativeId: linksRef,
      identityKind: "api_client",
      name: "Sign-in links and invitations",
      provider,
      facts: {
        ...attributable,
        ...ordinary,
        status: open.length > 0 ? "active" : "disabled",
        "inventory.registered": true,
        purpose: "Let a person in once: the first admin, and whoever is invited",
        "auth.methods": ["one_time_link"],
        "lifecycle.retirementTrigger": "Each ends when it is used, or with its date",
        "lifecycle.offboardingRunbook": "Remove the member who came by it",
        environment: { unknown: "not_offered" },
        "workload.status": "running",
      },
    },
    where,
  );
  for (const link of inventory.signInLinks) observeLink({ collector, inventory, where }, link);
}

function observeLink({ collector, inventory, where }: SelfReading, link: SelfInventory["signInLinks"][number]): void {
  collector.add(
    dataset,
    {
      kind: "credential",
      ref: `rollcall/sign-in-link/${link.id}`,
      nativeId: link.id,
      identityRef: linksRef,
      credentialKind: "token",
      name: `Link for one ${link.role}`,
      facts: {
        status: link.usedAt !== null ? "revoked" : link.expiresAt <= inventory.asOf ? "expired" : "active",
        static: false,
        createdAt: link.createdAt,
        hasExpiry: true,
        expiresAt: link.expiresAt,
        lifetimeDays: daysBetween(link.createdAt, link.expiresAt),
        ...(link.usedAt === null ? {} : { lastUsedAt: link.usedAt }),
      },
    },
    where,
  );
  const owner = ownerOf(inventory, linksRef, link.createdBy);
  if (owner !== null) collector.ensure(dataset, { ...owner, ref: `${linksRef}#creator/${link.createdBy}` }, where);
}
