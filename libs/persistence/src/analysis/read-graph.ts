import { graphFromRows } from "@rollcall/access-graph";
import type { AccessGraph, EdgeEvidence, EdgeKind, GraphEdge, GraphGap, GraphNode, NodeKind } from "@rollcall/access-graph";
import { copyOut } from "../database/copy-out.ts";
import type { Sql } from "../database/database.ts";

const ofWorkspace = "where workspace_id = current_setting('app.workspace_id')::uuid order by position";

/** The graph that the newest analysis wrote, by COPY. Row-level security and the setting of the transaction name the workspace. */
export async function readGraph(sql: Sql): Promise<AccessGraph> {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const gaps: GraphGap[] = [];
  const shared = new SharedTexts();
  await copyOut(
    sql,
    `select key, kind, subkind, entity_id, label, provider, account, environment, weight, weight_reason, tier_zero from graph_node ${ofWorkspace}`,
    ([key, kind, subkind, entityId, label, provider, account, environment, weight, weightReason, tierZero]) => {
      nodes.push({
        key: key!,
        kind: shared.one(kind!) as NodeKind,
        subkind: shared.one(subkind!),
        entityId: entityId!,
        label: label!,
        provider: shared.one(provider!),
        account: shared.maybe(account!),
        environment: shared.maybe(environment!),
        weight: Number(weight),
        weightReason: shared.maybe(weightReason!),
        tierZero: tierZero === "t",
      });
    },
  );
  const evidence = new Map<string, EdgeEvidence>();
  await copyOut(
    sql,
    `select from_node, to_node, kind, conditional, level, why from graph_edge ${ofWorkspace}`,
    ([from, to, kind, conditional, level, why]) => {
      let parsed = evidence.get(why!);
      // Edges of one statement share their evidence, as they did when they were built.
      if (parsed === undefined) evidence.set(why!, (parsed = JSON.parse(why!) as EdgeEvidence));
      edges.push({
        from: Number(from),
        to: Number(to),
        kind: shared.one(kind!) as EdgeKind,
        conditional: conditional === "t",
        level: shared.maybe(level!) as GraphEdge["level"],
        why: parsed,
      });
    },
  );
  await copyOut(sql, `select ref, what, detail from graph_gap ${ofWorkspace}`, ([ref, what, detail]) => {
    gaps.push({ ref: ref!, what: shared.one(what!) as GraphGap["what"], detail: detail! });
  });
  return graphFromRows(nodes, edges, gaps);
}

/** Words that repeat on every row are kept once. */
class SharedTexts {
  readonly #texts = new Map<string, string>();
  one(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#texts.set(text, text);
    return text;
  }
  maybe(text: string | null): string | null {
    return text === null ? null : this.one(text);
  }
}
