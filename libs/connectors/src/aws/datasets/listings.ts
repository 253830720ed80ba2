import { asArray, asObject, asString, objectsIn } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import { grantRef } from "../../observe/collector.ts";
import { environmentOf, shownTags } from "../../observe/tag-facts.ts";
import type { AwsContext } from "../context.ts";
import { readTags } from "../tags.ts";
import { statedSensitivity } from "./stated-sensitivity.ts";

export function normaliseSecret(context: AwsContext, raw: Json, where: string): void {
  const ref = asString(raw["ARN"]);
  if (ref === undefined) {
    context.collector.reject(where, "invalid_record", "a secret without an ARN");
    return;
  }
  const tags = readTags(raw["Tags"]);
  const environment = environmentOf(tags);
  const dates = dated(raw, {
    createdAt: "CreatedDate",
    lastRotatedAt: "LastRotatedDate",
    lastChangedAt: "LastChangedDate",
    lastAccessedAt: "LastAccessedDate",
    deletedAt: "DeletedDate",
  });
  context.collector.add(
    "secrets",
    {
      kind: "resource",
      ref,
      resourceKind: "secret",
      name: asString(raw["Name"]) ?? ref.slice(ref.lastIndexOf(":") + 1),
      provider: "aws",
      account: context.account,
      ...statedSensitivity(ref),
      ...(environment === undefined ? {} : { environment }),
      attributes: {
        ...dates,
        tags: shownTags(tags),
        store: "aws-secrets-manager",
        ...(typeof raw["RotationEnabled"] === "boolean" ? { rotationEnabled: raw["RotationEnabled"] } : {}),
        ...(asString(raw["KmsKeyId"]) === undefined ? {} : { kmsKeyId: raw["KmsKeyId"] }),
      },
    },
    where,
  );
}

export function normaliseBucket(context: AwsContext, raw: Json, where: string): void {
  const name = asString(raw["Name"]);
  if (name === undefined) {
    context.collector.reject(where, "invalid_record", "a bucket without a name");
    return;
  }
  const ref = `arn:aws:s3:::${name}`;
  context.collector.add(
    "buckets",
    {
      kind: "resource",
      ref,
      resourceKind: "data_store",
      name,
      provider: "aws",
      account: context.account,
      ...statedSensitivity(ref),
      attributes: dated(raw, { createdAt: "CreationDate" }),
    },
    where,
  );
}

/** Values of environment variables are dropped here; only their names stay, they tell that a key may be stored in one. */
export function normaliseFunction(context: AwsContext, raw: Json, where: string): void {
  const ref = asString(raw["FunctionArn"]);
  if (ref === undefined) {
    context.collector.reject(where, "invalid_record", "a function without an ARN");
    return;
  }
  const variables = Object.keys(asObject(asObject(raw["Environment"])?.["Variables"]) ?? {}).sort();
  const runtime = asString(raw["Runtime"]);
  context.collector.add(
    "functions",
    {
      kind: "resource",
      ref,
      resourceKind: "function",
      name: asString(raw["FunctionName"]) ?? ref,
      provider: "aws",
      account: context.account,
      ...statedSensitivity(ref),
      attributes: {
        ...dated(raw, { lastModifiedAt: "LastModified" }),
        environmentVariables: variables,
        ...(runtime === undefined ? {} : { runtime }),
      },
    },
    where,
  );
  const role = asString(raw["Role"]);
  if (role !== undefined) {
    context.collector.add(
      "functions",
      { kind: "grant", ref: grantRef(ref, "runs_as", role), dialect: "direct", grantKind: "RUNS_AS", from: ref, to: role },
      where,
    );
  }
}

function dated(raw: Json, fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const instant = readInstant(raw[field]);
      return instant === undefined ? [] : [[name, instant]];
    }),
  );
}

export const listings = {
  secrets: { list: "SecretList", permission: "secretsmanager:ListSecrets", normalise: normaliseSecret },
  buckets: { list: "Buckets", permission: "s3:ListAllMyBuckets", normalise: normaliseBucket },
  functions: { list: "Functions", permission: "lambda:ListFunctions", normalise: normaliseFunction },
} as const;

/** More pages exist. Secrets and functions are listed per region: one region is never the whole account. */
export const isPaged = (data: Json): boolean =>
  ["NextToken", "NextMarker", "ContinuationToken", "Marker"].some((key) => asString(data[key]) !== undefined) ||
  data["IsTruncated"] === true;

export const countIn = (data: Json, list: string): number => asArray(data[list]).length;
export const itemsIn = (data: Json, list: string): readonly Json[] => objectsIn(data[list]);
