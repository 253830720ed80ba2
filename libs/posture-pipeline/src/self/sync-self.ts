import type { Clock } from "@rollcall/platform";
import { syncOf } from "../demo/load-history.ts";
import type { FileConnector } from "../ports/connector.ts";
import type { IngestionStore } from "../ports/ingestion-store.ts";
import type { IngestStore } from "../ports/ingest-store.ts";
import type { SelfStore } from "../ports/self-store.ts";

export interface SyncSelfDeps {
  readonly self: Pick<SelfStore, "inventory">;
  readonly selfConnector: Pick<FileConnector, "parse">;
  readonly ingest: Pick<IngestStore, "stageSync">;
  readonly ingestions: Pick<IngestionStore, "createIngestion" | "failIngestion">;
  readonly clock: Clock;
}

/** What Rollcall holds goes the way of every other source: stated as observations, compared, merged, judged. */
export async function syncSelf(deps: SyncSelfDeps, { workspaceId }: { readonly workspaceId: string }): Promise<void> {
  const asOf = deps.clock.now().toISOString();
  const inventory = await deps.self.inventory(workspaceId, asOf);
  if (inventory === null) return;
  const file = { name: "rollcall.json", bytes: new TextEncoder().encode(JSON.stringify(inventory)), modifiedAt: null };
  const options = { asOf, receivedAt: asOf, accountHint: null, fingerprint: () => null };
  const ingestionId = await deps.ingestions.createIngestion(workspaceId, { files: ["Rollcall itself"], origin: "self", createdBy: null });
  try {
    for (const parsed of deps.selfConnector.parse([file], options))
      await deps.ingest.stageSync(workspaceId, syncOf(parsed, { ingestionId, origin: "self" }), parsed.observations);
  } catch (error) {
    await deps.ingestions.failIngestion(workspaceId, ingestionId, "Rollcall could not list what it holds itself. It tries again.");
    throw error;
  }
}
