import type { StatedFact } from "@rollcall/nhi-model";
import { asString, stringsIn } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import { grantRef } from "../../observe/collector.ts";
import { ownerClaims, shownTags, tagFacts } from "../../observe/tag-facts.ts";
import type { AwsContext } from "../context.ts";
import { readTags } from "../tags.ts";
import { normalisePrincipalPolicies } from "./principal-policies.ts";

const dataset = "users";

export function normaliseUser(
  context: AwsContext,
  raw: Json,
  source: { where: string; nativeId: string | undefined; groupArn: (name: string) => string },
): void {
  const { collector, account } = context;
  const { where, nativeId, groupArn } = source;
  const arn = asString(raw["Arn"]);
  if (arn === undefined) {
    collector.reject(where, "invalid_record", "a user without an ARN");
    return;
  }
  const tags = readTags(raw["Tags"]);
  collector.add(
    dataset,
    {
      kind: "identity",
      ref: arn,
      ...(nativeId === undefined ? {} : { nativeId }),
      identityKind: "service_account",
      name: asString(raw["UserName"]) ?? arn.slice(arn.lastIndexOf("/") + 1),
      provider: "aws",
      account,
      facts: { ...tagFacts(tags, Array.isArray(raw["Tags"])), ...userFacts(context, arn, raw) },
      attributes: { path: asString(raw["Path"]) ?? "/", ...(Array.isArray(raw["Tags"]) ? { tags: shownTags(tags) } : {}) },
    },
    where,
  );
  for (const claim of ownerClaims(arn, tags)) collector.add(dataset, claim, where);
  for (const name of stringsIn(raw["GroupList"])) {
    const to = groupArn(name);
    collector.add(
      dataset,
      { kind: "grant", ref: grantRef(arn, "membership", to), dialect: "aws_iam", grantKind: "membership", from: arn, to },
      where,
    );
  }
  normalisePrincipalPolicies(context, { dataset, arn, inlineList: "UserPolicyList", raw, where });
}

/** IAM cannot disable a user: one that is listed is active. Sign-in, keys and use stand in the credential report only. */
function userFacts(context: AwsContext, arn: string, raw: Json): Record<string, StatedFact> {
  const facts: Record<string, StatedFact> = { status: "active" };
  const createdAt = readInstant(raw["CreateDate"]);
  if (createdAt !== undefined) facts["createdAt"] = createdAt;
  if (!context.reportUsers.has(arn)) {
    facts["auth.interactiveLoginEnabled"] = { unknown: "not_collected" };
    facts["auth.methods"] = { unknown: "not_collected" };
  }
  const use = context.useOf(arn);
  if (use === undefined) {
    facts["usage.lastUsedAt"] = { unknown: "not_collected" };
    facts["usage.observedDays"] = { unknown: "not_collected" };
  } else {
    if (use.lastUsedAt !== undefined) facts["usage.lastUsedAt"] = use.lastUsedAt;
    facts["usage.observedDays"] = use.observedDays;
  }
  return facts;
}
