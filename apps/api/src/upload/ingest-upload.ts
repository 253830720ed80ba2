import type { Services } from "@rollcall/api-router";
import { syncOf } from "@rollcall/posture-pipeline";
import type { IngestionView, ParsedImport } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import type { Upload } from "./upload.ts";
import type { ReadUpload } from "./upload-reader.ts";
import { UploadLost } from "./upload-thread.ts";

export interface IngestUpload {
  readonly services: Services;
  readonly read: ReadUpload;
  readonly signal?: AbortSignal;
  readonly workspaceId: string;
  readonly userId: string | null;
  /** `aws` or `aws:123456789012`; absent or empty = everything. */
  readonly allowedSources?: readonly string[] | undefined;
  readonly origin: "import" | "push";
}

/** Parses in memory, so that no secret reaches a disk, then stages what was said. When this resolves, it is stored. */
export async function ingestUpload(upload: Upload, options: IngestUpload): Promise<IngestionView> {
  const { services, workspaceId } = options;
  const imports = await readOrRecord(upload, options);
  refuseUnreadable(imports);
  refuseOtherSources(imports, options.allowedSources ?? []);
  const ingestionId = await createIngestion(upload, options);
  try {
    for (const parsed of imports) {
      await services.ingest.stageSync(workspaceId, syncOf(parsed, { ingestionId, origin: options.origin }), parsed.observations);
    }
  } catch (error) {
    await services.ingestions.failIngestion(
      workspaceId,
      ingestionId,
      error instanceof AppError ? error.message : "Storing the upload failed. Send it again",
    );
    throw error;
  }
  const view = await services.read.ingestion(workspaceId, ingestionId);
  if (view === null) throw new AppError("internal", "The upload could not be read back", { detail: `ingestion ${ingestionId}` });
  return view;
}

const createIngestion = ({ files }: Upload, { services, workspaceId, origin, userId }: IngestUpload): Promise<string> =>
  services.ingestions.createIngestion(workspaceId, { files: files.map((file) => file.name), origin, createdBy: userId });

/** What is wrong with a file is the answer to its sender. That reading broke down is also kept, for those who look after this instance. */
async function readOrRecord(upload: Upload, options: IngestUpload): Promise<readonly ParsedImport[]> {
  const { services, workspaceId, signal } = options;
  try {
    const request = {
      table: await tableOf(upload, options),
      files: upload.files,
      asOf: upload.asOf,
      accountHint: upload.account,
      receivedAt: services.clock.now().toISOString(),
      workspaceId,
    };
    return await options.read(request, signal);
  } catch (error) {
    if (error instanceof UploadLost) {
      const ingestionId = await createIngestion(upload, options);
      await services.ingestions.failIngestion(workspaceId, ingestionId, error.message);
    }
    throw error;
  }
}

/** As given, or as it was given the last time for the source that the sender names. */
async function tableOf({ table, files, account }: Upload, { services, workspaceId }: IngestUpload): Promise<Upload["table"]> {
  if (table !== null || account === null || !files.some(({ name }) => /\.(?:csv|tsv|zip|gz)$/i.test(name))) return table;
  return services.read.tableMapping(workspaceId, account);
}

/** An upload of which nothing could be read (cut off, damaged) is an error of the sender's, not an import of nothing. */
function refuseUnreadable(imports: readonly ParsedImport[]): void {
  const readable = imports.some(({ reports }) => reports.some(({ outcome }) => outcome !== "failed"));
  const [first] = imports.flatMap(({ rejected }) => rejected);
  if (readable || first === undefined) return;
  throw new AppError("invalid_input", `Nothing could be read. ${first.where}: ${first.message}`);
}

/** All or nothing: an upload that also speaks for somebody else is refused before anything of it is stored. */
function refuseOtherSources(imports: readonly ParsedImport[], allowed: readonly string[]): void {
  if (allowed.length === 0) return;
  const other = imports.find(({ connector, account }) => !allowed.includes(connector) && !allowed.includes(`${connector}:${account}`));
  if (other === undefined) return;
  throw new AppError("forbidden", `This API key may not import ${other.connector}:${other.account}. It may import ${allowed.join(", ")}`);
}
