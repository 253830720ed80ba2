import type { Grant } from "@rollcall/nhi-model";
import { edgePhrase, isEdgeKind } from "../edge-kinds.ts";
import { isServiceLinkedRole } from "../inherent-grant.ts";
import type { AccessGraph, Ground } from "../types.ts";
import { edgeChanges } from "./overlay.ts";
import type { UsageEvidence } from "./usage-of.ts";
import type { Change, Fix, UseConfidence } from "./what-if-types.ts";
import type { SideEffects } from "../routes/route-types.ts";

/** How grounds read, and what it takes to remove them. */
export class Fixes {
  readonly #graph: AccessGraph;
  readonly #grants: ReadonlyMap<string, Grant>;

  constructor(graph: AccessGraph, grants: readonly Grant[] = []) {
    this.#graph = graph;
    this.#grants = new Map(grants.map((grant) => [grant.id, grant]));
  }

  of(grounds: readonly Ground[]): Fix {
    return {
      grounds,
      changes: grounds.flatMap((ground) => changeOf(ground) ?? []),
      title: grounds.map((ground) => this.#title(ground)).join("; "),
    };
  }

  #title(ground: Ground): string {
    const change = changeOf(ground);
    switch (change?.kind) {
      case "revoke_credential":
        return `Revoke ${this.#labelOf(change.credential)}`;
      case "remove_statement":
        return isTrust(change.policy)
          ? `Remove ${change.statement} from the trust policy of ${shortName(change.policy)}`
          : `Remove ${change.statement} from ${shortName(change.policy)}`;
      case "remove_grant":
        return grantTitle(this.#grants.get(change.grant), change.grant);
      default:
        return ground;
    }
  }

  #labelOf(key: string): string {
    const node = this.#graph.indexByKey.get(key);
    return node === undefined ? key : this.#graph.nodes[node]!.label;
  }
}

/** Null for what nobody can remove, or only with effects that the graph alone does not tell. */
export function changeOf(ground: Ground): Change | null {
  const rest = ground.slice(ground.indexOf(":") + 1);
  if (ground.startsWith("grant:")) return { kind: "remove_grant", grant: rest };
  if (ground.startsWith("credential:")) return { kind: "revoke_credential", credential: rest };
  if (!ground.startsWith("statement:")) return null;
  const at = rest.lastIndexOf("#");
  const [policy, statement] = [rest.slice(0, at), rest.slice(at + 1)];
  // AWS owns its managed policies; rules of a cluster role may limit one another by name.
  // A version that is not in force has no statements to remove, and a level of an organisation is no policy.
  if (isServiceLinkedRole(policy)) return null;
  if (/^arn:[^:]*:iam::aws:/.test(policy) || policy.startsWith("k8s:") || policy.includes("#version/") || /^[rs]cp level /.test(policy))
    return null;
  return { kind: "remove_statement", policy, statement };
}

const isTrust = (policy: string): boolean => policy.includes(":role/") && !policy.includes("#inline/");

/** `AdminAccess` of a managed policy, `ci: deploy` of an inline one. */
function shortName(ref: string): string {
  const [holder, inline] = ref.split("#inline/") as [string, string?];
  const name = holder.slice(Math.max(holder.lastIndexOf("/"), holder.lastIndexOf(":")) + 1);
  return inline === undefined ? name : `${inline} of ${name}`;
}

/** `ClusterRole view`: a role and a cluster role often bear one name. */
function roleWords(ref: string): string {
  const kind = /\/((?:Cluster)?Role)\/[^/]+$/.exec(ref)?.[1];
  return kind === undefined ? shortName(ref) : `${kind} ${shortName(ref)}`;
}

function grantTitle(grant: Grant | undefined, id: string): string {
  if (grant === undefined) return `Remove grant ${id}`;
  const [from, to] = [shortName(grant.from), shortName(grant.to)];
  const inline = grant.to.split("#inline/")[1];
  switch (grant.grantKind) {
    case "attached_policy":
      return inline === undefined ? `Detach ${to} from ${from}` : `Remove the inline policy ${inline} of ${from}`;
    case "membership":
      return `Take ${from} out of ${to}`;
    case "role_binding":
      return `Remove the binding of ${roleWords(grant.to)} to ${from}`;
    case "mounts_secret":
      return `Stop ${from} from reading ${to}`;
    case "runs_as":
      return `Run ${from} as something else than ${to}`;
    default:
      return `Remove: ${from} ${isEdgeKind(grant.grantKind) ? edgePhrase(grant.grantKind) : grant.grantKind} ${to}`;
  }
}

/** Who stands on the grounds: nodes that lose an edge of their own. Hubs stand for others and are not counted. */
export function sideEffects(graph: AccessGraph, grounds: readonly Ground[], usage: UsageEvidence): SideEffects {
  const { gone, weakened } = edgeChanges(graph, new Set(grounds));
  const byNode = Map.groupBy([...gone, ...weakened], (edge) => graph.edges[edge]!.from);
  const affected: string[] = [];
  const uses: UseConfidence[] = [];
  for (const [node, edges] of byNode) {
    const { entityId, kind, key } = graph.nodes[node]!;
    if (entityId === null && kind === "resource") continue;
    affected.push(key);
    if (!usage.isEmpty)
      uses.push(
        usage.of(
          graph,
          node,
          edges.map((edge) => graph.edges[edge]!),
        ).used,
      );
  }
  return {
    edges: gone.length + weakened.length,
    affected: affected.sort(),
    used90d: usage.isEmpty ? null : uses.filter((use) => use === "used").length,
    confidence: uses.includes("used") ? "used" : uses.length > 0 && uses.every((use) => use === "unused") ? "unused" : "unknown",
  };
}
