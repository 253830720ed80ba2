import type { AccessGraph } from "@rollcall/access-graph";

const cache = new WeakMap<AccessGraph, readonly (readonly number[])[]>();

/** Nodes that each node gains control of in one step, conditional steps included. */
function controlSteps(graph: AccessGraph): readonly (readonly number[])[] {
  const known = cache.get(graph);
  if (known !== undefined) return known;
  const steps: number[][] = graph.nodes.map(() => []);
  for (const edge of graph.edges) if (edge.kind !== "ACCESSES") steps[edge.from]?.push(edge.to);
  cache.set(graph, steps);
  return steps;
}

/** Least number of control edges from a node to every node it comes to control. */
export function controlHops(graph: AccessGraph, start: number): ReadonlyMap<number, number> {
  const steps = controlSteps(graph);
  const hops = new Map([[start, 0]]);
  for (const [node, distance] of hops) {
    for (const next of steps[node] ?? []) if (!hops.has(next)) hops.set(next, distance + 1);
  }
  return hops;
}
