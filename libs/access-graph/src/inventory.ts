import type { Credential, Grant, Identity, Resource } from "@rollcall/nhi-model";
import { byText } from "./order.ts";
import type { GraphInput, GraphNode } from "./types.ts";

/** A thing of the inventory with the key of its node. */
export type Located = LocatedIdentity | LocatedResource | LocatedCredential;

export interface LocatedIdentity {
  readonly kind: "identity";
  readonly key: string;
  readonly entity: Identity;
}

export interface LocatedResource {
  readonly kind: "resource";
  readonly key: string;
  readonly entity: Resource;
}

export interface LocatedCredential {
  readonly kind: "credential";
  readonly key: string;
  readonly entity: Credential;
}

/** Scheme-qualified refs (`arn:`, `k8s:`, `github:`) mean the same thing in every source; a bare name only inside its own. */
export const isFullRef = (ref: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(ref);

/** The inventory, sorted and indexed: by source and ref first, by full ref across sources second. */
export class Inventory {
  readonly identities: readonly Identity[];
  readonly credentials: readonly Credential[];
  readonly resources: readonly Resource[];
  readonly grants: readonly Grant[];
  readonly all: readonly Located[];
  /** Parts of `all`: whoever looks for one sort of thing need not go through the rest of a large estate. */
  readonly allIdentities: readonly LocatedIdentity[];
  readonly allResources: readonly LocatedResource[];
  readonly allCredentials: readonly LocatedCredential[];
  readonly #resourcesByKind: ReadonlyMap<string, readonly LocatedResource[]>;
  /** By ref: the first one, which is nearly always the only one. */
  readonly #first = new Map<string, Located>();
  /** What other sources say of the same ref, by source. */
  readonly #further = new Map<string, Map<string, Located>>();
  readonly #identityById = new Map<string, Located>();

  constructor(input: GraphInput) {
    this.identities = input.identities.filter((identity) => identity.goneAt === null).sort(byOrigin);
    this.credentials = [...input.credentials].sort(byOrigin);
    this.resources = [...input.resources].sort(byOrigin);
    this.grants = [...input.grants].sort(byOrigin);
    const ambiguous = new Set<string>();
    addNamesOfSeveralSources("identity", this.identities, ambiguous);
    addNamesOfSeveralSources("resource", this.resources, ambiguous);
    addNamesOfSeveralSources("credential", this.credentials, ambiguous);
    const keyOf = (kind: Located["kind"], entity: { ref: string; sourceId: string }): string =>
      ambiguous.size > 0 && ambiguous.has(`${kind}:${entity.ref}`) ? `${kind}:${entity.ref}@${entity.sourceId}` : `${kind}:${entity.ref}`;
    this.allIdentities = this.identities.map((entity) => ({ kind: "identity", key: keyOf("identity", entity), entity }));
    this.allResources = this.resources.map((entity) => ({ kind: "resource", key: keyOf("resource", entity), entity }));
    this.allCredentials = this.credentials.map((entity) => ({ kind: "credential", key: keyOf("credential", entity), entity }));
    this.all = [...this.allIdentities, ...this.allResources, ...this.allCredentials];
    this.#resourcesByKind = Map.groupBy(this.allResources, ({ entity }) => entity.kind);
    for (const located of this.all) this.#addRef(located);
    for (const located of this.allIdentities) this.#identityById.set(located.entity.id, located);
  }

  #addRef(located: Located): void {
    const { sourceId, ref } = located.entity;
    const first = this.#first.get(ref);
    if (first === undefined) this.#first.set(ref, located);
    else if (first.entity.sourceId !== sourceId) {
      let bySource = this.#further.get(ref);
      if (bySource === undefined) this.#further.set(ref, (bySource = new Map<string, Located>()));
      if (!bySource.has(sourceId)) bySource.set(sourceId, located);
    }
  }

  /** What `ref` means when `sourceId` says it; undefined when nothing in the inventory answers to it. */
  resolve(sourceId: string, ref: string): Located | undefined {
    const first = this.#first.get(ref);
    if (first === undefined || first.entity.sourceId === sourceId) return first;
    return this.#further.get(ref)?.get(sourceId) ?? (isFullRef(ref) ? first : undefined);
  }

  resourcesOfKind(kind: Resource["kind"]): readonly LocatedResource[] {
    return this.#resourcesByKind.get(kind) ?? [];
  }

  identityById(id: string): Located | undefined {
    return this.#identityById.get(id);
  }
}

/** The node of an inventory row. Only resources are assets with a weight of their own. */
export function nodeOfEntity(located: Located, sourceIds: readonly string[]): GraphNode {
  const { key, kind, entity } = located;
  if (kind === "resource") {
    return {
      key,
      kind,
      subkind: entity.kind,
      entityId: entity.id,
      sourceIds,
      label: entity.name,
      provider: entity.provider,
      account: entity.account,
      environment: entity.environment,
      weight: entity.sensitivity,
      weightReason: entity.sensitivityReason,
      tierZero: entity.tierZero,
    };
  }
  const unweighted = { weight: 0, weightReason: null, tierZero: false } as const;
  if (kind === "credential") {
    return {
      key,
      kind,
      subkind: entity.kind,
      entityId: entity.id,
      sourceIds,
      label: entity.name ?? entity.ref,
      provider: "",
      account: null,
      environment: null,
      ...unweighted,
    };
  }
  const environment = entity.facts["environment"];
  return {
    key,
    kind,
    subkind: entity.kind,
    entityId: entity.id,
    sourceIds,
    label: entity.name,
    provider: entity.provider,
    account: entity.account,
    environment: environment !== undefined && "known" in environment && typeof environment.known === "string" ? environment.known : null,
    ...unweighted,
  };
}

/** Bare names that more than one source has, as `kind:name`. */
function addNamesOfSeveralSources(
  kind: Located["kind"],
  entities: readonly { readonly ref: string; readonly sourceId: string }[],
  names: Set<string>,
): void {
  const owner = new Map<string, string>();
  for (const { ref, sourceId } of entities) {
    if (isFullRef(ref)) continue;
    const known = owner.get(ref);
    if (known !== undefined && known !== sourceId) names.add(`${kind}:${ref}`);
    owner.set(ref, sourceId);
  }
}

const byOrigin = (a: { ref: string; sourceId: string; id: string }, b: { ref: string; sourceId: string; id: string }): number =>
  byText(a.ref, b.ref) || byText(a.sourceId, b.sourceId) || byText(a.id, b.id);
