import { graphFromRows } from "@rollcall/access-graph";
import type { AccessGraph, EdgeEvidence, EdgeKind, GraphEdge, GraphGap, GraphNode, NodeKind, NodeTraits } from "@rollcall/access-graph";
import { copyOut } from "../database/copy-out.ts";
import type { Sql } from "../database/database.ts";

const ofWorkspace = "where workspace_id = current_setting('app.workspace_id')::uuid order by position";

/** The graph that the newest analysis wrote, by COPY. Row-level security and the setting of the transaction name the workspace. */
export async function readGraph(sql: Sql): Promise<AccessGraph> {
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const gaps: GraphGap[] = [];
  const shared = new SharedTexts();
  const traitsOf = parsedOnce<NodeTraits>();
  await copyOut(
    sql,
    `select key, kind, subkind, entity_id, label, provider, account, environment, weight, weight_reason, tier_zero, traits from graph_node ${ofWorkspace}`,
    ([key, kind, subkind, entityId, label, provider, account, environment, weight, weightReason, tierZero, traits]) => {
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
        ...(traits === null ? {} : { traits: traitsOf(traits!) }),
      });
    },
  );
  const evidenceOf = parsedOnce<EdgeEvidence>();
  await copyOut(
    sql,
    `select from_node, to_node, kind, conditional, level, why from graph_edge ${ofWorkspace}`,
    ([from, to, kind, conditional, level, why]) => {
      edges.push({
        from: Number(from),
        to: Number(to),
        kind: shared.one(kind!) as EdgeKind,
        conditional: conditional === "t",
        level: shared.maybe(level!) as GraphEdge["level"],
        // Edges of one statement share their evidence, as they did when they were built.
        why: evidenceOf(why!),
      });
    },
  );
  await copyOut(sql, `select ref, what, detail from graph_gap ${ofWorkspace}`, ([ref, what, detail]) => {
    gaps.push({ ref: ref!, what: shared.one(what!) as GraphGap["what"], detail: detail! });
  });
  return graphFromRows(nodes, edges, gaps);
}

/** The same text gives the same object. */
function parsedOnce<T>(): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let parsed = known.get(text);
    if (parsed === undefined) known.set(text, (parsed = JSON.parse(text) as T));
    return parsed;
  };
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
