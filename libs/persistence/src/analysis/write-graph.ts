import type { AccessGraph, EdgeEvidence, GraphNode } from "@rollcall/access-graph";
import type { RuleTally } from "@rollcall/posture-pipeline";
import { bulkInsert } from "../database/bulk-insert.ts";
import type { CopyValue } from "../database/copy-in.ts";
import type { Sql } from "../database/database.ts";

/** `stored`: the graph that the tables hold, if that is known; only what differs from it is written. */
export async function writeGraph(sql: Sql, workspaceId: string, graph: AccessGraph, stored: AccessGraph | null = null): Promise<void> {
  const edgesFrom = stored === null || !sameNodes(stored, graph) ? null : sameEdges(stored, graph);
  if (edgesFrom === null) await sql.query("delete from graph_node where workspace_id = $1", [workspaceId]);
  if (edgesFrom === null || edgesFrom < Math.max(graph.edges.length, stored!.edges.length))
    await sql.query("delete from graph_edge where workspace_id = $1 and position >= $2", [workspaceId, edgesFrom ?? 0]);
  await sql.query("delete from graph_gap where workspace_id = $1", [workspaceId]);
  function* nodes(): Generator<readonly CopyValue[]> {
    for (const [position, node] of graph.nodes.entries()) yield [position, ...nodeRow(node)];
  }
  function* edges(): Generator<readonly CopyValue[]> {
    for (const [position, edge] of graph.edges.entries())
      if (position >= (edgesFrom ?? 0)) yield [position, edge.from, edge.to, edge.kind, edge.conditional, edge.level, { json: edge.why }];
  }
  function* gaps(): Generator<readonly CopyValue[]> {
    for (const [position, gap] of graph.gaps.entries()) yield [position, gap.ref, gap.what, gap.detail];
  }
  if (edgesFrom === null) await bulkInsert(sql, workspaceId, { table: "graph_node", columns: nodeColumns }, nodes());
  await bulkInsert(
    sql,
    workspaceId,
    { table: "graph_edge", columns: ["position", "from_node", "to_node", "kind", "conditional", "level", "why"] },
    edges(),
  );
  await bulkInsert(sql, workspaceId, { table: "graph_gap", columns: ["position", "ref", "what", "detail"] }, gaps());
}

const nodeColumns = [
  "position",
  "key",
  "kind",
  "subkind",
  "entity_id",
  "label",
  "provider",
  "account",
  "environment",
  "weight",
  "weight_reason",
  "tier_zero",
  "source_ids",
  "traits",
];

/** The columns but the position. */
const nodeRow = (node: GraphNode): readonly CopyValue[] => [
  node.key,
  node.kind,
  node.subkind,
  node.entityId,
  node.label,
  node.provider,
  node.account,
  node.environment,
  node.weight,
  node.weightReason,
  node.tierZero,
  // As PostgreSQL writes arrays, so that rows are compared as texts.
  node.sourceIds === undefined ? null : `{${node.sourceIds.join(",")}}`,
  node.traits === undefined ? null : JSON.stringify(node.traits),
];

const sameNodes = (a: AccessGraph, b: AccessGraph): boolean =>
  a.nodes.length === b.nodes.length && a.nodes.every((node, at) => isSameRow(nodeRow(node), nodeRow(b.nodes[at]!)));

const isSameRow = (a: readonly CopyValue[], b: readonly CopyValue[]): boolean => a.every((value, column) => value === b[column]);

/** How many edges are alike from the first on; those behind have other positions, most of them. */
function sameEdges(a: AccessGraph, b: AccessGraph): number {
  const [textOfA, textOfB] = [evidenceTexts(), evidenceTexts()];
  const most = Math.min(a.edges.length, b.edges.length);
  for (let at = 0; at < most; at += 1) {
    const [x, y] = [a.edges[at]!, b.edges[at]!];
    const alike = x.from === y.from && x.to === y.to && x.kind === y.kind && x.conditional === y.conditional && x.level === y.level;
    if (!alike || (x.why !== y.why && textOfA(x.why) !== textOfB(y.why))) return at;
  }
  return most;
}

/** Edges of one statement share their evidence: its text is made once. */
function evidenceTexts(): (why: EdgeEvidence) => string {
  const texts = new WeakMap<EdgeEvidence, string>();
  return (why) => {
    let text = texts.get(why);
    if (text === undefined) texts.set(why, (text = JSON.stringify(why)));
    return text;
  };
}

export async function writeTallies(sql: Sql, workspaceId: string, tallies: readonly RuleTally[]): Promise<void> {
  await sql.query("delete from rule_tally where workspace_id = $1", [workspaceId]);
  await bulkInsert(
    sql,
    workspaceId,
    { table: "rule_tally", columns: ["rule_id", "pass", "fail", "unknown", "not_applicable"] },
    tallies.map((tally) => [tally.ruleId, tally.pass, tally.fail, tally.unknown, tally.notApplicable]),
  );
}
