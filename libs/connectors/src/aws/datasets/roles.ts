import type { StatedFact } from "@rollcall/nhi-model";
import { asString, objectsIn } from "../../input/json-shape.ts";
import type { Json } from "../../input/json-shape.ts";
import { readInstant } from "../../input/read-instant.ts";
import { redactText } from "../../input/redact-text.ts";
import { grantRef } from "../../observe/collector.ts";
import { ownerClaims, shownTags, tagFacts } from "../../observe/tag-facts.ts";
import type { AwsContext } from "../context.ts";
import { readPolicyDocument } from "../read-policy-document.ts";
import { readTags } from "../tags.ts";
import { isCiIssuer, readTrust } from "../trust-facts.ts";
import type { TrustReading } from "../trust-facts.ts";
import { normalisePrincipalPolicies } from "./principal-policies.ts";

const dataset = "roles";

export function normaliseRole(context: AwsContext, raw: Json, source: { where: string; nativeId: string | undefined }): void {
  const { collector, account } = context;
  const { where, nativeId } = source;
  const arn = asString(raw["Arn"]);
  if (arn === undefined) {
    collector.reject(where, "invalid_record", "a role without an ARN");
    return;
  }
  const document = readPolicyDocument(raw["AssumeRolePolicyDocument"]);
  if (document === null) collector.reject(where, "invalid_policy", `The trust policy of ${arn} is missing or cannot be read`);
  const trust = document === null ? null : readTrust(document, account, context.ownAccounts);
  const tags = readTags(raw["Tags"]);
  const path = asString(raw["Path"]) ?? "/";
  collector.add(
    dataset,
    {
      kind: "identity",
      ref: arn,
      ...(nativeId === undefined ? {} : { nativeId }),
      identityKind: "role",
      name: asString(raw["RoleName"]) ?? arn.slice(arn.lastIndexOf("/") + 1),
      provider: "aws",
      account,
      facts: { ...tagFacts(tags, Array.isArray(raw["Tags"])), ...roleFacts(context, arn, raw), ...trustStatements(trust, path) },
      attributes: roleAttributes(raw, path, trust, Array.isArray(raw["Tags"]) ? shownTags(tags) : null),
    },
    where,
  );
  collector.add(
    dataset,
    {
      kind: "grant",
      ref: grantRef(arn, "trust", arn),
      dialect: "aws_iam",
      grantKind: "trust",
      from: arn,
      to: arn,
      // Who gets in is unknown then, not nobody.
      attributes: document === null ? { documentMissing: true } : { document },
    },
    where,
  );
  for (const claim of ownerClaims(arn, tags)) collector.add(dataset, claim, where);
  normalisePrincipalPolicies(context, { dataset, arn, inlineList: "RolePolicyList", raw, where });
}

function roleFacts(context: AwsContext, arn: string, raw: Json): Record<string, StatedFact> {
  const facts: Record<string, StatedFact> = { status: "active" };
  const createdAt = readInstant(raw["CreateDate"]);
  const description = asString(raw["Description"]);
  if (createdAt !== undefined) facts["createdAt"] = createdAt;
  if (description !== undefined) facts["purpose"] = redactText(description).slice(0, 4096);
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

const isServiceLinked = (path: string): boolean => path.startsWith("/aws-service-role/");
const isSsoReserved = (path: string): boolean => path.startsWith("/aws-reserved/sso.amazonaws.com/");

function trustStatements(trust: TrustReading | null, path: string): Record<string, StatedFact> {
  if (trust === null) return { trust: { unknown: "not_collected" }, "auth.methods": { unknown: "not_collected" } };
  const { entries, services, trustsOwnAccount } = trust;
  const servicesOnly = services.length > 0 && entries.length === 0 && !trustsOwnAccount;
  const people = isSsoReserved(path) || entries.some((entry) => entry.kind === "saml");
  const foreign = entries.filter((entry) => entry.kind === "cross_account");
  return {
    trust: entries.map(({ issuer: _issuer, account: _account, ...fact }) => fact),
    "auth.methods": methodsOf(trust),
    "auth.interactiveLoginEnabled": people ? true : servicesOnly ? false : { unknown: "not_offered" },
    "thirdParty.external": foreign.some((entry) => entry.external === true),
    "managed.isPlatformManaged": isServiceLinked(path) || isSsoReserved(path),
    "pipeline.isPipeline": entries.some((entry) => entry.kind === "oidc" && isCiIssuer(entry.issuer ?? "")),
  };
}

function methodsOf({ entries, services, trustsOwnAccount }: TrustReading): string[] {
  const methods = new Set<string>();
  if (services.includes("ec2.amazonaws.com")) methods.add("instance_profile");
  if (services.some((service) => service !== "ec2.amazonaws.com")) methods.add("service_role");
  if (entries.some((entry) => entry.kind === "oidc")) methods.add("oidc_federation");
  if (entries.some((entry) => entry.kind === "saml")) methods.add("saml_federation");
  if (trustsOwnAccount || entries.some((entry) => entry.kind === "cross_account")) methods.add("assume_role");
  return [...methods].sort();
}

function roleAttributes(raw: Json, path: string, trust: TrustReading | null, tags: Record<string, string> | null): Record<string, unknown> {
  return {
    path,
    ...(tags === null ? {} : { tags }),
    serviceLinked: isServiceLinked(path),
    trustedServices: trust?.services ?? [],
    trustedAccounts: [...new Set((trust?.entries ?? []).flatMap((entry) => entry.account ?? []))].sort(),
    trustedIssuers: [...new Set((trust?.entries ?? []).flatMap((entry) => entry.issuer ?? []))].sort(),
    instanceProfiles: objectsIn(raw["InstanceProfileList"])
      .flatMap((profile) => asString(profile["Arn"]) ?? [])
      .sort(),
    ...(typeof raw["MaxSessionDuration"] === "number" ? { maxSessionSeconds: raw["MaxSessionDuration"] } : {}),
  };
}
