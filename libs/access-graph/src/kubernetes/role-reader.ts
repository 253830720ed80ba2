import type { Grant, Resource } from "@rollcall/nhi-model";
import { isRecord } from "../is-record.ts";
import type { BuildContext } from "../edge-builder.ts";
import { parseRbacRef } from "./rbac-ref.ts";
import { defaultClusterRole, readRules } from "./rbac-rules.ts";
import type { RbacRule } from "./rbac-rules.ts";

/** Rules of roles, with aggregated cluster roles put together from their parts. */
export class RoleReader {
  readonly #context: BuildContext;
  readonly #clusterRoles: readonly Resource[];

  constructor(context: BuildContext) {
    this.#context = context;
    this.#clusterRoles = context.inventory.resources.filter(
      (resource) => resource.kind === "permission_set" && parseRbacRef(resource.ref)?.kind === "ClusterRole",
    );
  }

  /** Null when the role is bound but nothing says what it allows. */
  rulesOf(grant: Grant): readonly RbacRule[] | null {
    const located = this.#context.inventory.resolve(grant.sourceId, grant.to);
    const at = parseRbacRef(grant.to);
    const builtIn = at?.kind === "ClusterRole" ? defaultClusterRole(at.name) : null;
    if (located?.kind !== "resource") return builtIn;
    const own = readRules(located.entity.attributes["rules"]);
    const selectors = located.entity.attributes["aggregationLabels"];
    if (!Array.isArray(selectors)) return own ?? builtIn;
    const parts = this.#clusterRoles.filter(
      (role) => role.sourceId === located.entity.sourceId && selectors.some((selector) => selects(selector, role.attributes["labels"])),
    );
    const aggregated = parts.flatMap((role) => readRules(role.attributes["rules"]) ?? []);
    return own === null && aggregated.length === 0 ? builtIn : [...(own ?? []), ...aggregated];
  }
}

function selects(selector: unknown, labels: unknown): boolean {
  if (!isRecord(selector) || !isRecord(labels)) return false;
  const wanted = Object.entries(selector);
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
}
