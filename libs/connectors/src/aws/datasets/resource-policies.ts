import type { ResourceKind } from "@rollcall/nhi-model";
import { grantRef } from "../../observe/collector.ts";
import type { Of } from "../account-bundle.ts";
import { parseArn } from "../arn.ts";
import type { AwsContext } from "../context.ts";
import { statedSensitivity } from "./stated-sensitivity.ts";

const dataset = "resource_policies";
const kindByService: Readonly<Record<string, ResourceKind>> = {
  s3: "data_store",
  dynamodb: "data_store",
  sqs: "queue",
  sns: "queue",
  lambda: "function",
  secretsmanager: "secret",
  kms: "encryption_key",
  ecr: "repository",
};
/** Listings of these kinds describe the resource better than its policy can. */
const listings = ["buckets", "functions", "secrets"];

/** One policy of one resource. Answers whether it could be read. */
export function normaliseResourcePolicy(context: AwsContext, { arn, document: policy, where }: Of<"resource_policy">): boolean {
  const { collector, account } = context;
  if (arn === null) return false;
  const service = parseArn(arn)?.service ?? "";
  if (policy === null) collector.reject(where, "invalid_policy", `The policy of ${arn} cannot be read`);
  if (!listings.some((listing) => collector.has(listing, "resource", arn)) && !collector.has(dataset, "resource", arn)) {
    collector.add(
      dataset,
      {
        kind: "resource",
        ref: arn,
        resourceKind: kindByService[service] ?? "other",
        name: arn.slice(Math.max(arn.lastIndexOf(":"), arn.lastIndexOf("/")) + 1),
        provider: "aws",
        account: parseArn(arn)?.account ?? account,
        ...statedSensitivity(arn),
        attributes: {},
      },
      where,
    );
  }
  collector.add(
    dataset,
    {
      kind: "grant",
      ref: grantRef(arn, "resource_policy", arn),
      dialect: "aws_iam",
      grantKind: "resource_policy",
      from: arn,
      to: arn,
      attributes: policy === null ? { documentMissing: true } : { document: policy },
    },
    where,
  );
  return policy !== null;
}
