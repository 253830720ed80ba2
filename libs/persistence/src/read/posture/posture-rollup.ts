import { countInventory, type InventoryCounts } from "../../analysis/posture-kpis.ts";
import type { Sql } from "../../database/database.ts";
import type { PostureView } from "@rollcall/posture-pipeline";
import { byOwner, changesSince, expiryForecast, openBySeverity, topActions } from "./posture-facts.ts";

/** What the posture page says that only an analysis changes: counted once when it is stored, not at every look. */
export interface PostureRollup extends Pick<PostureView, "openFindings" | "changes" | "topActions" | "expiring" | "byOwner"> {
  readonly counts: InventoryCounts;
}

export async function countRollup(
  sql: Sql,
  workspaceId: string,
  run: { readonly asOf: string; readonly score: number | null },
): Promise<PostureRollup> {
  return {
    counts: await countInventory(sql, workspaceId),
    openFindings: await openBySeverity(sql, workspaceId),
    changes: await changesSince(sql, workspaceId, run),
    topActions: await topActions(sql, workspaceId),
    expiring: await expiryForecast(sql, workspaceId),
    byOwner: await byOwner(sql, workspaceId),
  };
}

/** After the posture point of the day is stored, because the trend begins there. */
export async function storeRollup(
  sql: Sql,
  workspaceId: string,
  run: { readonly asOf: string; readonly score: number | null },
): Promise<void> {
  const rollup = await countRollup(sql, workspaceId, run);
  await sql.query("update analysis_run set rollup = $2 where workspace_id = $1", [workspaceId, JSON.stringify(rollup)]);
}

/** When something that was counted goes without an analysis; until the next one the page counts for itself. */
export async function forgetRollup(sql: Sql, workspaceId: string): Promise<void> {
  await sql.query("update analysis_run set rollup = null where workspace_id = $1", [workspaceId]);
}
