import type { BuildContext } from "../../edge-builder.ts";
import { parseArn } from "../arn.ts";
import type { NamedPolicy } from "./layer.ts";
import type { PolicyReader } from "./policy-reader.ts";

/** Grants `resource_policy` from a resource, with `attributes.document`, or the resource's own `attributes.resourcePolicy`. */
export function resourcePoliciesOf(context: BuildContext, reader: PolicyReader): ReadonlyMap<string, NamedPolicy> {
  const found = new Map<string, NamedPolicy>();
  for (const located of context.inventory.all) {
    if (located.kind !== "resource" || located.entity.kind === "policy" || found.has(located.entity.ref)) continue;
    const document =
      reader.grantsFrom(located, "resource_policy")[0]?.attributes["document"] ?? located.entity.attributes["resourcePolicy"];
    if (document !== undefined && document !== null) found.set(located.entity.ref, reader.carried(located.entity.ref, document));
  }
  return found;
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
