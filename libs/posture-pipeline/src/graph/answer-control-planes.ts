import { controlPlanes } from "@rollcall/access-graph";
import type { AccessGraph } from "@rollcall/access-graph";
import type { ControlPlaneView } from "../ports/graph-views.ts";
import { nodeView } from "./node-view.ts";

/** What would be lost together with each vault, pipeline, cluster, account or identity provider; most first. */
export const answerControlPlanes = (graph: AccessGraph): readonly ControlPlaneView[] =>
  controlPlanes(graph).map(({ node, role, radiusPct, controls, controlledBy }) => ({
    node: nodeView(graph.nodes[graph.indexByKey.get(node)!]!),
    role,
    pct: radiusPct,
    controls,
    controlledBy,
  }));
