import type { Grant } from "@rollcall/nhi-model";
import { derivedNode } from "../derived-node.ts";
import { evidence, resting } from "../edge-builder.ts";
import type { BuildContext, EdgeBuilder } from "../edge-builder.ts";
import type { EdgeKind } from "../types.ts";
import { grantGround, restsOn } from "../ways.ts";
import { ClusterMap } from "./cluster-map.ts";
import { groupEdges } from "./group-edges.ts";
import { irsaEdges } from "./irsa-edges.ts";
import { parseRbacRef } from "./rbac-ref.ts";
import { isWildcard } from "./rbac-rules.ts";
import { roleEdges } from "./role-edges.ts";
import { RoleReader } from "./role-reader.ts";

/** Dialect `kubernetes_rbac`: bindings, workloads and secrets of clusters. */
export const kubernetesRbacEdges: EdgeBuilder = { dialect: "kubernetes_rbac", build };

function build(context: BuildContext): void {
  const map = new ClusterMap(context);
  for (const cluster of map.clusters()) {
    map.cluster(cluster);
    for (const namespace of map.namespaces(cluster)) map.namespace(cluster, namespace);
  }
  // No binding is an answer too; a binding whose rules are unknown leaves a gap, which hides it again.
  for (const { located } of map.things) if (located.kind === "identity") context.draft.setTraits(located.key, { wildcard: false });
  const roles = new RoleReader(context);
  const bound = new Set<string>();
  for (const grant of context.grants) {
    if (grant.grantKind === "role_binding") bindRole(context, { map, roles, bound }, grant);
    else if (grant.grantKind === "runs_as") link(context, grant, "RUNS_AS");
    else if (grant.grantKind === "mounts_secret") link(context, grant, "CAN_READ_SECRET");
    else context.draft.addGap({ ref: grant.from, what: "not_modelled", detail: `grants of kind ${grant.grantKind} are not understood` });
  }
  groupEdges(context, map);
  irsaEdges(context, map);
  storedTokens(context, map);
}

interface Binding {
  readonly map: ClusterMap;
  readonly roles: RoleReader;
  readonly bound: Set<string>;
}

function bindRole(context: BuildContext, { map, roles, bound }: Binding, grant: Grant): void {
  const { draft, inventory } = context;
  const subject = inventory.resolve(grant.sourceId, grant.from);
  const at = parseRbacRef(grant.to);
  if (subject === undefined || at === null) {
    draft.addGap({
      ref: grant.from,
      what: "unresolved_reference",
      detail: `binding ${grant.ref} names ${subject === undefined ? grant.from : grant.to}, which is not in the inventory`,
    });
    return;
  }
  const namespace = typeof grant.attributes["namespace"] === "string" ? grant.attributes["namespace"] : at.namespace;
  const rules = roles.rulesOf(grant);
  if (rules === null) {
    draft.addGap({ ref: grant.from, what: "policy_document_missing", detail: `${grant.to} is bound, but its rules are not known` });
    return;
  }
  const scoped =
    namespace !== null && at.namespace === null
      ? `resource:${grant.to}@${namespace}`
      : (inventory.resolve(grant.sourceId, grant.to)?.key ?? `resource:${grant.to}`);
  draft.addNode(
    derivedNode(scoped, namespace === null ? `${at.kind} ${at.name}` : `${at.kind} ${at.name} in namespace ${namespace}`, {
      provider: "kubernetes",
      subkind: "permission_set",
      account: at.cluster,
    }),
  );
  const binding = typeof grant.attributes["binding"] === "string" ? grant.attributes["binding"] : grant.ref;
  draft.addEdge({
    from: subject.key,
    to: scoped,
    kind: "HAS_ROLE",
    conditional: false,
    level: null,
    why: resting(evidence([{ ref: grant.ref, detail: `binding ${binding}` }]), restsOn(grantGround(grant))),
  });
  if (rules.some(isWildcard)) draft.setTraits(subject.key, { wildcard: true });
  if (bound.has(scoped)) return;
  bound.add(scoped);
  roleEdges(context, map, { key: scoped, ref: grant.to, cluster: at.cluster, namespace, rules });
}

function link({ draft, inventory }: BuildContext, grant: Grant, kind: EdgeKind): void {
  const [from, to] = [inventory.resolve(grant.sourceId, grant.from), inventory.resolve(grant.sourceId, grant.to)];
  if (from === undefined || to === undefined) {
    draft.addGap({
      ref: grant.from,
      what: "unresolved_reference",
      detail: `${grant.grantKind} names ${from === undefined ? grant.from : grant.to}, which is not in the inventory`,
    });
    return;
  }
  draft.addEdge({
    from: from.key,
    to: to.key,
    kind,
    conditional: false,
    level: null,
    why: resting(
      evidence([{ ref: grant.ref, detail: kind === "RUNS_AS" ? "pod specification" : "mounted or read as environment" }]),
      restsOn(grantGround(grant)),
    ),
  });
}

/** A service-account token kept in a secret: whoever reads the secret is the service account. */
function storedTokens({ draft, inventory }: BuildContext, map: ClusterMap): void {
  for (const { located } of map.things) {
    if (located.kind !== "resource" || located.entity.kind !== "secret") continue;
    const ref = located.entity.attributes["serviceAccountRef"];
    const account = typeof ref === "string" ? inventory.resolve(located.entity.sourceId, ref) : undefined;
    if (account !== undefined)
      draft.addEdge({
        from: located.key,
        to: account.key,
        kind: "STORES",
        conditional: false,
        level: null,
        why: evidence([{ ref: located.entity.ref, detail: "holds a token of the service account" }]),
      });
  }
}
