import { asString } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import type { AwsContext } from "../context.ts";
import { normalisePrincipalPolicies } from "./principal-policies.ts";

const dataset = "groups";

export function normaliseGroup(context: AwsContext, raw: Json, where: string): void {
  const arn = asString(raw["Arn"]);
  if (arn === undefined) {
    context.collector.reject(where, "invalid_record", "a group without an ARN");
    return;
  }
  const createdAt = readInstant(raw["CreateDate"]);
  const groupId = asString(raw["GroupId"]);
  context.collector.add(
    dataset,
    {
      kind: "resource",
      ref: arn,
      resourceKind: "group",
      name: asString(raw["GroupName"]) ?? arn.slice(arn.lastIndexOf("/") + 1),
      provider: "aws",
      account: context.account,
      attributes: {
        path: asString(raw["Path"]) ?? "/",
        ...(groupId === undefined ? {} : { groupId }),
        ...(createdAt === undefined ? {} : { createdAt }),
      },
    },
    where,
  );
  normalisePrincipalPolicies(context, { dataset, arn, inlineList: "GroupPolicyList", raw, where });
}
