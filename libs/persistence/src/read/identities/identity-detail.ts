import type { IdentityDetail } from "@rollcall/posture-pipeline";
import type { FactMap } from "@rollcall/nhi-model";
import type { DbRow, Sql } from "../../database/database.ts";
import { listFindings } from "../findings/list-findings.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import { datedFacts } from "./dated-facts.ts";
import { credentialRow, credentialRowColumns } from "./credential-row.ts";
import { identityRow, identityRowColumns } from "./identity-row.ts";

const partLimit = 200;

export async function identityDetail(sql: Sql, workspaceId: string, identityId: string): Promise<IdentityDetail | null> {
  const here = [workspaceId, identityId];
  // What was not analysed yet, or is gone, has no score row: it shows what is known of it and no judgement.
  const {
    rows: [row],
  } = await sql.query(
    `select ${identityRowColumns}, i.id as own_id, i.name as own_name, i.kind as own_kind, i.provider as own_provider, i.account as own_account, i.source_id as own_source_id,
            i.ref, coalesce(i.native_id, i.ref) as native_id, i.facts, a.facts as attested, i.first_seen_at, i.missing_since, i.gone_at, s.as_of, src.as_of as source_as_of,
            d.terms, d.actions, d.unknown_rules, d.unknown_fields
       from identity i
       join source src on src.workspace_id = $1 and src.id = i.source_id
       left join identity_score s on s.workspace_id = $1 and s.identity_id = i.id
       left join identity_score_detail d on d.workspace_id = $1 and d.identity_id = i.id
       left join attestation a on a.workspace_id = $1 and a.identity_id = i.id
      where i.workspace_id = $1 and i.id = $2`,
    here,
  );
  if (row === undefined) return null;
  const base = row.id === null ? unjudged(row) : identityRow(row);
  const findings = await listFindings(sql, workspaceId, { filter: { subject: identityId }, page: { limit: partLimit } });
  const tasks = await listTasks(sql, workspaceId, {
    filter: { subject: identityId, queue: "all", state: [] },
    viewerId: "",
    page: { limit: partLimit },
  });
  return {
    ...base,
    // What a person just stated shows at once; the lists follow with the analysis that it asked for.
    owner: statedOwner(row.attested) ?? base.owner,
    ref: row.ref,
    nativeId: row.native_id,
    asOf: row.as_of ?? row.source_as_of ?? row.first_seen_at,
    firstSeenAt: row.first_seen_at,
    missingSince: row.missing_since,
    goneAt: row.gone_at,
    terms: row.terms ?? [],
    actions: row.actions ?? [],
    factMap: await datedFacts(sql, workspaceId, row),
    unknownRuleIds: row.unknown_rules ?? [],
    unknownFields: row.unknown_fields ?? {},
    findings: findings.items,
    tasks: tasks.items,
    ...(await identityParts(sql, here)),
  };
}

/** Row-level security answers: for a member limited to their teams, another team's identity is not there. */
export async function seesIdentity(sql: Sql, workspaceId: string, identityId: string): Promise<boolean> {
  const { rowCount } = await sql.query("select 1 from identity where workspace_id = $1 and id = $2", [workspaceId, identityId]);
  return rowCount === 1;
}

function statedOwner(attested: FactMap | null): string | null {
  const stated = attested?.["owner.personId"];
  return stated !== undefined && "known" in stated ? String(stated.known) : null;
}

/** The lists that belong to one identity, each at most `partLimit` long. */
async function identityParts(
  sql: Sql,
  here: readonly string[],
): Promise<Pick<IdentityDetail, "credentials" | "ownerClaims" | "usage" | "grants">> {
  const read = async (statement: string) => (await sql.query(statement, [...here])).rows;
  return {
    credentials: (
      await read(
        `select ${credentialRowColumns} from credential c join identity i on i.workspace_id = $1 and i.id = c.identity_id join source src on src.workspace_id = $1 and src.id = c.source_id
        where c.workspace_id = $1 and c.identity_id = $2 order by c.status nulls last, c.id limit ${partLimit}`,
      )
    ).map(credentialRow),
    ownerClaims: await read(
      `select o.label, o.signal, o.weight, case when h.status is not null then h.status else 'unknown' end as status
         from owner_claim o left join lateral (select status from human h where h.workspace_id = $1 and h.ref = o.person_ref order by h.id limit 1) h on true
        where o.workspace_id = $1 and o.identity_id = $2 order by o.weight desc, o.label limit ${partLimit}`,
    ),
    usage: await read(
      `select service, last_used_at as "lastUsedAt", observed_days as "observedDays" from identity_usage
        where workspace_id = $1 and identity_id = $2 order by last_used_at desc nulls last, service limit ${partLimit}`,
    ),
    grants: await read(
      `select g.ref, g.grant_kind as kind, g.to_ref as "to", coalesce(r.name, t.name, g.to_ref) as "toLabel"
         from identity i join access_grant g on g.workspace_id = $1 and g.source_id = i.source_id and g.from_ref = i.ref
         left join resource r on r.workspace_id = $1 and r.source_id = g.source_id and r.ref = g.to_ref
         left join identity t on t.workspace_id = $1 and t.source_id = g.source_id and t.ref = g.to_ref and t.gone_at is null
        where i.workspace_id = $1 and i.id = $2 order by g.grant_kind, g.ref limit ${partLimit}`,
    ),
  };
}

function unjudged(row: DbRow): ReturnType<typeof identityRow> {
  const unknown = { min: 0, max: 0 };
  return {
    id: row.own_id,
    name: row.own_name,
    kind: row.own_kind,
    provider: row.own_provider,
    account: row.own_account,
    environment: null,
    lifecycle: row.gone_at === null ? "discovered" : "gone",
    owner: null,
    score: unknown,
    band: "low",
    blastPct: unknown,
    tierZero: false,
    credentialCount: 0,
    oldestCredentialDays: null,
    nextExpiryAt: null,
    lastUsedAt: null,
    openFindings: 0,
    worstSeverity: null,
    sourceId: row.own_source_id,
    sourceName: row.source_name,
    demo: (row.origin as string) === "demo",
  };
}
