import type { ImportFile } from "@rollcall/posture-pipeline";
import { asObject, asString, objectsIn } from "../input/json-shape.ts";
import type { Json } from "../input/json-shape.ts";
import { objectsInText, parseJson } from "../input/parse-json.ts";
import { peekText, readText } from "../input/read-text.ts";
import { isDescribedPolicy, isOrganisationTree } from "./organisation.ts";
import { readResourcePolicy } from "./resource-policy.ts";

/** The kinds of AWS export that are read, told apart by what they contain. */
export type AwsDocument = { readonly where: string } & (
  | { readonly type: "authorization_details"; readonly data: Json }
  | { readonly type: "credential_report"; readonly csv: string; readonly generatedAt: unknown }
  | { readonly type: "last_accessed"; readonly data: Json }
  | { readonly type: "last_accessed_job"; readonly arn: string; readonly jobId: string }
  | { readonly type: "secrets" | "buckets" | "functions"; readonly data: Json }
  | { readonly type: "access_keys"; readonly data: Json }
  | { readonly type: "organisation"; readonly data: Json }
  | { readonly type: "resource_policy"; readonly arn: string | null; readonly document: Json | null }
  | { readonly type: "caller"; readonly account: string }
);

const reportHeader = /^\uFEFF?user,arn,user_creation_time,/;
const jsonMarks =
  /"(?:UserDetailList|GroupDetailList|RoleDetailList|Policies|ServicesLastAccessed|JobId|SecretList|Buckets|Functions|AccessKeyMetadata|Policy|ResourcePolicy|Attributes|policyText|ReportFormat|GeneratedTime|JobStatus|UserId)"/;

/** Cheap check on the beginning of the file; `readAwsDocument` has the last word. */
export function looksLikeAws(file: ImportFile): boolean {
  const head = peekText(file);
  if (reportHeader.test(head)) return true;
  return /^\s*\uFEFF?[[{]/.test(head) && (jsonMarks.test(head) || jsonMarks.test(readText(file)));
}

export type AwsReading = { readonly document: AwsDocument } | { readonly code: string; readonly message: string } | null;

/** Recognising has to read the file anyway; kept only as long as the file itself is. */
const readings = new WeakMap<ImportFile, readonly AwsReading[]>();

/**
 * What the file is: one answer of AWS, or several in a list or one after the other, as pages are often kept. A code and message for what
 * is an AWS export that cannot be read; null for something else.
 */
export function readAwsDocuments(file: ImportFile): readonly AwsReading[] {
  const known = readings.get(file);
  const found = known === undefined ? read(file) : known;
  readings.set(file, found);
  return found;
}

/** Whether it is an AWS export, readable or not. */
export const isAwsFile = (file: ImportFile): boolean => readAwsDocuments(file).every((reading) => reading !== null);

function read(file: ImportFile): readonly AwsReading[] {
  const text = readText(file);
  const where = file.name;
  if (reportHeader.test(text)) return [{ document: { where, type: "credential_report", csv: text, generatedAt: undefined } }];
  const parsed = parseJson(text);
  if (parsed.ok) {
    const answers = Array.isArray(parsed.value) && parsed.value.length > 0 ? (parsed.value as readonly unknown[]) : [parsed.value];
    return answers.map((answer) => readingOf(answer, where));
  }
  const parts = parsed.code === "invalid_json" ? objectsInText(text).map((part) => parseJson(part)) : [];
  if (parts.length > 1 && parts.every((part) => part.ok)) return parts.map(({ value }) => readingOf(value, where));
  // A list may be anybody's.
  if (/^\s*\uFEFF?\[/.test(text)) return [null];
  return [{ code: parsed.code, message: `${file.name} ${parsed.message}. Export it again.` }];
}

function readingOf(value: unknown, where: string): AwsReading {
  const data = asObject(value);
  return data === undefined ? null : classify(data, where);
}

function classify(data: Json, where: string): AwsReading {
  if (["UserDetailList", "GroupDetailList", "RoleDetailList"].some((key) => Array.isArray(data[key])))
    return { document: { where, type: "authorization_details", data } };
  if (looksLikePolicyPage(data)) return { document: { where, type: "authorization_details", data } };
  if (Array.isArray(data["ServicesLastAccessed"]) || (asString(data["JobStatus"]) !== undefined && "JobCreationDate" in data))
    return { document: { where, type: "last_accessed", data } };
  if (Array.isArray(data["SecretList"])) return { document: { where, type: "secrets", data } };
  if (Array.isArray(data["Buckets"])) return { document: { where, type: "buckets", data } };
  if (Array.isArray(data["AccessKeyMetadata"])) return { document: { where, type: "access_keys", data } };
  if (Array.isArray(data["Functions"])) return { document: { where, type: "functions", data } };
  const policies = classifyPolicies(data, where);
  if (policies !== null) return policies;
  const account = asString(data["Account"]);
  if (account !== undefined && /^\d{12}$/.test(account) && "Arn" in data && "UserId" in data)
    return { document: { where, type: "caller", account } };
  return asString(data["Content"]) === undefined ? classifyJob(data, where) : classifyReport(data, where);
}

/** The last page of authorization details may hold policies only; `list-policies` has no documents and is not it. */
const looksLikePolicyPage = (data: Json): boolean =>
  objectsIn(data["Policies"]).some((policy) => Array.isArray(policy["PolicyVersionList"]));

function classifyPolicies(data: Json, where: string): AwsReading {
  if (isOrganisationTree(data)) return { document: { where, type: "organisation", data } };
  if (isDescribedPolicy(data))
    return {
      code: "unattributable",
      message: `${where} does not say which accounts the policy applies to. Give the organisation with its units and accounts, or pass it with --scp to rollcall analyse or can.`,
    };
  const policy = readResourcePolicy(data, where);
  return policy === null ? null : { document: { where, type: "resource_policy", ...policy } };
}

function classifyReport(data: Json, where: string): AwsReading {
  const content = asString(data["Content"]) ?? "";
  const csv = reportHeader.test(content) ? content : Buffer.from(content, "base64").toString("utf8");
  if (!reportHeader.test(csv)) return null;
  return { document: { where, type: "credential_report", csv, generatedAt: data["GeneratedTime"] } };
}

/** `generate-service-last-accessed-details` answers with a job id only: the file name has to say whose job it is. */
function classifyJob(data: Json, where: string): AwsReading {
  const jobId = asString(data["JobId"]);
  if (jobId === undefined) return null;
  const arn = asString(data["Arn"]) ?? arnInName(where);
  return arn === undefined
    ? {
        code: "unattributable",
        message: `${where} names a job but not whose it is. Name the file after the ARN (percent-encoded) or add an "Arn" field.`,
      }
    : { document: { where, type: "last_accessed_job", arn, jobId } };
}

/** The ARN that a file is named after, percent-encoded or with its slashes as directories. */
export function arnInName(name: string): string | undefined {
  let decoded = name;
  try {
    decoded = decodeURIComponent(name);
  } catch {
    // Not percent-encoded: use the name as it stands.
  }
  return /(arn:aws[a-z-]*:iam::\d{12}:(?:user|role|group|policy)\/.{1,576}?)(?:\.json)?$/.exec(decoded)?.[1];
}
