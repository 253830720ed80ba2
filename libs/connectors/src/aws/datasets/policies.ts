import { asString, objectsIn } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import type { AwsContext } from "../context.ts";
import { isManagedPolicyArn, managedPolicy } from "../managed-policy-catalogue.ts";
import { documentFacts, readPolicyDocument } from "../read-policy-document.ts";

const dataset = "policies";

export function normalisePolicy(context: AwsContext, raw: Json, where: string): void {
  const { collector, account } = context;
  const name = asString(raw["PolicyName"]);
  // Some published exports lack the ARN of a customer policy; it follows from account, path and name.
  const ref =
    asString(raw["Arn"]) ?? (name === undefined ? undefined : `arn:aws:iam::${account}:policy${asString(raw["Path"]) ?? "/"}${name}`);
  if (ref === undefined) {
    collector.reject(where, "invalid_record", "a policy without ARN and name");
    return;
  }
  const versionId = asString(raw["DefaultVersionId"]);
  const document = defaultDocument(raw, versionId);
  if (document === null && !isManagedPolicyArn(ref))
    collector.reject(where, "invalid_policy", `The default version of ${ref} is missing or cannot be read`);
  const createdAt = readInstant(raw["CreateDate"]);
  const updatedAt = readInstant(raw["UpdateDate"]);
  collector.add(
    dataset,
    {
      kind: "resource",
      ref,
      resourceKind: "policy",
      name: name ?? ref.slice(ref.lastIndexOf("/") + 1),
      provider: "aws",
      account,
      attributes: {
        policyType: "managed",
        awsManaged: isManagedPolicyArn(ref),
        ...(versionId === undefined ? {} : { defaultVersionId: versionId }),
        ...(createdAt === undefined ? {} : { createdAt }),
        ...(updatedAt === undefined ? {} : { updatedAt }),
        ...(document === null ? catalogueDocument(ref) : documentFacts(document)),
        ...otherVersions(raw, ref, versionId),
      },
    },
    where,
  );
}

/** Versions that are not in force, but could be put in force again; nobody can do that to a policy of AWS. */
function otherVersions(raw: Json, ref: string, defaultId: string | undefined): Record<string, unknown> {
  if (isManagedPolicyArn(ref)) return {};
  const others = objectsIn(raw["PolicyVersionList"]).flatMap((version) => {
    const versionId = asString(version["VersionId"]);
    const document = readPolicyDocument(version["Document"]);
    const isDefault = version["IsDefaultVersion"] === true || versionId === defaultId;
    return versionId === undefined || document === null || isDefault ? [] : [{ versionId, document }];
  });
  return others.length === 0 ? {} : { otherVersions: others };
}

function defaultDocument(raw: Json, versionId: string | undefined): Json | null {
  const versions = objectsIn(raw["PolicyVersionList"]);
  const version =
    versions.find((candidate) => candidate["IsDefaultVersion"] === true) ??
    versions.find((candidate) => asString(candidate["VersionId"]) === versionId);
  return version === undefined ? null : readPolicyDocument(version["Document"]);
}

function catalogueDocument(arn: string): Record<string, unknown> {
  const entry = isManagedPolicyArn(arn) ? managedPolicy(arn) : null;
  return entry === null
    ? { documentMissing: true }
    : { document: entry.document, documentSource: "aws-managed-catalogue", defaultVersionId: entry.versionId };
}

/** Policies that somebody has attached but that no file contains. Never ignored: with the document AWS publishes, or marked as missing. */
export function addNamedPolicies(context: AwsContext, where: string): { readonly resolved: number; readonly missing: readonly string[] } {
  let resolved = 0;
  const missing: string[] = [];
  for (const arn of [...context.attachedPolicies].sort()) {
    if (context.collector.has(dataset, "resource", arn)) continue;
    const found = catalogueDocument(arn);
    if ("document" in found) resolved += 1;
    else missing.push(arn);
    context.collector.add(
      dataset,
      {
        kind: "resource",
        ref: arn,
        resourceKind: "policy",
        name: arn.slice(arn.lastIndexOf("/") + 1),
        provider: "aws",
        account: context.account,
        attributes: { policyType: "managed", awsManaged: isManagedPolicyArn(arn), ...found },
      },
      where,
    );
  }
  return { resolved, missing };
}
