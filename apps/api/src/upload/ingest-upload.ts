import type { Services } from "@rollcall/api-router";
import { syncOf } from "@rollcall/posture-pipeline";
import type { IngestionView, OpenImport, ParsedImport } from "@rollcall/posture-pipeline";
import { AppError } from "@rollcall/platform";
import type { Upload } from "./upload.ts";

export interface IngestUpload {
  readonly services: Services;
  readonly openImport: OpenImport;
  readonly fingerprint: (secret: string) => string | null;
  readonly workspaceId: string;
  readonly userId: string | null;
  /** `aws` or `aws:123456789012`; absent or empty = everything. */
  readonly allowedSources?: readonly string[] | undefined;
  readonly origin: "import" | "push";
}

/** Parses in memory, so that no secret reaches a disk, then stages what was said. When this resolves, it is stored. */
export async function ingestUpload(upload: Upload, options: IngestUpload): Promise<IngestionView> {
  const { services, workspaceId } = options;
  const imports = options.openImport(upload.files, {
    asOf: upload.asOf,
    accountHint: upload.account,
    receivedAt: services.clock.now().toISOString(),
    fingerprint: options.fingerprint,
  });
  refuseUnreadable(imports);
  refuseOtherSources(imports, options.allowedSources ?? []);
  const ingestionId = await services.ingestions.createIngestion(workspaceId, {
    files: upload.files.map((file) => file.name),
    origin: options.origin,
    createdBy: options.userId,
  });
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
