import type { Severity } from "@rollcall/nhi-model";

const order: readonly Severity[] = ["info", "low", "medium", "high", "critical"];

/** Sorts worst first when descending; 0 = no finding. */
export const severityRank = (severity: Severity | null): number => (severity === null ? 0 : order.indexOf(severity) + 1);
export const severityOfRank = (rank: number): Severity | null => order[rank - 1] ?? null;
