import type { NhiRecord } from "@rollcall/nhi-model";
import { blastRadiusOfAll } from "./reach/blast-radius.ts";
import { nodesWithGap } from "./reach/gap-marks.ts";
import { ownGrantEdges, ownGrantNodes } from "./reach/own-grants.ts";
import type { AccessGraph } from "./types.ts";

/** Fields of the normalised record that the graph answers. A missing field is unknown: a gap hides the grants that decide it. */
export interface AccessFacts {
  readonly access: Pick<
    NonNullable<NhiRecord["access"]>,
    "admin" | "wildcard" | "escalationPaths" | "sensitiveResourceCount" | "reachableEnvironments" | "blastRadius"
  >;
  readonly trust: NhiRecord["trust"];
}

const marksOf = new WeakMap<AccessGraph, Uint8Array>();

/** What the record of an identity says about its access, from the graph. blastRadius is BR% of Gmin, 0-100, rounded. */
export function accessFacts(graph: AccessGraph, node: number): AccessFacts {
  const radius = blastRadiusOfAll(graph).at(node);
  const ownGap = hasOwnGap(graph, node);
  const hidden = radius.atLeast === true;
  const admin = ownsTierZero(graph, node);
  const wildcard = graph.nodes[node]!.traits?.wildcard;
  return {
    access: {
      ...(admin || !(ownGap || conditionallyOwns(graph, node)) ? { admin } : {}),
      ...(wildcard === true || (wildcard === false && !ownGap) ? { wildcard } : {}),
      // Counts and shares below a gap are lower bounds: high ones are still true, low ones would be a guess.
      ...(radius.escalations.length > 0 || !ownGap ? { escalationPaths: radius.escalations.length } : {}),
      ...(radius.sensitiveMin > 0 || !hidden ? { sensitiveResourceCount: radius.sensitiveMin } : {}),
      ...(radius.environments.length > 0 || !hidden ? { reachableEnvironments: radius.environments } : {}),
      ...(radius.min > 0 || !hidden ? { blastRadius: Math.round(radius.pctMin) } : {}),
    },
    trust: graph.nodes[node]!.traits?.trust?.map(({ party: _party, ...rest }) => rest),
  };
}

/** Full control of a tier-0 account or cluster by the node's own grants, not by becoming someone else. */
const ownsTierZero = (graph: AccessGraph, node: number): boolean =>
  ownGrantEdges(graph, node).some((edge) => edge.kind === "OWNS" && graph.nodes[edge.to]!.tierZero);

const conditionallyOwns = (graph: AccessGraph, node: number): boolean =>
  ownGrantEdges(graph, node, "max").some((edge) => edge.kind === "OWNS" && graph.nodes[edge.to]!.tierZero);

function hasOwnGap(graph: AccessGraph, node: number): boolean {
  let marks = marksOf.get(graph);
  if (marks === undefined) marksOf.set(graph, (marks = nodesWithGap(graph)));
  return ownGrantNodes(graph, node).some((own) => marks[own] === 1);
}
