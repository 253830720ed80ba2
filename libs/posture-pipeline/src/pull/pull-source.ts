import { AppError } from "@rollcall/platform";
import type { Clock, Logger } from "@rollcall/platform";
import { syncOf } from "../demo/load-history.ts";
import type { OpenImport, ParsedImport } from "../ports/connector.ts";
import type { ExportRequest, FetchedExport, FetchExport } from "../ports/fetch-export.ts";
import type { IngestionStore } from "../ports/ingestion-store.ts";
import type { IngestStore } from "../ports/ingest-store.ts";
import type { PullOutcome, PullSourcesStore, SealedCredential, StoredPullSource } from "../ports/pull-sources-store.ts";
import type { ReadStore } from "../ports/read-store.ts";
import { authHeaders, credentialContext } from "./pull-credential.ts";
import { pulledFile } from "./pulled-file.ts";
import { watchRun, type WatchedRun } from "./watched-run.ts";

export interface PullSourceDeps {
  readonly pullSources: Pick<PullSourcesStore, "claim" | "beat" | "finish" | "markUnreadable">;
  /** Throws an AppError that says what to do when it does not open; `unavailable` when it may open later. */
  readonly openCredential: (context: string, credential: SealedCredential) => Promise<string>;
  readonly fetchExport: FetchExport;
  readonly openImport: OpenImport;
  readonly fingerprintOf: (workspaceId: string) => (secret: string) => string | null;
  readonly ingest: Pick<IngestStore, "stageSync">;
  readonly ingestions: Pick<IngestionStore, "createIngestion" | "failIngestion">;
  readonly read: Pick<ReadStore, "tableMapping">;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Ending {
  readonly outcome: PullOutcome;
  readonly note: string | null;
  readonly ingestionId: string | null;
  readonly fetched: FetchedExport | null;
}

/** Reads one export from its address and hands it to the same ingest as an upload. What went wrong is kept for the person who connected it. */
export async function pullSource(
  deps: PullSourceDeps,
  job: { readonly workspaceId: string; readonly pullSourceId: string },
  stopping: AbortSignal,
): Promise<void> {
  const source = await deps.pullSources.claim(job.workspaceId, job.pullSourceId);
  if (source === null) return;
  const request = await requestOf(deps, source);
  const ending = typeof request === "string" ? endingOf("failed", request) : await readAndStore(deps, { source, request, stopping });
  if (ending === null) return;
  const { outcome, note, ingestionId, fetched } = ending;
  const at = deps.clock.now();
  const pause = Math.max(source.intervalHours * 3_600_000, fetched?.retryAfterMillis ?? 0);
  await deps.pullSources.finish(source, {
    at: at.toISOString(),
    outcome,
    note,
    missingPermission: fetched?.missingPermission ?? null,
    pages: fetched?.pages ?? 0,
    ingestionId,
    nextRunAt: new Date(at.getTime() + pause).toISOString(),
    credentialUsed: typeof request !== "string" && source.sealed !== null,
  });
  deps.logger.info({ ...job, outcome, note, pages: fetched?.pages ?? 0, bytes: fetched?.bytes ?? 0 }, "export pulled");
}

const endingOf = (outcome: PullOutcome, note: string | null, fetched: FetchedExport | null = null): Ending => ({
  outcome,
  note,
  ingestionId: null,
  fetched,
});

/** What is asked, with the credential in it; in words when that does not open. */
async function requestOf({ pullSources, openCredential }: PullSourceDeps, source: StoredPullSource): Promise<ExportRequest | string> {
  const { url, paging, sealed, auth } = source;
  if (sealed === null) return { url, paging, headers: {}, secrets: [] };
  try {
    return { url, paging, ...authHeaders(auth, await openCredential(credentialContext(source.workspaceId, source), sealed)) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code !== "unavailable") await pullSources.markUnreadable(source, error.message);
    return error.message;
  }
}

interface Attempt {
  readonly source: StoredPullSource;
  readonly request: ExportRequest;
  readonly stopping: AbortSignal;
}

/** Null when another has taken the run. */
async function readAndStore(deps: PullSourceDeps, { source, request, stopping }: Attempt): Promise<Ending | null> {
  const watched = watchRun(deps.pullSources, source, stopping);
  try {
    const fetched = await deps.fetchExport(request, watched);
    if (fetched.body === null) return endingOf("failed", fetched.note, fetched);
    return await handOver(deps, { source, fetched, watched });
  } catch (error) {
    if (watched.stopped() === "taken") return null;
    if (watched.stopped() === "cancel") return endingOf("cancelled", null);
    // Whoever comes after this process takes the run over.
    throw error;
  } finally {
    await watched.close();
  }
}

async function handOver(
  deps: PullSourceDeps,
  { source, fetched, watched }: { readonly source: StoredPullSource; readonly fetched: FetchedExport; readonly watched: WatchedRun },
): Promise<Ending | null> {
  try {
    const imports = (await parse(deps, source, fetched)).map((parsed) =>
      fetched.outcome === "complete" ? parsed : inPart(parsed, fetched),
    );
    refuseUnreadable(imports);
    const stop = await watched.check();
    if (stop !== null) return stop === "taken" ? null : endingOf("cancelled", null, fetched);
    return { outcome: fetched.outcome, note: fetched.note, ingestionId: await store(deps, source, imports), fetched };
  } catch (error) {
    // What cannot be read today may be readable tomorrow: the next run tries, nobody retries at once.
    if (error instanceof AppError && error.status < 500) return endingOf("failed", error.message, fetched);
    throw error;
  }
}

async function parse(deps: PullSourceDeps, source: StoredPullSource, fetched: FetchedExport): Promise<readonly ParsedImport[]> {
  const receivedAt = deps.clock.now().toISOString();
  const file = pulledFile(source.url, fetched);
  const isTable = source.account !== null && /\.(?:csv|tsv|zip|gz)$/i.test(file.name);
  return deps.openImport([file], {
    asOf: null,
    receivedAt,
    accountHint: source.account,
    // As it was given the last time for the source of that name.
    table: isTable && source.account !== null ? await deps.read.tableMapping(source.workspaceId, source.account) : null,
    fingerprint: deps.fingerprintOf(source.workspaceId),
  });
}

function refuseUnreadable(imports: readonly ParsedImport[]): void {
  const readable = imports.some(({ reports }) => reports.some(({ outcome }) => outcome !== "failed"));
  const [first] = imports.flatMap(({ rejected }) => rejected);
  if (!readable && first !== undefined) throw new AppError("invalid_input", `Nothing could be read. ${first.where}: ${first.message}`);
}

/** Not all pages came: what is listed is there, what is not listed may be on the others. */
const inPart = (parsed: ParsedImport, { note, missingPermission }: FetchedExport): ParsedImport => ({
  ...parsed,
  reports: parsed.reports.map((report) => ({
    ...report,
    outcome: report.outcome === "complete" ? "partial" : report.outcome,
    ...(note === null ? {} : { note }),
    ...(missingPermission === null ? {} : { missingPermission }),
  })),
});

async function store(deps: PullSourceDeps, source: StoredPullSource, imports: readonly ParsedImport[]): Promise<string> {
  const { workspaceId } = source;
  const ingestionId = await deps.ingestions.createIngestion(workspaceId, { files: [source.name], origin: "pull", createdBy: null });
  try {
    for (const parsed of imports)
      await deps.ingest.stageSync(workspaceId, syncOf(parsed, { ingestionId, origin: "pull" }), parsed.observations);
  } catch (error) {
    await deps.ingestions.failIngestion(workspaceId, ingestionId, "Storing what was read failed. The next run reads it again");
    throw error;
  }
  return ingestionId;
}
