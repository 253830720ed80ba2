import type { Credential, Grant, Identity, Resource } from "@rollcall/nhi-model";
import { byText } from "./order.ts";
import type { GraphInput, GraphNode } from "./types.ts";

/** A thing of the inventory with the key of its node. */
export type Located =
  | { readonly kind: "identity"; readonly key: string; readonly entity: Identity }
  | { readonly kind: "resource"; readonly key: string; readonly entity: Resource }
  | { readonly kind: "credential"; readonly key: string; readonly entity: Credential };

/** Scheme-qualified refs (`arn:`, `k8s:`, `github:`) mean the same thing in every source; a bare name only inside its own. */
export const isFullRef = (ref: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(ref);

/** The inventory, sorted and indexed: by source and ref first, by full ref across sources second. */
export class Inventory {
  readonly identities: readonly Identity[];
  readonly credentials: readonly Credential[];
  readonly resources: readonly Resource[];
  readonly grants: readonly Grant[];
  readonly all: readonly Located[];
  /** By source, then by ref: looked up by the hundred thousand, so that no key is put together for it. */
  readonly #inSource = new Map<string, Map<string, Located>>();
  readonly #anywhere = new Map<string, Located>();
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
    const all: Located[] = [
      ...this.identities.map((entity): Located => ({ kind: "identity", key: keyOf("identity", entity), entity })),
      ...this.resources.map((entity): Located => ({ kind: "resource", key: keyOf("resource", entity), entity })),
      ...this.credentials.map((entity): Located => ({ kind: "credential", key: keyOf("credential", entity), entity })),
    ];
    this.all = all;
    for (const located of all) {
      const { sourceId, ref } = located.entity;
      let ofSource = this.#inSource.get(sourceId);
      if (ofSource === undefined) this.#inSource.set(sourceId, (ofSource = new Map<string, Located>()));
      setOnce(ofSource, ref, located);
      if (isFullRef(ref)) setOnce(this.#anywhere, ref, located);
      if (located.kind === "identity") this.#identityById.set(located.entity.id, located);
    }
  }

  /** What `ref` means when `sourceId` says it; undefined when nothing in the inventory answers to it. */
  resolve(sourceId: string, ref: string): Located | undefined {
    return this.#inSource.get(sourceId)?.get(ref) ?? this.#anywhere.get(ref);
  }

  identityById(id: string): Located | undefined {
    return this.#identityById.get(id);
  }
}

/** The node of an inventory row. Only resources are assets with a weight of their own. */
export function nodeOfEntity(located: Located): GraphNode {
  const { key, kind, entity } = located;
  if (kind === "resource") {
    return {
      key,
      kind,
      subkind: entity.kind,
      entityId: entity.id,
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

function setOnce<V>(map: Map<string, V>, key: string, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

const byOrigin = (a: { ref: string; sourceId: string; id: string }, b: { ref: string; sourceId: string; id: string }): number =>
  byText(a.ref, b.ref) || byText(a.sourceId, b.sourceId) || byText(a.id, b.id);
