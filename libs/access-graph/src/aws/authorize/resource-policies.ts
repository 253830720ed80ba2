import type { BuildContext } from "../../edge-builder.ts";
import { parseArn } from "../arn.ts";
import type { NamedPolicy } from "./layer.ts";
import type { PolicyReader } from "./policy-reader.ts";

export interface ResourcePolicies {
  /** By the ARN of the resource. */
  readonly resourcePolicies: ReadonlyMap<string, NamedPolicy>;
  /** Resources that carry a policy which is not known, or not all of it. */
  readonly unreadResourcePolicies: ReadonlySet<string>;
}

/** Grants `resource_policy` from a resource, with `attributes.document`, or the resource's own `attributes.resourcePolicy`. */
export function resourcePoliciesOf(context: BuildContext, reader: PolicyReader): ResourcePolicies {
  const resourcePolicies = new Map<string, NamedPolicy>();
  const unread = new Set<string>();
  for (const located of context.inventory.allResources) {
    if (located.entity.kind === "policy") continue;
    const { ref, attributes } = located.entity;
    if (resourcePolicies.has(ref) || unread.has(ref)) continue;
    const [grant] = reader.grantsFrom(located, "resource_policy");
    const document = grant?.attributes["document"] ?? attributes["resourcePolicy"] ?? null;
    if (document === null && grant === undefined) continue;
    const named = document === null ? null : reader.carried(ref, document);
    if (named !== null) resourcePolicies.set(ref, named);
    if (named !== null && named.policy.problems.length === 0) continue;
    unread.add(ref);
    const problems = named?.policy.problems ?? [];
    for (const problem of problems) context.draft.addGap({ ref, what: "policy_invalid", detail: `its policy: ${problem}` });
    if (named === null) context.draft.addGap({ ref, what: "policy_document_missing", detail: "its policy is not known" });
  }
  return { resourcePolicies, unreadResourcePolicies: unread };
}

/** ARNs that may carry the policy of a resource: its own, then that of what it lies in (bucket, table, function without its version). */
export function policyHolders(resource: string): readonly string[] {
  const arn = parseArn(resource);
  if (arn === null) return [resource];
  const prefix = resource.slice(0, resource.length - arn.resource.length);
  const inside =
    arn.service === "s3"
      ? arn.resource.split("/", 1)[0]!
      : arn.service === "lambda"
        ? arn.resource.split(":").slice(0, 2).join(":")
        : arn.service === "dynamodb"
          ? arn.resource.split("/").slice(0, 2).join("/")
          : arn.resource;
  return inside === arn.resource ? [resource] : [resource, `${prefix}${inside}`];
}
