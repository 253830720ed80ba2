import type { Grant } from "@rollcall/nhi-model";
import type { BuildContext } from "../../edge-builder.ts";
import { byText } from "../../order.ts";
import { fullAccess, mergePolicies } from "../policy.ts";
import type { NamedPolicy } from "./layer.ts";
import type { PolicyReader } from "./policy-reader.ts";

/** What an organisation lets one account do. */
export interface AccountLimits {
  /** From the root of the organisation to the account; each must allow. */
  readonly levels: readonly (readonly NamedPolicy[])[];
  /** The levels, each as one policy. */
  readonly ceilings: readonly NamedPolicy[];
  /** Refs of policies whose document is not known. */
  readonly missing: readonly string[];
}

export interface Organisation {
  readonly scps: ReadonlyMap<string, AccountLimits>;
  readonly rcps: ReadonlyMap<string, AccountLimits>;
  /** Ids of the organisations, by account: the ARNs of their policies say them. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Grants `scp` and `rcp` from the resource of an account to a policy, with `attributes.level`: 0 at the root, one more per level down. */
export function organisationOf(context: BuildContext, reader: PolicyReader): Organisation {
  const [scps, rcps] = [new Map<string, AccountLimits>(), new Map<string, AccountLimits>()];
  const ids = new Map<string, string>();
  for (const located of context.inventory.resourcesOfKind("account")) {
    const account = located.entity.account ?? /(\d{12})/.exec(located.entity.ref)?.[1];
    // Organisation policies never bind the account that manages the organisation.
    if (account === undefined || located.entity.attributes["isManagementAccount"] === true) continue;
    for (const [kind, found] of [
      ["scp", scps],
      ["rcp", rcps],
    ] as const) {
      const grants = reader.grantsFrom(located, kind);
      if (grants.length > 0) found.set(account, limitsOf(grants, reader, kind));
      const id = grants.flatMap(({ to }) => /^arn:[^:]+:organizations::\d{12}:policy\/(o-[a-z0-9]+)\//.exec(to)?.[1] ?? [])[0];
      if (id !== undefined) ids.set(account, id);
    }
  }
  return { scps, rcps, ids };
}

function limitsOf(grants: readonly Grant[], reader: PolicyReader, kind: "scp" | "rcp"): AccountLimits {
  const byLevel = Map.groupBy(grants, (grant) => (typeof grant.attributes["level"] === "number" ? grant.attributes["level"] : 0));
  const levels: NamedPolicy[][] = [];
  const ceilings: NamedPolicy[] = [];
  const missing = new Set<string>();
  for (const level of [...byLevel.keys()].sort((a, b) => a - b)) {
    const read = reader.readGrants(byLevel.get(level)!);
    for (const ref of read.missing) missing.add(ref);
    // What is missing may be what allows: the level is left open then, not closed.
    const known = [...read.known, ...(read.missing.length > 0 ? [{ ref: "unknown", policy: fullAccess }] : [])].sort((a, b) =>
      byText(a.ref, b.ref),
    );
    levels.push(known);
    ceilings.push({
      ref: `${kind} level ${level}: ${known.map(({ ref }) => ref).join(", ")}`,
      policy: mergePolicies(known.map(({ policy }) => policy)),
    });
  }
  return { levels, ceilings, missing: [...missing].sort(byText) };
}
