import type { PullSourceRow } from "@rollcall/posture-pipeline";
import { dataset } from "./observe-access.ts";
import { daysBetween, ordinary, ownerOf, provider, type SelfReading } from "./self-words.ts";

/** What Rollcall shows to others when it reads their exports. A source that asks for nothing holds nothing. */
export function observePulledSources(reading: SelfReading): void {
  for (const source of reading.inventory.pullSources) if (source.credential !== null) observeSource(reading, source, source.credential);
}

function observeSource(reading: SelfReading, source: PullSourceRow, credential: NonNullable<PullSourceRow["credential"]>): void {
  const { collector, inventory, where } = reading;
  const ref = `rollcall/pull-source/${source.id}`;
  const { host } = new URL(source.url);
  collector.add(
    dataset,
    {
      kind: "identity",
      ref,
      nativeId: source.id,
      identityKind: "api_client",
      name: `Rollcall at ${host}: ${source.name}`,
      provider,
      facts: {
        ...ordinary,
        status: "active",
        createdAt: source.createdAt,
        "inventory.registered": true,
        purpose: `Reads the export "${source.name}" from ${host} every ${source.intervalHours} h`,
        environment: { unknown: "not_offered" },
        "workload.status": "running",
        "auth.methods": [source.auth.kind === "basic" ? "password" : "token"],
        // What the credential may do there, only the other side knows.
        "access.permissionCount": { unknown: "not_offered" },
        "logging.enabled": { unknown: "not_offered" },
        "lifecycle.retirementTrigger": { unknown: "not_offered" },
        "lifecycle.offboardingRunbook": "Sources, the source, Remove: forgets the credential. Revoke it at the other side too",
      },
    },
    where,
  );
  observeCredential(reading, ref, { source, credential });
  collector.add(
    dataset,
    {
      kind: "usage",
      ref: `${ref}#use`,
      identityRef: ref,
      service: host,
      ...(credential.lastUsedAt === null ? {} : { lastUsedAt: credential.lastUsedAt }),
      observedDays: daysBetween(credential.setAt, inventory.asOf),
    },
    where,
  );
  const owner = ownerOf(inventory, ref, credential.setBy ?? source.createdBy);
  if (owner !== null) collector.add(dataset, owner, where);
}

function observeCredential(
  { collector, inventory, where }: SelfReading,
  identityRef: string,
  { source, credential }: { readonly source: PullSourceRow; readonly credential: NonNullable<PullSourceRow["credential"]> },
): void {
  const { setAt, expiresAt, lastUsedAt, fingerprint } = credential;
  collector.add(
    dataset,
    {
      kind: "credential",
      ref: `rollcall/pull-credential/${source.id}`,
      nativeId: source.id,
      identityRef,
      credentialKind: source.auth.kind === "basic" ? "password" : "token",
      name: `Credential for ${source.name}`,
      // The same value seen elsewhere, in code for instance, is the same fingerprint.
      ...(fingerprint === null ? {} : { fingerprint }),
      facts: {
        status: expiresAt !== null && expiresAt <= inventory.asOf ? "expired" : "active",
        static: true,
        // It may be older than the day it was entered here, never younger.
        createdAt: { unknown: "not_offered" },
        lastRotatedAt: setAt,
        hasExpiry: expiresAt === null ? { unknown: "not_offered" } : true,
        ...(expiresAt === null ? {} : { expiresAt }),
        rotationAutomated: false,
        storage: "platform",
        ...(lastUsedAt === null ? {} : { lastUsedAt }),
      },
    },
    where,
  );
}
