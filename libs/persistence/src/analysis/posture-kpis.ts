import type { Sql } from "../database/database.ts";
import { lensPredicates } from "../lens.ts";

export interface InventoryCounts {
  readonly identities: number;
  readonly unowned: number;
  readonly dormant: number;
  readonly over_privileged: number;
  readonly rotation_overdue: number;
  readonly with_credentials: number;
  readonly tier_zero: number;
  readonly expiring_30: number;
  readonly expired: number;
  readonly unknown_use: number;
}

const counted = [
  "unowned",
  "dormant",
  "over_privileged",
  "rotation_overdue",
  "tier_zero",
  "expiring_30",
  "expired",
  "unknown_use",
] as const;

export async function countInventory(sql: Sql, workspaceId: string): Promise<InventoryCounts> {
  const { rows } = await sql.query(
    `select count(*) as identities, count(*) filter (where s.credential_count > 0) as with_credentials,
            ${counted.map((lens) => `count(*) filter (where ${lensPredicates[lens]}) as ${lens}`).join(", ")}
       from identity_score s where s.workspace_id = $1`,
    [workspaceId],
  );
  return rows[0];
}

const sharePct = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((1000 * part) / whole) / 10);

/** Figures kept per day; the posture page shows the newest beside their trend. */
export function kpisOf(counts: InventoryCounts): Readonly<Record<string, number | null>> {
  return {
    ownership_coverage: sharePct(counts.identities - counts.unowned, counts.identities),
    rotation_compliance: sharePct(counts.with_credentials - counts.rotation_overdue, counts.with_credentials),
    dormant: sharePct(counts.dormant, counts.identities),
    over_privileged: sharePct(counts.over_privileged, counts.identities),
    tier_zero: counts.tier_zero,
    expiring_30: counts.expiring_30,
    expired: counts.expired,
    identities: counts.identities,
  };
}
