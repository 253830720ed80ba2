import { derivedNode } from "../derived-node.ts";
import { evidence } from "../edge-builder.ts";
import type { BuildContext } from "../edge-builder.ts";
import { issuerName } from "../federation/workload-token.ts";
import { isRecord } from "../is-record.ts";
import type { Located } from "../inventory.ts";
import type { EdgeKind } from "../types.ts";
import { parseRbacRef, rbacRef } from "./rbac-ref.ts";
import type { RbacRef } from "./rbac-ref.ts";

/** What a wildcard in a namespace stands for. */
export type ScopeKind = "serviceaccounts" | "workloads" | "secrets";
const scopeWords = { serviceaccounts: "service accounts", workloads: "workloads", secrets: "secrets" } as const;

/** Whether pods that leave their container may run in a namespace: `unknown` when its labels are not listed. */
export type PodSecurity = "forbidden" | "allowed" | "unknown";

export interface KubernetesThing {
  readonly located: Located;
  readonly at: RbacRef;
}

/** Clusters, namespaces and their hubs: cluster contains namespaces, a namespace contains one hub per kind, a hub its members. */
export class ClusterMap {
  readonly things: readonly KubernetesThing[];
  readonly #context: BuildContext;
  readonly #byCluster: ReadonlyMap<string, readonly KubernetesThing[]>;
  readonly #issuers = new Map<string, string>();
  readonly #clustersByIssuer = new Map<string, Set<string>>();
  readonly #arns = new Map<string, string>();
  readonly #clusterKeys = new Map<string, string>();
  readonly #made = new Set<string>();
  readonly #managed = new Set<string>();
  readonly #byScope = new Map<string, KubernetesThing[]>();
  readonly #namespaces = new Map<string, readonly string[]>();
  readonly #namespaceTags = new Map<string, Readonly<Record<string, unknown>>>();

  constructor(context: BuildContext) {
    this.#context = context;
    this.things = context.inventory.all.flatMap((located): KubernetesThing[] => {
      const at = parseRbacRef(located.entity.ref);
      return at === null ? [] : [{ located, at }];
    });
    this.#byCluster = Map.groupBy(this.things, ({ at }) => at.cluster);
    for (const { located, at } of this.things) {
      if (located.kind !== "resource" || located.entity.kind !== "cluster") continue;
      this.#clusterKeys.set(at.cluster, located.key);
      const { issuer, controlPlane, arn } = located.entity.attributes;
      if (controlPlane === "managed") this.#managed.add(at.cluster);
      if (typeof arn === "string" && arn !== "") this.#arns.set(at.cluster, arn);
      if (typeof issuer === "string" && issuer !== "") this.#addIssuer(at.cluster, issuer);
    }
    for (const thing of this.things) this.#place(thing);
  }

  thingsOf(cluster: string): readonly KubernetesThing[] {
    return this.#byCluster.get(cluster) ?? [];
  }

  cluster(cluster: string): string {
    let key = this.#clusterKeys.get(cluster);
    if (key === undefined) {
      this.#clusterKeys.set(
        cluster,
        (key = this.#context.draft.addNode(
          derivedNode(`resource:${rbacRef({ cluster, namespace: null, kind: "Cluster", name: cluster })}`, `cluster ${cluster}`, {
            provider: "kubernetes",
            subkind: "cluster",
            account: cluster,
            weight: 100,
            weightReason: "control of the cluster is control of everything in it",
            tierZero: true,
          }),
        )),
      );
    }
    return key;
  }

  namespace(cluster: string, namespace: string): string {
    const ref = rbacRef({ cluster, namespace: null, kind: "Namespace", name: namespace });
    const known = this.named({ cluster, namespace: null, kind: "Namespace", name: namespace });
    const key = known ?? `resource:${ref}`;
    if (this.#made.has(key)) return key;
    this.#made.add(key);
    if (known === undefined)
      this.#context.draft.addNode(
        derivedNode(key, `namespace ${namespace}`, { provider: "kubernetes", subkind: "namespace", account: cluster }),
      );
    this.#contain(this.cluster(cluster), key, "namespace of the cluster");
    for (const kind of ["serviceaccounts", "workloads", "secrets"] as const)
      this.#contain(key, this.scope(cluster, namespace, kind), "part of the namespace");
    return key;
  }

  /** The hub of all things of a kind in a namespace, or in the whole cluster when the namespace is null. */
  scope(cluster: string, namespace: string | null, kind: ScopeKind): string {
    const key = `resource:${rbacRef({ cluster, namespace, kind: "Scope", name: kind })}`;
    if (this.#made.has(key)) return key;
    this.#made.add(key);
    const members = this.#byScope.get(`${cluster}\n${namespace ?? "_"}\n${kind}`) ?? [];
    const words = scopeWords[kind];
    const unlisted = kind === "secrets" && namespace !== null && members.length === 0;
    this.#context.draft.addNode(
      derivedNode(key, namespace === null ? `all ${words} of cluster ${cluster}` : `all ${words} of namespace ${namespace}`, {
        provider: "kubernetes",
        account: cluster,
        ...(unlisted ? { weight: 50, weightReason: "secrets open further systems; which ones are here is not known" } : {}),
      }),
    );
    for (const member of members)
      this.#contain(
        key,
        member.located.key,
        kind === "secrets" ? "a secret in scope" : "in scope",
        kind === "secrets" ? "CAN_READ_SECRET" : "CONTAINS",
      );
    if (namespace === null)
      for (const name of this.namespaces(cluster)) this.#contain(key, this.scope(cluster, name, kind), "namespace of the cluster");
    return key;
  }

  /** Everyone who signs in as a user. The controller manager is one of them, and may make tokens for every service account. */
  users(cluster: string): string {
    const key = `resource:${rbacRef({ cluster, namespace: null, kind: "Scope", name: "users" })}`;
    if (this.#made.has(key)) return key;
    this.#made.add(key);
    this.#context.draft.addNode(derivedNode(key, `all users of cluster ${cluster}`, { provider: "kubernetes", account: cluster }));
    for (const { located, at } of this.thingsOf(cluster))
      if (at.kind === "User") this.#contain(key, located.key, "a user that bindings name");
    this.#contain(
      key,
      this.scope(cluster, null, "serviceaccounts"),
      "the built-in user system:kube-controller-manager may make tokens for every service account",
      "CAN_MINT_CREDENTIAL",
    );
    return key;
  }

  /** A secret that a role names. Where no secret of the namespace is listed, the name alone says that it may exist. */
  namedSecret(cluster: string, namespace: string, name: string): string | undefined {
    const at: RbacRef = { cluster, namespace, kind: "Secret", name };
    const known = this.named(at);
    if (known !== undefined || this.#listsSecrets(cluster, namespace)) return known;
    return this.#context.draft.addNode(
      derivedNode(`resource:${rbacRef(at)}`, `${namespace}/${name}`, {
        provider: "kubernetes",
        subkind: "secret",
        account: cluster,
        weight: 50,
        weightReason: "secrets open further systems; what is in this one is not known",
      }),
    );
  }

  /** Secrets that only a pod names do not make a listing. */
  #listsSecrets(cluster: string, namespace: string): boolean {
    const members = this.#byScope.get(`${cluster}\n${namespace}\nsecrets`) ?? [];
    return members.some(({ located }) => located.kind === "resource" && located.entity.attributes["listed"] !== false);
  }

  /** From the label of the Pod Security standards: `baseline` and `restricted` refuse privileged pods and host mounts. */
  podSecurity(cluster: string, namespace: string): PodSecurity {
    const tags = this.#namespaceTags.get(`${cluster}\n${namespace}`);
    if (tags === undefined) return "unknown";
    const level = tags["pod-security.kubernetes.io/enforce"];
    return level === "baseline" || level === "restricted" ? "forbidden" : "allowed";
  }

  /** Who signs the tokens of the cluster, where a source says so. */
  issuerOf(cluster: string): string | null {
    return this.#issuers.get(cluster) ?? null;
  }

  /** Whether tokens of the cluster may be signed by the issuer: where no source says by whom, not by the one of another cluster. */
  maySign(cluster: string, issuer: string): boolean {
    const known = this.#clustersByIssuer.get(issuerName(issuer));
    return known === undefined ? !this.#issuers.has(cluster) : known.has(cluster);
  }

  /** Whether an issuer of which no source says whose it is may be that of another cluster. */
  hasOtherUnknownIssuer(cluster: string): boolean {
    return this.#byCluster.size - this.#issuers.size > (this.#issuers.has(cluster) ? 0 : 1);
  }

  /** The name of the cluster at its cloud, where a source says so. */
  arnOf(cluster: string): string | null {
    return this.#arns.get(cluster) ?? null;
  }

  #addIssuer(cluster: string, issuer: string): void {
    this.#issuers.set(cluster, issuer);
    const name = issuerName(issuer);
    this.#clustersByIssuer.set(name, (this.#clustersByIssuer.get(name) ?? new Set()).add(cluster));
  }

  /** The provider keeps the control plane on machines of its own. */
  hasManagedControlPlane(cluster: string): boolean {
    return this.#managed.has(cluster);
  }

  /** Names of every namespace that something lives in or a resource states. */
  namespaces(cluster: string): readonly string[] {
    let known = this.#namespaces.get(cluster);
    if (known === undefined) this.#namespaces.set(cluster, (known = this.#findNamespaces(cluster)));
    return known;
  }

  #findNamespaces(cluster: string): string[] {
    const names = new Set<string>();
    for (const { at } of this.thingsOf(cluster)) {
      if (at.namespace !== null) names.add(at.namespace);
      else if (at.kind === "Namespace") names.add(at.name);
    }
    return [...names].sort();
  }

  clusters(): string[] {
    return [...this.#byCluster.keys()].sort();
  }

  /** A named thing of a kind in scope, if the inventory has it. */
  named(ref: RbacRef): string | undefined {
    return this.#context.draft.hasNode(`identity:${rbacRef(ref)}`)
      ? `identity:${rbacRef(ref)}`
      : this.#context.draft.hasNode(`resource:${rbacRef(ref)}`)
        ? `resource:${rbacRef(ref)}`
        : undefined;
  }

  #place(thing: KubernetesThing): void {
    const { located, at } = thing;
    const tags = at.kind === "Namespace" ? located.entity : undefined;
    if (tags !== undefined && "attributes" in tags && isRecord(tags.attributes["tags"]))
      this.#namespaceTags.set(`${at.cluster}\n${at.name}`, tags.attributes["tags"]);
    const kind: ScopeKind | null =
      located.kind === "identity"
        ? "serviceaccounts"
        : located.kind === "resource" && located.entity.kind === "workload"
          ? "workloads"
          : located.kind === "resource" && located.entity.kind === "secret"
            ? "secrets"
            : null;
    if (kind === null || at.namespace === null) return;
    const key = `${at.cluster}\n${at.namespace}\n${kind}`;
    const list = this.#byScope.get(key);
    if (list === undefined) this.#byScope.set(key, [thing]);
    else list.push(thing);
  }

  #contain(from: string, to: string, detail: string, kind: EdgeKind = "CONTAINS"): void {
    this.#context.draft.addEdge({
      from,
      to,
      kind,
      conditional: false,
      level: null,
      why: evidence([{ ref: to.slice(to.indexOf(":") + 1), detail }]),
    });
  }
}
