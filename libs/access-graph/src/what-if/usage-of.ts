import type { Usage } from "@rollcall/nhi-model";
import type { AccessGraph, GraphEdge } from "../types.ts";
import type { UseConfidence } from "./what-if-types.ts";

export interface Use {
  readonly used: UseConfidence;
  readonly lastUsedAt: string | null;
}

const recentDays = 90;
const dayMs = 86_400_000;
const unknownUse: Use = { used: "unknown", lastUsedAt: null };

/** Evidence of use by identity and service. Silence about an identity is unknown; a listing that shows no use is unused. */
export class UsageEvidence {
  readonly #asOfMs: number;
  readonly #byIdentity: ReadonlyMap<string, readonly Usage[]>;
  readonly isEmpty: boolean;

  constructor(usage: readonly Usage[] | undefined, asOf: string | undefined) {
    this.#asOfMs = asOf === undefined ? Number.NaN : Date.parse(asOf);
    this.#byIdentity = Map.groupBy(usage ?? [], (row) => row.identityId);
    this.isEmpty = this.#byIdentity.size === 0 || Number.isNaN(this.#asOfMs);
  }

  /** Did this node use what these edges of its own gave it? */
  of(graph: AccessGraph, node: number, edges: readonly GraphEdge[]): Use {
    const rows = this.#byIdentity.get(graph.nodes[node]!.entityId ?? "");
    if (rows === undefined || this.isEmpty) return unknownUse;
    const services = edges.map(serviceOfEdge);
    const speaking = services.includes(null) ? rows : rows.filter((row) => row.service === null || services.includes(row.service));
    const lastUsedAt = speaking.reduce<string | null>(
      (last, row) => (row.lastUsedAt !== null && (last === null || row.lastUsedAt > last) ? row.lastUsedAt : last),
      null,
    );
    if (lastUsedAt !== null && this.#asOfMs - Date.parse(lastUsedAt) <= recentDays * dayMs) return { used: "used", lastUsedAt };
    // Only a record that looks back far enough can say that something was not used.
    const looksBack = rows.some((row) => row.observedDays !== null && row.observedDays >= recentDays);
    return looksBack || lastUsedAt !== null ? { used: "unused", lastUsedAt } : unknownUse;
  }
}

/** `s3` of "s3:GetObject allowed by ..."; null when the edge's facts name no action. */
function serviceOfEdge({ why }: GraphEdge): string | null {
  for (const { detail } of why.facts) {
    const found = /^([a-z0-9-]+):\w+ allowed by /i.exec(detail);
    if (found !== null) return found[1]!.toLowerCase();
  }
  return null;
}
