import { derivedNode } from "../derived-node.ts";
import type { BuildContext } from "../edge-builder.ts";
import type { ClusterMap } from "./cluster-map.ts";
import { NodeMap } from "./node-map.ts";
import { parseRbacRef } from "./rbac-ref.ts";
import type { RbacRef } from "./rbac-ref.ts";
import type { RbacRule } from "./rbac-rules.ts";
import { roleEdges } from "./role-edges.ts";
import { RoleReader } from "./role-reader.ts";

/** A role where it is bound. RBAC only adds, so one node stands for everyone who holds it there. */
export interface BoundRole {
  readonly key: string;
  readonly ref: string;
  readonly cluster: string;
  /** Null = bound cluster-wide. */
  readonly namespace: string | null;
  readonly rules: readonly RbacRule[];
}

/** Roles by the place in which they are bound, each made once, with everything it gives there. */
export class Bindings {
  readonly map: ClusterMap;
  readonly nodes: NodeMap;
  readonly roles: RoleReader;
  readonly #context: BuildContext;
  readonly #bound = new Map<string, BoundRole | null>();

  constructor(context: BuildContext, map: ClusterMap) {
    this.map = map;
    this.nodes = new NodeMap(context, map);
    this.roles = new RoleReader(context);
    this.#context = context;
  }

  /** Null when the rules of the role are not known. */
  at(sourceId: string, ref: string, namespace: string | null): BoundRole | null {
    const at = parseRbacRef(ref);
    const id = `${ref}@${namespace ?? "_"}`;
    const known = this.#bound.get(id);
    if (known !== undefined || at === null) return known ?? null;
    const rules = this.roles.rulesOf(sourceId, ref);
    if (rules === null) {
      this.#bound.set(id, null);
      return null;
    }
    const role = { key: this.#node(sourceId, at, { ref, namespace }), ref, cluster: at.cluster, namespace, rules };
    // Known before its edges: roles that may bind each other lead back here.
    this.#bound.set(id, role);
    roleEdges(this.#context, this, { ...role, sourceId });
    return role;
  }

  #node(sourceId: string, at: RbacRef, { ref, namespace }: { ref: string; namespace: string | null }): string {
    const { draft, inventory } = this.#context;
    const key =
      namespace !== null && at.namespace === null
        ? `resource:${ref}@${namespace}`
        : (inventory.resolve(sourceId, ref)?.key ?? `resource:${ref}`);
    return draft.addNode(
      derivedNode(key, namespace === null ? `${at.kind} ${at.name}` : `${at.kind} ${at.name} in namespace ${namespace}`, {
        provider: "kubernetes",
        subkind: "permission_set",
        account: at.cluster,
      }),
    );
  }
}
