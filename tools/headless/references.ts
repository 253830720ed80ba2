import type { AccessGraph, GraphNode } from "@rollcall/access-graph";
import type { WorkspaceSnapshot } from "@rollcall/posture-pipeline";

/** How nodes are called in reports: by the reference of their source, which is what an answer key can be compared with. */
export class References {
  readonly #graph: AccessGraph;
  readonly #byId = new Map<string, string>();
  readonly #partitions = new Map<string, string>();

  constructor(graph: AccessGraph, snapshot: WorkspaceSnapshot) {
    this.#graph = graph;
    for (const { id, ref, account } of snapshot.identities) {
      this.#byId.set(id, ref);
      const partition = /^arn:([^:]+):/.exec(ref)?.[1];
      if (account !== null && partition !== undefined) this.#partitions.set(account, partition);
    }
    for (const { id, ref } of [...snapshot.resources, ...snapshot.credentials]) this.#byId.set(id, ref);
  }

  ofNode(index: number): string {
    const node = this.#graph.nodes[index]!;
    const known = node.entityId === null ? undefined : this.#byId.get(node.entityId);
    return this.ofRef(known ?? node.key.slice(node.key.indexOf(":") + 1));
  }

  /** An account has no ARN of its own; its root user's stands for it, as in policies. */
  ofRef(ref: string): string {
    const account = /^aws:account:(\d{12})$/.exec(ref)?.[1];
    return account === undefined ? ref : `arn:${this.#partitions.get(account) ?? "aws"}:iam::${account}:root`;
  }

  ofId(id: string): string {
    return this.ofRef(this.#byId.get(id) ?? id);
  }

  kindOf(index: number): string {
    const { kind, subkind }: GraphNode = this.#graph.nodes[index]!;
    return kind === "external" ? "external" : subkind;
  }
}
