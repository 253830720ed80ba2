import { derivedNode } from "../derived-node.ts";
import { evidence } from "../edge-builder.ts";
import type { BuildContext } from "../edge-builder.ts";
import type { Located } from "../inventory.ts";
import type { EdgeKind } from "../types.ts";
import type { ClusterMap, KubernetesThing } from "./cluster-map.ts";
import { escapeOf } from "./pod-escape.ts";
import { parseRbacRef, rbacRef } from "./rbac-ref.ts";

/** Machines of clusters: a node includes the pods on it, and a pod that leaves its container controls its node. */
export class NodeMap {
  readonly #context: BuildContext;
  readonly #map: ClusterMap;
  /** Pods and other workloads, by cluster. */
  readonly #workloads = new Map<string, KubernetesThing[]>();
  readonly #listedNodes = new Map<string, KubernetesThing[]>();
  readonly #controlPlane = new Set<string>();
  readonly #made = new Set<string>();

  constructor(context: BuildContext, map: ClusterMap) {
    this.#context = context;
    this.#map = map;
    for (const thing of map.things) {
      if (thing.located.kind !== "resource") continue;
      if (thing.located.entity.kind === "workload") push(this.#workloads, thing);
      if (thing.at.kind === "Node") push(this.#listedNodes, thing);
      if (thing.at.kind === "Node" && thing.located.entity.attributes["controlPlane"] === true)
        this.#controlPlane.add(`${thing.at.cluster}\n${thing.at.name}`);
    }
    for (const [cluster, things] of this.#workloads) this.#placePods(cluster, things);
    for (const things of this.#listedNodes.values()) for (const { at } of things) this.node(at.cluster, at.name);
  }

  /** All machines of the cluster: control of them is control of everything that runs. */
  all(cluster: string): string {
    const { draft } = this.#context;
    const key = `resource:${rbacRef({ cluster, namespace: null, kind: "Scope", name: "nodes" })}`;
    if (this.#made.has(key)) return key;
    this.#made.add(key);
    draft.addNode(derivedNode(key, `all nodes of cluster ${cluster}`, { provider: "kubernetes", account: cluster }));
    this.#add(key, this.#map.scope(cluster, null, "workloads"), "CONTAINS", { detail: "every workload runs on some node" });
    const listed = this.#listedNodes.get(cluster) ?? [];
    for (const { at } of listed) this.#add(key, this.node(cluster, at.name), "CONTAINS", { detail: "a node of the cluster" });
    if (listed.length === 0 && !this.#map.hasManagedControlPlane(cluster))
      this.#add(key, this.#map.cluster(cluster), "OWNS", {
        detail: "the control plane runs on nodes too",
        conditions: ["the control plane runs on nodes that take pods"],
      });
    return key;
  }

  node(cluster: string, name: string): string {
    const at = { cluster, namespace: null, kind: "Node", name };
    const known = this.#map.named(at);
    const key = known ?? `resource:${rbacRef(at)}`;
    if (this.#made.has(key)) return key;
    this.#made.add(key);
    if (known === undefined)
      this.#context.draft.addNode(derivedNode(key, `node ${name}`, { provider: "kubernetes", subkind: "node", account: cluster }));
    if (this.#controlPlane.has(`${cluster}\n${name}`))
      this.#add(key, this.#map.cluster(cluster), "OWNS", { detail: "a node of the control plane" });
    return key;
  }

  /** The agent of a node may ask for a token of every service account whose pods it runs, mounted or not. */
  addTokenRequest(pod: Located, account: Located): void {
    const at = parseRbacRef(pod.entity.ref);
    const name = pod.kind === "resource" ? pod.entity.attributes["nodeName"] : undefined;
    if (at?.kind === "Pod" && typeof name === "string" && name !== "")
      this.#add(this.node(at.cluster, name), account.key, "CAN_MINT_CREDENTIAL", {
        detail: `the node runs ${pod.entity.ref}`,
        technique: "k8s-node-token",
      });
  }

  #placePods(cluster: string, things: readonly KubernetesThing[]): void {
    const hasPods = things.some((thing) => nodeNameOf(thing) !== null);
    for (const thing of things) {
      const name = nodeNameOf(thing);
      if (name !== null) this.#add(this.node(cluster, name), thing.located.key, "CONTAINS", { detail: "runs on this node" });
      const escape = escapeOf(attributesOf(thing));
      if (escape === null) continue;
      const conditions = [...escape.conditions];
      // What a controller made is listed as pods, each with its node; a template alone does not say where it runs.
      if (name === null && hasPods && thing.at.kind !== "Pod") continue;
      if (name === null) conditions.push("it shares its node with the workloads reached");
      this.#add(thing.located.key, name === null ? this.all(cluster) : this.node(cluster, name), "CAN_CONTROL_COMPUTE", {
        detail: escape.detail,
        technique: escape.technique,
        conditions,
      });
    }
  }

  #add(
    from: string,
    to: string,
    kind: EdgeKind,
    why: { readonly detail: string; readonly technique?: string; readonly conditions?: readonly string[] },
  ): void {
    const conditions = why.conditions ?? [];
    this.#context.draft.addEdge({
      from,
      to,
      kind,
      conditional: conditions.length > 0,
      level: null,
      why: evidence([{ ref: from.slice(from.indexOf(":") + 1), detail: why.detail }], why.technique ?? null, conditions),
    });
  }
}

function push(map: Map<string, KubernetesThing[]>, thing: KubernetesThing): void {
  const list = map.get(thing.at.cluster);
  if (list === undefined) map.set(thing.at.cluster, [thing]);
  else list.push(thing);
}

const attributesOf = ({ located }: KubernetesThing): Readonly<Record<string, unknown>> =>
  located.kind === "resource" ? located.entity.attributes : {};

function nodeNameOf(thing: KubernetesThing): string | null {
  const name = attributesOf(thing)["nodeName"];
  return thing.at.kind === "Pod" && typeof name === "string" && name !== "" ? name : null;
}
