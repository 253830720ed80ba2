import type { ApiKeyRow } from "@rollcall/posture-pipeline";
import { daysBetween, inventoryRef, type SelfReading } from "./self-words.ts";

export const dataset = "machine_access";

export const isLive = (key: ApiKeyRow, asOf: string): boolean => key.revokedAt === null && key.expiresAt > asOf;

/** All use of what Rollcall gives out passes through Rollcall: no use seen means no use. */
export function observeUse(
  { collector, inventory, where }: SelfReading,
  identityRef: string,
  { since, used }: { readonly since: string; readonly used: readonly (string | null)[] },
): void {
  const last = used
    .filter((at) => at !== null)
    .toSorted()
    .at(-1);
  collector.add(
    dataset,
    {
      kind: "usage",
      ref: `${identityRef}#use`,
      identityRef,
      service: "rollcall-api",
      ...(last === undefined ? {} : { lastUsedAt: last }),
      observedDays: daysBetween(since, inventory.asOf),
    },
    where,
  );
}

export function observeKey({ collector, inventory, where }: SelfReading, identityRef: string, key: ApiKeyRow): void {
  const ended = key.expiresAt <= inventory.asOf;
  collector.add(
    dataset,
    {
      kind: "credential",
      ref: `rollcall/api-key/${key.id}`,
      nativeId: key.keyId,
      identityRef,
      credentialKind: "api_key",
      name: `rcl_api_${key.keyId}`,
      facts: {
        status: key.revokedAt !== null ? "revoked" : ended ? "expired" : "active",
        static: true,
        createdAt: key.createdAt,
        lastRotatedAt: key.createdAt,
        hasExpiry: true,
        expiresAt: key.expiresAt,
        lifetimeDays: daysBetween(key.createdAt, key.expiresAt),
        rotationAutomated: false,
        // Rollcall keeps a hash; where the holder keeps the key, only the holder knows.
        storage: { unknown: "not_offered" },
        ...(key.lastUsedAt === null ? {} : { lastUsedAt: key.lastUsedAt }),
      },
    },
    where,
  );
}

export function grantScopes({ collector, where }: SelfReading, ref: string, scopes: readonly string[]): void {
  if (scopes.length === 0) return;
  collector.add(
    dataset,
    {
      kind: "grant",
      ref: `${ref}|uses|${inventoryRef}`,
      dialect: "direct",
      grantKind: "ACCESSES",
      from: ref,
      to: inventoryRef,
      level: scopes.includes("admin") ? "admin" : scopes.includes("ingest") || scopes.includes("triage") ? "write" : "read",
    },
    where,
  );
}
