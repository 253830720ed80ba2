import { asObject, asString, objectsIn, stringsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { parseArn } from "./arn.ts";
import { readPolicyDocument } from "./read-policy-document.ts";

/** The policy of one resource, as one of the many commands gives it that read such policies. */
export interface ResourcePolicyExport {
  /** Null when neither the answer nor the name of the file says whose policy it is. */
  readonly arn: string | null;
  /** Null when the text cannot be read. */
  readonly document: Json | null;
}

/** Null when the data is not the answer of a command that reads the policy of a resource. */
export function readResourcePolicy(data: Json, where: string): ResourcePolicyExport | null {
  const attributes = asObject(data["Attributes"]);
  if (attributes !== undefined && attributes["Policy"] !== undefined) {
    // sns get-topic-attributes, sqs get-queue-attributes
    const arn = asString(attributes["TopicArn"]) ?? asString(attributes["QueueArn"]) ?? null;
    return exportOf(attributes["Policy"], arn, where);
  }
  // secretsmanager get-resource-policy
  if (data["ResourcePolicy"] !== undefined && asString(data["ARN"]) !== undefined)
    return exportOf(data["ResourcePolicy"], asString(data["ARN"])!, where);
  // ecr get-repository-policy
  if (data["policyText"] !== undefined && asString(data["repositoryName"]) !== undefined)
    return exportOf(data["policyText"], repositoryOf(data, where), where);
  // s3api get-bucket-policy, kms get-key-policy, lambda get-policy, dynamodb and others; organisations answer with an object
  return isPolicyText(data["Policy"]) && Object.keys(data).every((key) => ["Policy", "PolicyName", "RevisionId"].includes(key))
    ? exportOf(data["Policy"], null, where)
    : null;
}

const isPolicyText = (value: unknown): boolean => asString(value) !== undefined || "Statement" in (asObject(value) ?? {});

function exportOf(policy: unknown, arn: string | null, where: string): ResourcePolicyExport {
  const document = readPolicyDocument(policy);
  return { arn: arn ?? resourceInName(where) ?? (document === null ? null : resourceNamed(document)), document };
}

/** The ARN a file is named after, percent-encoded: the only place where the policy of a key says which key it is. */
function resourceInName(name: string): string | null {
  let decoded = name;
  try {
    decoded = decodeURIComponent(name);
  } catch {
    // Not percent-encoded: use the name as it stands.
  }
  const found = /arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{0,12}:.{1,576}$/.exec(decoded)?.[0].replace(/\.json$/, "");
  return found === undefined || found.includes(":iam:") ? null : found;
}

/** The answer names registry and repository but not the region: collectors keep one folder per region, so the path may say it. */
function repositoryOf(data: Json, where: string): string | null {
  const registry = asString(data["registryId"]);
  const region = where.split("/").find((part) => /^[a-z]{2}(-[a-z]{2,9}){1,3}-\d{1,2}$/.test(part));
  if (registry === undefined || region === undefined) return null;
  const partition = region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return `arn:${partition}:ecr:${region}:${registry}:repository/${asString(data["repositoryName"])!}`;
}

/** What the statements speak of, when it is one thing: a bucket and what lies in it are one. */
function resourceNamed(document: Json): string | null {
  const statements = objectsIn([document["Statement"]].flat());
  const named = new Set(statements.flatMap((statement) => stringsIn(statement["Resource"])).map(holderOf));
  const [only] = named;
  return named.size === 1 && only !== undefined && only !== null ? only : null;
}

function holderOf(resource: string): string | null {
  const arn = parseArn(resource);
  if (arn === null) return null;
  const prefix = resource.slice(0, resource.length - arn.resource.length);
  if (arn.service === "s3") return plain(`${prefix}${arn.resource.split("/", 1)[0]}`);
  if (arn.service === "lambda") return plain(`${prefix}${arn.resource.split(":").slice(0, 2).join(":")}`);
  return plain(resource);
}

const plain = (arn: string): string | null => (/[*?$]/.test(arn) ? null : arn);
