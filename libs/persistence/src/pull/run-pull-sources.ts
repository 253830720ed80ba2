import type { PullRunEnd, PullRunToken, PullSourcesStore } from "@rollcall/posture-pipeline";
import { appendAuditTx } from "../audit/append-audit.ts";
import type { Database, Tx } from "../database/database.ts";
import { databaseTime } from "../database/database-time.ts";
import { isUuid } from "../database/is-uuid.ts";
import { announcePull } from "./announce-pull.ts";
import { storedPullOf } from "./pull-rows.ts";

type AskCalls = Pick<PullSourcesStore, "requestRun" | "cancelRun" | "announceDue" | "strandedRuns">;
type HolderCalls = Pick<PullSourcesStore, "claim" | "beat" | "finish" | "markUnreadable" | "abandonRun">;
const dueAtOnce = 100;
const noteLength = 500;
const idle = { runState: "idle", runBeatAt: null, runNote: null, cancelRequested: false } as const;
/** Only whoever took it last. */
const held = ({ workspaceId, id, epoch }: PullRunToken) => ({ workspaceId, id, runEpoch: epoch, runState: "reading" });

export const runCalls = (database: Database): AskCalls & HolderCalls => ({ ...askCalls(database), ...holderCalls(database) });

function askCalls(database: Database): AskCalls {
  return {
    requestRun: (workspaceId, id) =>
      ifThere(database, { workspaceId, id }, async (tx, label) => {
        if (!(await announcePull(tx, workspaceId, id))) return;
        await appendAuditTx(tx, workspaceId, { action: "pull_source.run_requested", object: { kind: "pull_source", id, label } });
      }),
    cancelRun: (workspaceId, id) =>
      ifThere(database, { workspaceId, id }, async (tx, label) => {
        const where = { workspaceId, id };
        // What nobody has begun has nobody else to end it.
        const waiting = await tx.pullSource.updateMany({
          where: { ...where, runState: "waiting" },
          data: { ...idle, lastRunAt: new Date(), lastOutcome: "cancelled", lastNote: null, lastMissingPermission: null, lastPages: 0 },
        });
        const reading = await tx.pullSource.updateMany({ where: { ...where, runState: "reading" }, data: { cancelRequested: true } });
        if (waiting.count + reading.count === 0) return;
        await appendAuditTx(tx, workspaceId, { action: "pull_source.run_cancelled", object: { kind: "pull_source", id, label } });
      }),
    announceDue: (now) =>
      database.withSystem(async (tx) => {
        const due = await tx.$queryRaw<{ workspace_id: string; id: string }[]>`
          update pull_source p set next_run_at = ${now}::timestamptz + make_interval(hours => p.interval_hours)
            from (select workspace_id, id from pull_source where next_run_at <= ${now}::timestamptz order by next_run_at limit ${dueAtOnce} for update skip locked) d
           where p.workspace_id = d.workspace_id and p.id = d.id returning p.workspace_id, p.id`;
        let announced = 0;
        for (const { workspace_id, id } of due) if (await announcePull(tx, workspace_id, id)) announced += 1;
        return announced;
      }),
    strandedRuns: (silentSeconds) =>
      database.withSystem(async (tx) => {
        const rows = await tx.pullSource.findMany({
          where: { runState: { not: "idle" }, runBeatAt: { lt: new Date((await databaseTime(tx)).getTime() - silentSeconds * 1_000) } },
          select: { workspaceId: true, id: true },
          take: dueAtOnce,
        });
        return rows.map(({ workspaceId, id }) => ({ workspaceId, pullSourceId: id }));
      }),
  };
}

function holderCalls(database: Database): HolderCalls {
  return {
    claim: async (workspaceId, id) => {
      if (!isUuid(id)) return null;
      return database.withSystem(async (tx) => {
        const [row] = await tx.pullSource.updateManyAndReturn({
          where: { workspaceId, id, runState: { not: "idle" } },
          data: {
            runState: "reading",
            runEpoch: { increment: 1 },
            runBeatAt: await databaseTime(tx),
            runPages: 0,
            runBytes: 0,
            runNote: null,
          },
        });
        return row === undefined ? null : storedPullOf(row);
      });
    },
    beat: (run, { pages, bytes, note }) =>
      database.withSystem(async (tx) => {
        const [row] = await tx.pullSource.updateManyAndReturn({
          where: held(run),
          data: { runBeatAt: await databaseTime(tx), runPages: pages, runBytes: bytes, runNote: note?.slice(0, noteLength) ?? null },
          select: { cancelRequested: true },
        });
        if (row === undefined) return "taken";
        return row.cancelRequested ? "cancel" : "go_on";
      }),
    finish: (run, end) => database.withSystem((tx) => finish(tx, run, end)),
    markUnreadable: (run, problem) =>
      database.withSystem(async (tx) => {
        await tx.pullSource.updateMany({ where: held(run), data: { credentialProblem: problem.slice(0, noteLength) } });
      }),
    abandonRun: async (workspaceId, id, note) => {
      if (!isUuid(id)) return;
      await database.withSystem((tx) =>
        tx.pullSource.updateMany({
          where: { workspaceId, id, runState: { not: "idle" } },
          data: { ...idle, lastRunAt: new Date(), lastOutcome: "failed", lastNote: note.slice(0, noteLength), lastMissingPermission: null },
        }),
      );
    },
  };
}

async function finish(tx: Tx, run: PullRunToken, end: PullRunEnd): Promise<boolean> {
  const { count } = await tx.pullSource.updateMany({
    where: held(run),
    data: {
      ...idle,
      lastRunAt: new Date(end.at),
      lastOutcome: end.outcome,
      lastNote: end.note?.slice(0, noteLength) ?? null,
      lastMissingPermission: end.missingPermission,
      lastPages: end.pages,
      nextRunAt: new Date(end.nextRunAt),
      ...(end.ingestionId === null ? {} : { lastIngestionId: end.ingestionId }),
      ...(end.credentialUsed ? { credentialUsedAt: new Date(end.at), credentialProblem: null } : {}),
    },
  });
  return count === 1;
}

async function ifThere(
  database: Database,
  { workspaceId, id }: { readonly workspaceId: string; readonly id: string },
  change: (tx: Tx, name: string) => Promise<void>,
): Promise<boolean> {
  if (!isUuid(id)) return false;
  return database.withSystem(async (tx) => {
    const row = await tx.pullSource.findFirst({ where: { workspaceId, id }, select: { name: true } });
    if (row === null) return false;
    await change(tx, row.name);
    return true;
  });
}
