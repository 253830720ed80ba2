import { awsIamEdges } from "./aws/aws-iam-edges.ts";
import { credentialEdges } from "./credential-edges.ts";
import { directEdges } from "./direct/direct-edges.ts";
import { storedValueEdges } from "./direct/stored-value-edges.ts";
import { GraphDraft } from "./draft.ts";
import type { EdgeBuilder } from "./edge-builder.ts";
import { outsiderEdges } from "./federation/outsider-edges.ts";
import { workloadFederationEdges } from "./federation/workload-federation-edges.ts";
import { Inventory, nodeOfEntity } from "./inventory.ts";
import { kubernetesRbacEdges } from "./kubernetes/kubernetes-rbac-edges.ts";
import type { AccessGraph, GraphInput } from "./types.ts";

/** One line per dialect: this is all there is to registering a builder. */
const edgeBuilders: readonly EdgeBuilder[] = [awsIamEdges, kubernetesRbacEdges, directEdges];

/** Definitions of permissions, not things to reach: kept only when an edge names them. */
const definitionKinds: ReadonlySet<string> = new Set(["policy", "permission_set"]);

/** The access graph of one workspace. Input order does not matter: the same inventory gives the same graph. */
export function buildGraph(input: GraphInput): AccessGraph {
  const inventory = new Inventory(input);
  const draft = new GraphDraft();
  const sourceIds = new Map<string, readonly string[]>();
  for (const located of inventory.all) {
    const { sourceId } = located.entity;
    let ids = sourceIds.get(sourceId);
    if (ids === undefined) sourceIds.set(sourceId, (ids = [sourceId]));
    const node = nodeOfEntity(located, ids);
    if (located.kind === "resource" && definitionKinds.has(located.entity.kind)) draft.addNodeIfUsed(node);
    else draft.addNode(node);
  }
  credentialEdges(inventory, draft, input.asOf);
  const known = new Set(edgeBuilders.map((builder) => builder.dialect));
  for (const builder of edgeBuilders) {
    builder.build({ inventory, draft, asOf: input.asOf, grants: inventory.grants.filter((grant) => grant.dialect === builder.dialect) });
  }
  workloadFederationEdges(inventory, draft);
  outsiderEdges(inventory, draft);
  storedValueEdges(inventory, draft);
  for (const grant of inventory.grants) {
    if (!known.has(grant.dialect))
      draft.addGap({
        ref: grant.from,
        what: "not_modelled",
        detail: `its grants are stated in "${grant.dialect}", which the graph does not read`,
      });
  }
  return draft.finish();
}
