import { currentActor } from "@rollcall/platform";
import type { AuditDraft } from "@rollcall/posture-pipeline";
import type { Sql, Tx } from "../database/database.ts";
import { canonicalJson } from "../database/canonical-json.ts";

/**
 * Writes the audit row of a mutation into its own transaction: either both are stored or neither. Call it last, because it holds the
 * lock on the workspace's chain until the commit. Who acted comes with the request.
 */
export async function appendAudit(sql: Sql, workspaceId: string, draft: AuditDraft): Promise<void> {
  const { event, body } = auditEvent(draft);
  await sql.query("select audit_append($1::uuid, $2::jsonb, $3)", [workspaceId, event, body]);
}

/** The same for many, in their order and in one statement. */
export async function appendAudits(sql: Sql, workspaceId: string, drafts: readonly AuditDraft[]): Promise<void> {
  const events = drafts.map(auditEvent);
  await sql.query(
    "select audit_append($1::uuid, e.event, e.body) from unnest($2::jsonb[], $3::text[]) with ordinality as e(event, body, place) order by e.place",
    [workspaceId, events.map(({ event }) => event), events.map(({ body }) => body)],
  );
}

/** The same in a transaction of the query builder. */
export async function appendAuditTx(tx: Tx, workspaceId: string, draft: AuditDraft): Promise<void> {
  const { event, body } = auditEvent(draft);
  await tx.$executeRaw`select audit_append(${workspaceId}::uuid, ${event}::jsonb, ${body})`;
}

function auditEvent(draft: AuditDraft): { readonly event: string; readonly body: string } {
  const actor = currentActor();
  const columns = {
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    action: draft.action,
    objectKind: draft.object.kind,
    objectId: draft.object.id,
  };
  const body = canonicalJson({
    ...columns,
    onBehalfOf: actor.onBehalfOf ?? null,
    objectLabel: draft.object.label ?? null,
    detail: draft.detail ?? {},
    requestId: actor.requestId,
  });
  return { event: canonicalJson(columns), body };
}
