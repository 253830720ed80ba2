import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { blastRadiusOfAll } from "@rollcall/access-graph";
import { graphSketch, rawGraph, type GraphSketch } from "@rollcall/access-graph/testing";
import { createDatabase, type Database } from "../database/database.ts";
import { testWorkspace, type TestWorkspace } from "../testing/test-workspace.ts";
import { readGraph } from "./read-graph.ts";
import { writeGraph } from "./write-graph.ts";

const graphs = 1000;

let rig: TestWorkspace;
let database: Database;
beforeAll(async () => {
  rig = await testWorkspace();
  database = createDatabase(rig.server);
});
afterAll(async () => {
  await database.close();
  await rig.end();
});

/** Many graphs side by side in one: what one of them reaches says nothing of another. */
const together = (sketches: readonly GraphSketch[]): GraphSketch => ({
  nodes: sketches.flatMap(({ nodes }, at) => nodes.map((node) => ({ ...node, key: `${node.key}/${at}` }))),
  edges: sketches.flatMap(({ edges }, at) => edges.map((edge) => ({ ...edge, from: `${edge.from}/${at}`, to: `${edge.to}/${at}` }))),
});

/** Blast radius by the definition alone: whom one comes to control step by step, and one step of access from each. */
const radiusInSql = (edges: string): string => `
  with recursive edge as (${edges}),
  ctl (s, n) as (
    select position, position from graph_node where workspace_id = $1
    union
    select ctl.s, edge.to_node from ctl join edge on edge.from_node = ctl.n where edge.kind <> 'ACCESSES'
  ),
  gained (s, a, points) as (
    select s, n, 10 from ctl
    union all
    select ctl.s, edge.to_node, case edge.level when 'admin' then 10 when 'write' then 8 else 5 end
      from ctl join edge on edge.from_node = ctl.n where edge.kind = 'ACCESSES'
  ),
  best as (select s, a, max(points) as points from gained where s <> a group by s, a)
  select position, coalesce(sum(asset.weight * best.points), 0)::int as radius
    from graph_node root left join best on best.s = root.position
    left join (select position as asset_position, weight from graph_node where workspace_id = $1) asset on asset.asset_position = best.a
   where root.workspace_id = $1 group by position order by position`;

it(`blast radius is what a recursive query over the stored graph finds, for ${graphs} graphs in both bounds`, async () => {
  const { nodes, edges } = together(fc.sample(graphSketch, { numRuns: graphs, seed: 11 }));
  const graph = rawGraph(nodes, edges);
  const { workspace } = rig;
  await database.sqlInWorkspace(workspace, (sql) => writeGraph(sql, workspace, graph));
  const stored = await database.sqlInWorkspace(workspace, readGraph);
  const radii = blastRadiusOfAll(stored);
  const all = "select * from graph_edge where workspace_id = $1";
  for (const [bound, chosen] of [
    ["min", `${all} and not conditional`],
    ["max", all],
  ] as const) {
    const rows = await rig.server.query(radiusInSql(chosen), [workspace]);
    const differing = rows.flatMap(({ position, radius }) => {
      const ours = radii[bound][Number(position)];
      return ours === radius ? [] : [{ node: stored.nodes[Number(position)]?.key, ours, radius }];
    });
    expect(differing).toEqual([]);
    expect(rows).toHaveLength(graph.nodes.length);
    // Graphs in which nothing is reached would agree whatever the query said.
    expect(rows.filter(({ radius }) => Number(radius) > 0).length).toBeGreaterThan(graphs / 2);
  }
});
