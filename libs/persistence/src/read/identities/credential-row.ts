import type { CredentialRow } from "@rollcall/posture-pipeline";
import type { DbRow } from "../../database/database.ts";

/** Over `credential c`, `identity i` and `source src`. Ages are as of the date the source speaks of. */
export const credentialRowColumns = `c.id, c.identity_id, i.name as identity_name, c.kind, c.name, c.status, c.issued_at, c.rotated_at, c.used_at, c.expires_at, c.has_expiry, c.storage, c.exposure,
  floor(extract(epoch from src.as_of - coalesce(c.rotated_at, c.issued_at)) / 86400)::int as age_days,
  case when c.fingerprint is null then '{}' else (select coalesce(array_agg(o.id::text order by o.id), '{}') from credential o
     where o.workspace_id = c.workspace_id and o.fingerprint = c.fingerprint and o.id <> c.id) end as reused_by`;

export function credentialRow(row: DbRow): CredentialRow {
  return {
    id: row.id,
    identityId: row.identity_id,
    identityName: row.identity_name,
    kind: row.kind,
    name: row.name,
    status: row.status,
    createdAt: row.issued_at,
    lastRotatedAt: row.rotated_at,
    lastUsedAt: row.used_at,
    expiresAt: row.expires_at,
    hasExpiry: row.has_expiry,
    ageDays: row.age_days === null ? null : Math.max(0, row.age_days),
    // The window is policy, which is code: the caller that knows the policy fills it in.
    rotationWindowDays: null,
    storage: row.storage,
    exposure: row.exposure,
    reusedBy: row.reused_by,
  };
}
