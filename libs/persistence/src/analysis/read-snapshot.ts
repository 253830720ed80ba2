import type { FactMap } from "@rollcall/nhi-model";
import type { WorkspaceSnapshot } from "@rollcall/posture-pipeline";
import type { Sql } from "../database/database.ts";
import { readSources } from "../ingest/sync-rows.ts";

/** What is gone is history and not inventory: it is left out, with everything that belonged to it. Ordered, so that equal data reads equal. */
const queries = {
  identities: `select id, source_id as "sourceId", ref, coalesce(native_id, ref) as "nativeId", kind, name, provider, account, facts, attributes,
      first_seen_at as "firstSeenAt", missing_since as "missingSince", gone_at as "goneAt"
    from identity where workspace_id = $1 and gone_at is null order by id`,
  credentials: `select c.id, c.source_id as "sourceId", c.identity_id as "identityId", c.ref, c.kind, c.name, c.fingerprint, c.facts
    from credential c join identity i on i.workspace_id = $1 and i.id = c.identity_id and i.gone_at is null where c.workspace_id = $1 order by c.id`,
  resources: `select id, source_id as "sourceId", ref, kind, name, provider, account, environment, sensitivity, sensitivity_reason as "sensitivityReason",
      tier_zero as "tierZero", attributes from resource where workspace_id = $1 order by id`,
  grants: `select id, source_id as "sourceId", ref, dialect, grant_kind as "grantKind", from_ref as "from", to_ref as "to", level, conditional, attributes
    from access_grant where workspace_id = $1 order by id`,
  usage: `select u.identity_id as "identityId", u.service, u.last_used_at as "lastUsedAt", u.observed_days as "observedDays"
    from identity_usage u join identity i on i.workspace_id = $1 and i.id = u.identity_id and i.gone_at is null where u.workspace_id = $1 order by u.id`,
  ownerClaims: `select o.identity_id as "identityId", o.owner_kind as "ownerKind", o.person_ref as "personRef", o.label, o.signal, o.weight, o.observed_at as "observedAt"
    from owner_claim o join identity i on i.workspace_id = $1 and i.id = o.identity_id and i.gone_at is null where o.workspace_id = $1 order by o.id`,
  humans: `select ref, name, email, status, departed_at as "departedAt" from human where workspace_id = $1 order by id`,
} as const;

export async function readSnapshot(sql: Sql, workspaceId: string): Promise<WorkspaceSnapshot> {
  const read = async (name: keyof typeof queries) => (await sql.query(queries[name], [workspaceId])).rows;
  const attested = await sql.query<{ identity_id: string; facts: FactMap }>(
    "select identity_id, facts from attestation where workspace_id = $1 order by identity_id",
    [workspaceId],
  );
  const sources = await readSources(sql, workspaceId);
  const { rows } = await sql.query("select run_id from analysis_run where workspace_id = $1", [workspaceId]);
  return {
    workspaceId,
    basis: { sourceIds: sources.map((source) => source.id), previousRunId: rows[0]?.run_id ?? null },
    sources,
    identities: await read("identities"),
    credentials: await read("credentials"),
    resources: await read("resources"),
    grants: await read("grants"),
    usage: await read("usage"),
    ownerClaims: await read("ownerClaims"),
    humans: await read("humans"),
    attested: new Map(attested.rows.map((row) => [row.identity_id, row.facts])),
  };
}
