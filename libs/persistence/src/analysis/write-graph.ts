import type { AccessGraph } from "@rollcall/access-graph";
import type { RuleTally } from "@rollcall/posture-pipeline";
import { bulkInsert } from "../database/bulk-insert.ts";
import type { CopyValue } from "../database/copy-in.ts";
import type { Sql } from "../database/database.ts";

export async function writeGraph(sql: Sql, workspaceId: string, graph: AccessGraph): Promise<void> {
  for (const table of ["graph_node", "graph_edge", "graph_gap"])
    await sql.query(`delete from ${table} where workspace_id = $1`, [workspaceId]);
  function* nodes(): Generator<readonly CopyValue[]> {
    for (const [position, node] of graph.nodes.entries()) {
      yield [
        position,
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
      ];
    }
  }
  function* edges(): Generator<readonly CopyValue[]> {
    for (const [position, edge] of graph.edges.entries())
      yield [position, edge.from, edge.to, edge.kind, edge.conditional, edge.level, { json: edge.why }];
  }
  function* gaps(): Generator<readonly CopyValue[]> {
    for (const [position, gap] of graph.gaps.entries()) yield [position, gap.ref, gap.what, gap.detail];
  }
  await bulkInsert(
    sql,
    workspaceId,
    {
      table: "graph_node",
      columns: [
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
      ],
    },
    nodes(),
  );
  await bulkInsert(
    sql,
    workspaceId,
    { table: "graph_edge", columns: ["position", "from_node", "to_node", "kind", "conditional", "level", "why"] },
    edges(),
  );
  await bulkInsert(sql, workspaceId, { table: "graph_gap", columns: ["position", "ref", "what", "detail"] }, gaps());
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
