import { mergeObservations, type SyncRow } from "@rollcall/posture-pipeline";
import type { Stores } from "../create-stores.ts";
import { listingOf, type Listing } from "./estate.ts";

export interface StagedListing {
  readonly ingestionId: string;
  readonly sync: SyncRow;
}

/** What an upload and then a worker do with one listing: it is stated, what it no longer lists is gone, and the inventory follows. */
export async function ingestListing(stores: Stores, workspace: string, listing: Listing): Promise<StagedListing> {
  const staged = await stageListing(stores, workspace, listing);
  const { sync } = staged;
  const plan = await stores.ingest.plan(workspace, sync.id);
  await stores.ingest.apply(
    workspace,
    sync,
    plan.map((scope) => scope.scopeId),
  );
  await stores.ingest.materialise(workspace, sync, mergeObservations);
  return staged;
}

/** The upload alone. */
export async function stageListing(
  stores: Stores,
  workspace: string,
  listing: Listing,
  origin: "import" | "demo" = "import",
): Promise<StagedListing> {
  const ingestionId = await stores.ingestions.createIngestion(workspace, { files: ["listing.json"], origin, createdBy: null });
  const { sync, observations } = listingOf(ingestionId, listing);
  return { ingestionId, sync: await stores.ingest.stageSync(workspace, { ...sync, origin }, observations) };
}
