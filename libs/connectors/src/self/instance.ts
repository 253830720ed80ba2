import type { DatabaseRoleRow, InstanceSecretRow } from "@rollcall/posture-pipeline";
import { administrators, attributable, inventoryRef, ordinary, provider, type SelfReading } from "./self-words.ts";

const dataset = "instance";
export const instanceRef = "rollcall/instance";

const purposes: Readonly<Record<DatabaseRoleRow["purpose"], string>> = {
  app: "Reads and writes one workspace per transaction, bound by row-level security",
  limited: "As the one before, for members limited to their teams: sees what carries an owner name of theirs",
  system: "Sign-in, membership, API keys, outbox and the queue; no inventory",
  owner: "Owns the tables; used for migrations only",
};
const levels = { app: "write", limited: "write", system: null, owner: "admin" } as const;

/** What serves every workspace of this instance. Facts only: no value of any secret is in what is read here. */
export function observeInstance(reading: SelfReading): void {
  observeInventory(reading);
  observePlatform(reading);
  for (const role of reading.inventory.databaseRoles) observeRole(reading, role);
}

function observeInventory({ collector, where }: SelfReading): void {
  collector.add(
    dataset,
    {
      kind: "resource",
      ref: inventoryRef,
      resourceKind: "data_store",
      name: "Rollcall inventory",
      provider,
      sensitivity: { weight: 40, reason: "The map of this workspace's machine identities: it shows where to attack" },
    },
    where,
  );
}

function observePlatform({ collector, inventory, where }: SelfReading): void {
  collector.add(
    dataset,
    {
      kind: "identity",
      ref: instanceRef,
      nativeId: instanceRef,
      identityKind: "platform",
      name: "Rollcall",
      provider,
      facts: {
        ...attributable,
        ...ordinary,
        status: "active",
        "inventory.registered": true,
        purpose: "Runs this instance of Rollcall",
        environment: { unknown: "not_offered" },
        "workload.status": "running",
        "lifecycle.retirementTrigger": { unknown: "not_offered" },
        "lifecycle.offboardingRunbook": { unknown: "not_offered" },
        "access.admin": true,
      },
    },
    where,
  );
  for (const secret of inventory.instanceSecrets) observeSecret({ collector, inventory, where }, secret);
  const lastStart = inventory.instanceSecrets
    .map((secret) => secret.lastStartedAt)
    .toSorted()
    .at(-1);
  if (lastStart !== undefined)
    collector.add(dataset, { kind: "usage", ref: `${instanceRef}#use`, identityRef: instanceRef, lastUsedAt: inventory.asOf }, where);
  for (const owner of administrators(inventory, instanceRef)) collector.add(dataset, owner, where);
  access({ collector, inventory, where }, instanceRef, "admin");
}

function observeSecret({ collector, where }: SelfReading, secret: InstanceSecretRow): void {
  const born = secret.rotatedAt ?? ({ unknown: "not_collected" } as const);
  collector.add(
    dataset,
    {
      kind: "credential",
      ref: `rollcall/secret/${secret.id}`,
      nativeId: secret.id,
      identityRef: instanceRef,
      credentialKind: secret.kind,
      name: secret.name,
      facts: {
        status: "active",
        static: true,
        createdAt: born,
        lastRotatedAt: born,
        lastUsedAt: secret.lastStartedAt,
        hasExpiry: false,
        rotationAutomated: false,
        storage: secret.storage ?? { unknown: "not_offered" },
      },
    },
    where,
  );
}

function observeRole({ collector, inventory, where }: SelfReading, role: DatabaseRoleRow): void {
  const ref = `rollcall/database-role/${role.name}`;
  const derived = role.purpose !== "owner";
  collector.add(
    dataset,
    {
      kind: "identity",
      ref,
      nativeId: role.name,
      identityKind: "database_user",
      name: role.name,
      provider,
      facts: {
        ...ordinary,
        status: "active",
        "inventory.registered": true,
        purpose: purposes[role.purpose],
        environment: { unknown: "not_offered" },
        "workload.status": "running",
        "access.admin": role.superuser || role.purpose === "owner",
        "logging.enabled": { unknown: "not_collected" },
        "lifecycle.retirementTrigger": { unknown: "not_offered" },
        "lifecycle.offboardingRunbook": { unknown: "not_offered" },
      },
    },
    where,
  );
  const rootKey = inventory.instanceSecrets.find(({ id }) => id === "root-key");
  const rotated = (derived ? rootKey?.rotatedAt : null) ?? ({ unknown: "not_offered" } as const);
  collector.add(
    dataset,
    {
      kind: "credential",
      ref: `${ref}/password`,
      nativeId: role.name,
      identityRef: ref,
      credentialKind: "password",
      name: derived ? `${role.name}, derived from the root key` : role.name,
      facts: {
        status: role.validUntil !== null && role.validUntil <= inventory.asOf ? "expired" : "active",
        static: true,
        createdAt: rotated,
        lastRotatedAt: rotated,
        hasExpiry: role.validUntil !== null,
        ...(role.validUntil === null ? {} : { expiresAt: role.validUntil }),
        rotationAutomated: false,
        storage: { unknown: "not_offered" },
        // Whatever is read here was read through these two.
        ...(derived ? { lastUsedAt: inventory.asOf } : {}),
      },
    },
    where,
  );
  for (const owner of administrators(inventory, ref)) collector.add(dataset, owner, where);
  const level = levels[role.purpose];
  if (level !== null) access({ collector, inventory, where }, ref, level);
}

function access({ collector, where }: SelfReading, from: string, level: "write" | "admin"): void {
  collector.add(
    dataset,
    { kind: "grant", ref: `${from}|uses|${inventoryRef}`, dialect: "direct", grantKind: "ACCESSES", from, to: inventoryRef, level },
    where,
  );
}
