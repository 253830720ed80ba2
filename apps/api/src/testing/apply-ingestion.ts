import { createStores, runtimeUrls } from "@rollcall/persistence";
import { testRootKey } from "@rollcall/persistence/testing";
import { createLogger } from "@rollcall/platform";
import { analyseWorkspace, applySync, type IngestionView } from "@rollcall/posture-pipeline";
import type { ApiUnderTest } from "./api-under-test.ts";

/** What the worker does with an ingestion that was stored, in this process. */
export async function applyIngestion(api: ApiUnderTest, workspaceId: string, ingestion: IngestionView): Promise<void> {
  const stores = createStores(runtimeUrls(api.database.ownerUrl, testRootKey));
  try {
    const logger = createLogger("test", { level: "silent" });
    for (const sync of ingestion.syncs) await applySync({ ingest: stores.ingest, logger }, { workspaceId, syncId: sync.id });
    await analyseWorkspace({ ...stores, clock: api.clock, logger }, workspaceId);
  } finally {
    await stores.close();
  }
}
