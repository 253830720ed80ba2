import type { ApiKeyRow, FederationRow, ServiceUserRow } from "@rollcall/posture-pipeline";
import { isSharedIssuer } from "../aws/trust-facts.ts";
import { dataset, grantScopes, isLive, observeKey, observeUse } from "./observe-access.ts";
import { attributable, ordinary, ownerOf, provider, type SelfReading } from "./self-words.ts";

/** A member that is no person, with all that it comes in by. */
export function observeServiceUser(reading: SelfReading, user: ServiceUserRow, keys: readonly ApiKeyRow[]): void {
  const { collector, inventory, where } = reading;
  const ref = `rollcall/service-user/${user.id}`;
  const federations = inventory.federations.filter(({ serviceUserId }) => serviceUserId === user.id);
  const liveKeys = user.disabledAt === null ? keys.filter((key) => isLive(key, inventory.asOf)) : [];
  const liveFederations = federations.filter(({ revokedAt }) => revokedAt === null);
  const scopes = [...liveKeys, ...liveFederations].flatMap((one) => one.scopes);
  collector.add(
    dataset,
    {
      kind: "identity",
      ref,
      nativeId: user.id,
      identityKind: "service_account",
      name: user.name,
      provider,
      facts: {
        ...attributable,
        ...ordinary,
        status: user.disabledAt === null ? "active" : "disabled",
        createdAt: user.createdAt,
        "inventory.registered": true,
        purpose: user.purpose,
        environment: { unknown: "not_offered" },
        "workload.status": { unknown: "not_offered" },
        "auth.methods": [...(liveKeys.length > 0 ? ["api_key"] : []), ...(liveFederations.length > 0 ? ["oidc"] : [])],
        // Whoever comes in by a federation already could come in by it everywhere.
        ...(liveFederations.length > 0 ? { "auth.credentiallessAvailable": true } : {}),
        "access.admin": scopes.includes("admin"),
        "access.permissionCount": new Set(scopes).size,
        "lifecycle.retirementTrigger": { unknown: "not_offered" },
        "lifecycle.offboardingRunbook": "Settings, Service users, Disable: ends its keys and federations with the next request",
        trust: liveFederations.map(trustOf),
      },
    },
    where,
  );
  // The keys of somebody disabled open nothing any more, whatever their own dates say.
  for (const key of keys) observeKey(reading, ref, { ...key, revokedAt: key.revokedAt ?? user.disabledAt });
  for (const federation of federations) observeFederation(reading, ref, federation);
  observeUse(reading, ref, { since: user.createdAt, used: [...keys, ...federations].map(({ lastUsedAt }) => lastUsedAt) });
  observeOwner(reading, ref, user);
  grantScopes(reading, ref, scopes);
}

const trustOf = ({ issuer, conditions }: FederationRow): Record<string, unknown> => ({
  kind: "oidc",
  issuerShared: isSharedIssuer(issuer),
  subjectMatch: conditions.some(({ match }) => match === "glob") ? "wildcard" : "exact",
  audiencePinned: true,
  external: true,
});

function observeFederation({ collector, where }: SelfReading, identityRef: string, federation: FederationRow): void {
  collector.add(
    dataset,
    {
      kind: "credential",
      ref: `rollcall/federation/${federation.id}`,
      nativeId: federation.id,
      identityRef,
      credentialKind: "federated_trust",
      name: federation.name,
      facts: {
        status: federation.revokedAt === null ? "active" : "revoked",
        static: false,
        createdAt: federation.createdAt,
        rotationAutomated: true,
        ...(federation.lastUsedAt === null ? {} : { lastUsedAt: federation.lastUsedAt }),
      },
    },
    where,
  );
}

function observeOwner({ collector, inventory, where }: SelfReading, identityRef: string, user: ServiceUserRow): void {
  const person = ownerOf(inventory, identityRef, user.ownerUserId);
  if (person !== null) collector.add(dataset, { ...person, ref: `${identityRef}#owner`, signal: "named_owner", weight: 0.95 }, where);
  if (user.ownerTeam !== null)
    collector.add(
      dataset,
      {
        kind: "owner",
        ref: `${identityRef}#team`,
        identityRef,
        ownerKind: "team",
        label: user.ownerTeam,
        signal: "named_team",
        weight: 0.7,
      },
      where,
    );
}
