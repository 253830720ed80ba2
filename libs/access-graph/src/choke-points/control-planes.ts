import { byText } from "../order.ts";
import { blastRadiusOfAll } from "../reach/blast-radius.ts";
import { graphIndex, levelPoints } from "../reach/graph-index.ts";
import { Upward } from "../reach/upward.ts";
import type { AccessGraph, GraphNode } from "../types.ts";
import type { ControlPlane } from "./choke-point-types.ts";

/** Kinds of resources and identities through which others get their credentials or their code. */
const roles: Readonly<Record<string, ControlPlane["role"]>> = {
  vault: "vault",
  ci_pipeline: "pipeline",
  cluster: "cluster",
  account: "account",
  platform: "platform",
};

const mostListed = 50;

/** Where control is concentrated: vaults, CI, identity providers, clusters and accounts, each with a blast radius of its own. Largest first. */
export function controlPlanes(graph: AccessGraph, limit = mostListed): ControlPlane[] {
  const table = blastRadiusOfAll(graph);
  const upward = new Upward(graphIndex(graph), "max");
  const share = (radius: number): number => (graph.totalWeight === 0 ? 0 : Math.round((1000 * radius) / graph.totalWeight) / 10);
  const found = graph.nodes.flatMap((node, index) => {
    const role = roleOf(node);
    return role === undefined ? [] : [{ node, index, role, radius: { min: table.min[index]!, max: table.max[index]! } }];
  });
  found.sort((a, b) => b.radius.min - a.radius.min || b.radius.max - a.radius.max || byText(a.node.key, b.node.key));
  return found.slice(0, limit).map(({ node, index, role, radius }) => ({
    node: node.key,
    role,
    radius,
    radiusPct: { min: share(radius.min), max: share(radius.max) },
    controls: table.at(index).identitiesMax,
    controlledBy: upward.reachersOf(index, levelPoints.admin).filter((each) => each !== index && graph.nodes[each]!.kind === "identity")
      .length,
  }));
}

/** An issuer of tokens that something here trusts is an identity provider, wherever it runs. */
const roleOf = ({ key, subkind }: GraphNode): ControlPlane["role"] | undefined =>
  /^external:(oidc|saml):/.test(key) ? "identity_provider" : Object.hasOwn(roles, subkind) ? roles[subkind] : undefined;
