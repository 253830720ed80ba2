import type { AccessGraph } from "@rollcall/access-graph";
import type { OldestReading, SourceLag } from "../ports/graph-views.ts";
import type { SourceReading } from "../ports/read-store.ts";
import type { ReachTree } from "./reach-tree.ts";

/** A graph with how the sources it was read from stand now. */
export interface ReadGraph {
  readonly graph: AccessGraph;
  readonly readings: readonly SourceReading[];
  readonly lags: readonly SourceLag[];
}

const hourMillis = 3_600_000;

/** Sources that may have more to say than they did: not read lately, not read at all, or listed in part. */
export const lagsOf = (readings: readonly SourceReading[], now: Date): readonly SourceLag[] =>
  readings.flatMap((reading) => {
    const reason = reasonOf(reading, now);
    return reason === null ? [] : [{ id: reading.id, name: reading.name, asOf: reading.asOf, reason, datasets: reading.inPart }];
  });

function reasonOf({ status, lastSuccessAt, expectedIntervalHours, inPart }: SourceReading, now: Date): SourceLag["reason"] | null {
  if (status === "failing" || status === "not_connected") return status;
  const age = lastSuccessAt === null ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(lastSuccessAt);
  if (expectedIntervalHours !== null && age > expectedIntervalHours * hourMillis) return "stale";
  return inPart.length > 0 ? "partial" : null;
}

/** The sources that the node itself and what it controls were read from: a grant that one of them left out would add to its reach. */
export function sourcesBehind(graph: AccessGraph, { root, order, accessed }: ReachTree): ReadonlySet<string> {
  const behind = new Set<string>();
  let last: readonly string[] | undefined;
  for (const node of [root, ...order]) {
    const { sourceIds } = graph.nodes[node]!;
    // Neighbours are of one source nearly always, and share the list.
    if (sourceIds === undefined || sourceIds === last || (node !== root && accessed[node] === 1)) continue;
    last = sourceIds;
    for (const id of sourceIds) behind.add(id);
  }
  return behind;
}

/** An answer is as old as the oldest of what it rests on. Null = nothing of it is dated. */
export function oldestOf(readings: readonly SourceReading[], behind: ReadonlySet<string>): OldestReading | null {
  let oldest: OldestReading | null = null;
  for (const { id, name, asOf } of readings)
    if (asOf !== null && behind.has(id) && (oldest === null || asOf < oldest.asOf)) oldest = { id, name, asOf };
  return oldest;
}
