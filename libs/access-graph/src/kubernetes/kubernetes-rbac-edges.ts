import type { Grant } from "@rollcall/nhi-model";
import { globMatches } from "../aws/glob.ts";
import { evidence, resting } from "../edge-builder.ts";
import type { BuildContext, EdgeBuilder } from "../edge-builder.ts";
import type { EdgeKind } from "../types.ts";
import { grantGround, restsOn } from "../ways.ts";
import { Bindings } from "./bindings.ts";
import { cloudIdentityEdges } from "./cloud-identity-edges.ts";
import { ClusterMap } from "./cluster-map.ts";
import { combinedEdges } from "./combined-edges.ts";
import type { TokenlessPod } from "./cloud-identity-edges.ts";
import type { Holding } from "./combined-edges.ts";
import { CloudPrincipals, cloudPrincipalGrants } from "./cloud-principals.ts";
import { groupEdges } from "./group-edges.ts";
import { podIdentityGrant } from "./pod-identities.ts";
import { parseRbacRef } from "./rbac-ref.ts";
import { isWildcard } from "./rbac-rules.ts";
import { missingEnd, refWords, unknownKind } from "../gap-words.ts";

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
  const bindings = new Bindings(context, map);
  const holdings = new Map<string, Holding[]>();
  const principals = new CloudPrincipals(context, bindings);
  const tokenless = new Map<string, TokenlessPod[]>();
  for (const grant of context.grants) {
    if (grant.grantKind === "role_binding") bindRole(context, { bindings, holdings, principals }, grant);
    else if (grant.grantKind === "runs_as") runsAs(context, { bindings, tokenless }, grant);
    else if (grant.grantKind === "mounts_secret") link(context, grant, "CAN_READ_SECRET");
    else if (cloudPrincipalGrants.has(grant.grantKind)) principals.add(grant);
    else if (grant.grantKind !== podIdentityGrant)
      context.draft.addGap({ ref: grant.from, what: "not_modelled", detail: unknownKind(grant) });
  }
  const groupsOf = new Map([...groupEdges(context, map), ...principals.groupsOf]);
  for (const subject of new Set([...holdings.keys(), ...groupsOf.keys()])) {
    const groups = (groupsOf.get(subject) ?? []).map((group) => holdings.get(group) ?? []);
    const own = holdings.get(subject) ?? [];
    // What one group holds by itself is said of the group.
    if (own.length > 0 || groups.filter((held) => held.some(({ role }) => role.rules.length > 0)).length > 1)
      for (const held of Map.groupBy([...own, ...groups.flat()], ({ role }) => role.cluster).values())
        combinedEdges(context, bindings, { subject, holdings: held });
  }
  cloudIdentityEdges(context, map, tokenless);
  storedTokens(context, map);
}

interface Known {
  readonly bindings: Bindings;
  /** Roles by the subject that holds them. */
  readonly holdings: Map<string, Holding[]>;
  readonly principals: CloudPrincipals;
}

/** A namespace may be a pattern: EKS takes them in the scope of an access policy. */
function bindRole(context: BuildContext, known: Known, grant: Grant): void {
  const at = parseRbacRef(grant.to);
  const stated = typeof grant.attributes["namespace"] === "string" ? grant.attributes["namespace"] : (at?.namespace ?? null);
  const isPattern = at !== null && stated?.includes("*") === true;
  const places = isPattern ? known.bindings.map.namespaces(at.cluster).filter((place) => globMatches(stated, place)) : [stated];
  for (const place of places) bindRoleAt(context, known, { grant, namespace: place });
}

function bindRoleAt(
  context: BuildContext,
  { bindings, holdings, principals }: Known,
  { grant, namespace }: { grant: Grant; namespace: string | null },
): void {
  const { draft, inventory } = context;
  const isPrincipal = grant.from.startsWith("arn:");
  const subject = isPrincipal ? { key: principals.keyOf(grant) } : inventory.resolve(grant.sourceId, grant.from);
  const at = parseRbacRef(grant.to);
  if (subject === undefined || at === null) {
    draft.addGap({
      ref: grant.from,
      what: "unresolved_reference",
      detail: missingEnd(grant, subject === undefined ? grant.from : grant.to),
    });
    return;
  }
  const role = bindings.at(grant.sourceId, grant.to, namespace);
  if (role === null) {
    draft.addGap({
      ref: grant.from,
      what: "policy_document_missing",
      detail: `it is bound to ${refWords(grant.to)}, whose rules are not known`,
    });
    return;
  }
  const binding = typeof grant.attributes["binding"] === "string" ? grant.attributes["binding"] : grant.ref;
  draft.addEdge({
    from: subject.key,
    to: role.key,
    kind: "HAS_ROLE",
    conditional: false,
    level: null,
    why: resting(evidence([{ ref: grant.ref, detail: `binding ${binding}` }]), restsOn(grantGround(grant))),
  });
  if (role.rules.some(isWildcard)) draft.setTraits(subject.key, { wildcard: true });
  const held = holdings.get(subject.key);
  if (held === undefined) holdings.set(subject.key, [{ role, grant }]);
  else held.push({ role, grant });
}

interface Running {
  readonly bindings: Bindings;
  /** Pods without a token of their account, by account. */
  readonly tokenless: Map<string, TokenlessPod[]>;
}

/** Whoever is in a pod is its service account, unless the pod gets no token of it. */
function runsAs(context: BuildContext, { bindings, tokenless }: Running, grant: Grant): void {
  const [from, to] = [context.inventory.resolve(grant.sourceId, grant.from), context.inventory.resolve(grant.sourceId, grant.to)];
  const withoutToken = from?.kind === "resource" && to?.kind === "identity" && hasNoToken(from.entity.attributes, to.entity.attributes);
  if (!withoutToken) {
    link(context, grant, "RUNS_AS");
    return;
  }
  bindings.nodes.addTokenRequest(from, to);
  const pods = tokenless.get(to.key);
  if (pods === undefined) tokenless.set(to.key, [{ key: from.key, grant }]);
  else pods.push({ key: from.key, grant });
}

function hasNoToken(workload: Readonly<Record<string, unknown>>, account: Readonly<Record<string, unknown>>): boolean {
  const stated = workload["serviceAccountToken"];
  return stated === "not_mounted" || (stated === "account_default" && account["automountToken"] === false);
}

function link({ draft, inventory }: BuildContext, grant: Grant, kind: EdgeKind): void {
  const [from, to] = [inventory.resolve(grant.sourceId, grant.from), inventory.resolve(grant.sourceId, grant.to)];
  if (from === undefined || to === undefined) {
    draft.addGap({
      ref: grant.from,
      what: "unresolved_reference",
      detail: missingEnd(grant, from === undefined ? grant.from : grant.to),
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
