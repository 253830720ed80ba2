import type { Resource } from "@rollcall/nhi-model";
import { isRecord } from "../is-record.ts";
import type { BuildContext } from "../edge-builder.ts";
import { parseRbacRef } from "./rbac-ref.ts";
import type { RbacRef } from "./rbac-ref.ts";
import { aggregationLabelsOf, defaultClusterRole } from "./default-roles.ts";
import { readRules } from "./rbac-rules.ts";
import type { RbacRule } from "./rbac-rules.ts";

interface ListedRole {
  readonly at: RbacRef;
  readonly role: Resource;
}

/** Rules of roles, with aggregated cluster roles put together from their parts. */
export class RoleReader {
  readonly #context: BuildContext;
  /** Cluster roles by cluster: any of them may be part of another. */
  readonly #clusterRoles: ReadonlyMap<string, readonly ListedRole[]>;
  readonly #byPlace: ReadonlyMap<string, readonly ListedRole[]>;
  /** By source and role: one role may be bound in every namespace. */
  readonly #rules = new Map<string, readonly RbacRule[] | null>();

  constructor(context: BuildContext) {
    this.#context = context;
    const roles = context.inventory.resources.flatMap((role): ListedRole[] => {
      const at = role.kind === "permission_set" ? parseRbacRef(role.ref) : null;
      return at === null ? [] : [{ at, role }];
    });
    this.#byPlace = Map.groupBy(roles, ({ at }) => placeOf(at.cluster, at.kind, at.namespace));
    this.#clusterRoles = Map.groupBy(
      roles.filter(({ at }) => at.kind === "ClusterRole"),
      ({ at }) => at.cluster,
    );
  }

  /** Null when nothing says what the role allows. */
  rulesOf(sourceId: string, ref: string): readonly RbacRule[] | null {
    const id = `${sourceId}\n${ref}`;
    let rules = this.#rules.get(id);
    if (rules === undefined) this.#rules.set(id, (rules = this.#readRules(sourceId, ref)));
    return rules;
  }

  #readRules(sourceId: string, ref: string): readonly RbacRule[] | null {
    const located = this.#context.inventory.resolve(sourceId, ref);
    const at = parseRbacRef(ref);
    const builtIn = at?.kind === "ClusterRole" ? defaultClusterRole(at.name) : null;
    const attributes = located?.kind === "resource" ? located.entity.attributes : {};
    const own = readRules(attributes["rules"], ref);
    const parts = at?.kind === "ClusterRole" ? this.#partsOf(at, attributes["aggregationLabels"], new Set([at.name])) : [];
    const rules = [...(own ?? builtIn ?? []), ...parts];
    // A role made of other roles, none of which is listed, is not a role without rights.
    const isUnknown = own === null && builtIn === null ? true : Array.isArray(attributes["aggregationLabels"]);
    return rules.length === 0 && isUnknown ? null : rules;
  }

  /** Names of every role of a kind in scope that the inventory lists. */
  listed(cluster: string, kind: "Role" | "ClusterRole", namespace: string | null): readonly RbacRef[] {
    return (this.#byPlace.get(placeOf(cluster, kind, namespace)) ?? []).map(({ at }) => at);
  }

  /**
   * Rules of the cluster roles that a selector picks, and of those that they pick in turn: the controller adds them up until nothing changes.
   * The cluster ships selectors for admin, edit and view; a listing states them itself.
   */
  #partsOf(of: RbacRef, stated: unknown, seen: Set<string>): readonly RbacRule[] {
    const selectors: readonly unknown[] = Array.isArray(stated)
      ? stated
      : aggregationLabelsOf(of.name).map((label) => ({ [label]: "true" }));
    if (selectors.length === 0) return [];
    const listed = this.#clusterRoles.get(of.cluster) ?? [];
    const picked = listed.filter(({ at, role }) => !seen.has(at.name) && selects(role, selectors));
    for (const { at } of picked) seen.add(at.name);
    return picked.flatMap(({ at, role }) => [
      ...(readRules(role.attributes["rules"], role.ref) ?? []),
      ...this.#partsOf(at, role.attributes["aggregationLabels"], seen),
    ]);
  }
}

const placeOf = (cluster: string, kind: string, namespace: string | null): string => `${cluster}\n${kind}\n${namespace ?? "_"}`;

const selects = (role: Resource, selectors: readonly unknown[]): boolean =>
  selectors.some((selector) => matches(selector, role.attributes["labels"]));

/** A label selector: `{name: value}`, or requirements `{key, operator, values}` under `matchExpressions`. An empty one selects nothing here. */
function matches(selector: unknown, labels: unknown): boolean {
  if (!isRecord(selector)) return false;
  const has = isRecord(labels) ? labels : {};
  const { matchExpressions, ...wanted } = selector;
  const requirements = Array.isArray(matchExpressions) ? matchExpressions.filter(isRecord) : [];
  if (Object.keys(wanted).length + requirements.length === 0) return false;
  return Object.entries(wanted).every(([name, value]) => has[name] === value) && requirements.every((each) => holds(each, has));
}

function holds(requirement: Readonly<Record<string, unknown>>, labels: Readonly<Record<string, unknown>>): boolean {
  const key = String(requirement["key"]);
  const values: readonly unknown[] = Array.isArray(requirement["values"]) ? requirement["values"] : [];
  switch (requirement["operator"]) {
    case "In":
      return Object.hasOwn(labels, key) && values.includes(labels[key]);
    case "NotIn":
      return !values.includes(labels[key]);
    case "Exists":
      return Object.hasOwn(labels, key);
    case "DoesNotExist":
      return !Object.hasOwn(labels, key);
    default:
      return false;
  }
}
