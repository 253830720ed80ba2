import type { Job } from "@rollcall/posture-pipeline";
import type { Sql } from "../database/database.ts";

const afterSeconds = 30;
/** Longer than the pause between two listings of one upload. */
const abandonedSeconds = 60;
const maxJobs = 500;

/** What still has to happen, read from the runs themselves: a queue that lost its jobs gets them back. What waits in the outbox was never lost. */
export async function strandedJobs(sql: Sql, workspaceId: string): Promise<Job[]> {
  await endAbandoned(sql, workspaceId);
  const { rows: syncs } = await sql.query<{ id: string; analysing: boolean }>(
    `select s.id, s.phase = 'analysing' as analysing from sync s join ingestion i on i.workspace_id = s.workspace_id and i.id = s.ingestion_id
      where s.workspace_id = $1 and s.status in ('queued', 'running') and s.created_at < now() - make_interval(secs => $2) and i.origin <> 'demo'
        and (s.phase = 'analysing' or s.id not in (select (payload ->> 'syncId')::uuid from outbox where workspace_id = $1 and job = 'ingest-sync'))
      order by s.id limit $3`,
    [workspaceId, afterSeconds, maxJobs],
  );
  const { rows: demos } = await sql.query<{ id: string }>(
    `select id from ingestion where workspace_id = $1 and origin = 'demo' and status in ('pending', 'processing') and created_at < now() - make_interval(secs => $2)`,
    [workspaceId, afterSeconds],
  );
  const waiting = syncs.find(({ analysing }) => analysing);
  return [
    ...syncs.filter(({ analysing }) => !analysing).map(({ id }): Job => ({ name: "ingest-sync", payload: { workspaceId, syncId: id } })),
    ...(waiting === undefined ? [] : [{ name: "analyse-workspace", payload: { workspaceId, syncId: waiting.id } } as const]),
    ...demos.map(({ id }): Job => ({ name: "load-demo", payload: { workspaceId, ingestionId: id } })),
  ];
}

/** Whoever stores an upload holds a share lock on its request until it is stored: one that is free and still empty has nobody. */
async function endAbandoned(sql: Sql, workspaceId: string): Promise<void> {
  await sql.query(
    `update ingestion i set status = 'failed', finished_at = now(), error = 'The upload was interrupted before it was stored. Send it again'
       from (select id from ingestion where workspace_id = $1 and status = 'pending' and origin <> 'demo' and created_at < now() - make_interval(secs => $2)
                and not exists (select 1 from sync s where s.workspace_id = $1 and s.ingestion_id = ingestion.id) for update skip locked) dead
      where i.workspace_id = $1 and i.id = dead.id`,
    [workspaceId, abandonedSeconds],
  );
}
