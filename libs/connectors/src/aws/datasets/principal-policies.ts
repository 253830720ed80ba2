import { asObject, asString, objectsIn } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import { fitRef, grantRef } from "../../observe/collector.ts";
import type { AwsContext } from "../context.ts";
import { documentFacts, readPolicyDocument } from "../read-policy-document.ts";

interface Principal {
  readonly dataset: string;
  readonly arn: string;
  readonly inlineList: string;
  readonly raw: Json;
  readonly where: string;
}

/** Attached managed policies, inline policies and the permissions boundary of a user, group or role. */
export function normalisePrincipalPolicies(context: AwsContext, principal: Principal): void {
  const { collector } = context;
  const { arn, dataset, raw, where } = principal;
  const grant = (grantKind: "attached_policy" | "boundary", to: string): void =>
    collector.add(dataset, { kind: "grant", ref: grantRef(arn, grantKind, to), dialect: "aws_iam", grantKind, from: arn, to }, where);

  for (const attached of objectsIn(raw["AttachedManagedPolicies"])) {
    const policy = asString(attached["PolicyArn"]);
    if (policy === undefined) {
      collector.reject(where, "invalid_record", `${arn} has an attached policy without an ARN`);
      continue;
    }
    context.attachedPolicies.add(policy);
    grant("attached_policy", policy);
  }
  for (const inline of objectsIn(raw[principal.inlineList])) {
    const name = asString(inline["PolicyName"]);
    if (name === undefined) {
      collector.reject(where, "invalid_record", `${arn} has an inline policy without a name`);
      continue;
    }
    const ref = fitRef(`${arn}#inline/${name}`);
    const document = readPolicyDocument(inline["PolicyDocument"]);
    if (document === null) collector.reject(where, "invalid_policy", `The inline policy ${name} of ${arn} cannot be read`);
    collector.add(
      dataset,
      {
        kind: "resource",
        ref,
        resourceKind: "policy",
        name,
        provider: "aws",
        account: context.account,
        attributes: {
          policyType: "inline",
          principal: arn,
          ...documentFacts(document),
        },
      },
      where,
    );
    grant("attached_policy", ref);
  }
  const boundary = asString(asObject(raw["PermissionsBoundary"])?.["PermissionsBoundaryArn"]);
  if (boundary !== undefined) {
    context.attachedPolicies.add(boundary);
    grant("boundary", boundary);
  }
}
