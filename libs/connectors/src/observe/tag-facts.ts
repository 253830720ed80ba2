import type { StatedFact } from "@rollcall/nhi-model";
import { redactNamed, redactText } from "../input/redact-text.ts";
import { fitRef } from "./collector.ts";
import type { Draft } from "./collector.ts";

export type Tags = ReadonlyMap<string, string>;

/** Tag and label keys by what people use them for, compared without case, separators and prefix. */
const keysOf = {
  environment: ["environment", "env", "stage", "deploymentenvironment", "tier"],
  criticality: ["criticality", "businesscriticality", "importance"],
  purpose: ["purpose", "description", "usecase", "function"],
  business: ["businessowner", "businessunit", "costcenterowner"],
  retirement: ["retireby", "expires", "expireson", "expirydate", "expirationdate", "enddate", "ttl", "deleteafter"],
  runbook: ["offboardingrunbook", "runbook"],
} as const;

const environments: Readonly<Record<string, string>> = {
  prod: "prod",
  production: "prod",
  prd: "prod",
  live: "prod",
  staging: "staging",
  stage: "staging",
  stg: "staging",
  uat: "staging",
  preprod: "staging",
  preproduction: "staging",
  test: "test",
  testing: "test",
  qa: "test",
  ci: "test",
  dev: "dev",
  development: "dev",
  sandbox: "sandbox",
  sbx: "sandbox",
  poc: "sandbox",
  lab: "sandbox",
  shared: "shared",
  common: "shared",
  mgmt: "shared",
  management: "shared",
};
const criticalities: Readonly<Record<string, string>> = {
  low: "low",
  minor: "low",
  medium: "medium",
  moderate: "medium",
  high: "high",
  major: "high",
  critical: "critical",
  missioncritical: "critical",
};

/** `app.example.com/Owner-Team` -> `ownerteam`. */
const bareKey = (key: string): string =>
  key
    .slice(key.lastIndexOf("/") + 1)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

export function environmentOf(tags: Tags): string | undefined {
  return environments[bareKey(find(tags, keysOf.environment) ?? "")];
}

/** Facts that only a tag can answer; what no tag answers is stated as not offered, so that the gap is visible. */
export function tagFacts(tags: Tags, tagsListed: boolean): Record<string, StatedFact> {
  const missing: StatedFact = { unknown: tagsListed ? "not_offered" : "not_collected" };
  const purpose = find(tags, keysOf.purpose);
  const facts: Record<string, StatedFact> = {
    environment: environmentOf(tags) ?? missing,
    criticality: criticalities[bareKey(find(tags, keysOf.criticality) ?? "")] ?? missing,
    purpose: purpose === undefined ? missing : redactText(purpose).slice(0, 4096),
  };
  const optional = [
    ["owner.business", keysOf.business],
    ["lifecycle.retirementTrigger", keysOf.retirement],
    ["lifecycle.offboardingRunbook", keysOf.runbook],
  ] as const;
  for (const [path, keys] of optional) {
    const value = find(tags, keys);
    if (value !== undefined) facts[path] = redactText(value).slice(0, 4096);
  }
  return facts;
}

function find(tags: Tags, wanted: readonly string[]): string | undefined {
  for (const name of wanted) {
    for (const [key, value] of tags) if (bareKey(key) === name && value.trim() !== "") return value.trim();
  }
  return undefined;
}

const ownerKeys: readonly { readonly key: string; readonly team: boolean; readonly weight: number }[] = [
  { key: "owner", team: false, weight: 0.8 },
  { key: "owneremail", team: false, weight: 0.8 },
  { key: "technicalowner", team: false, weight: 0.8 },
  { key: "ownerteam", team: true, weight: 0.7 },
  { key: "team", team: true, weight: 0.6 },
  { key: "squad", team: true, weight: 0.6 },
  { key: "contact", team: false, weight: 0.5 },
  { key: "maintainer", team: false, weight: 0.5 },
  { key: "createdby", team: false, weight: 0.3 },
  { key: "creator", team: false, weight: 0.3 },
];
const nobody = new Set(["", "none", "na", "n/a", "-", "unknown", "tbd", "todo", "null"]);
const groupMailbox =
  /^(?:.*[._-])?(?:team|ops|devops|platform|infra|security|admins?|support|noreply|no-reply|group|dl|it|cloud|oncall|alerts?)(?:[._-].*)?$/i;

/** Claims of ownership found in tags. A bare name may be a person or a team: it is claimed as a team, which is accountable to nobody yet. */
export function ownerClaims(identityRef: string, tags: Tags): readonly Draft[] {
  const claims: Draft[] = [];
  for (const [key, raw] of tags) {
    const rule = ownerKeys.find((candidate) => candidate.key === bareKey(key));
    const label = redactText(raw.trim()).slice(0, 512);
    if (rule === undefined || nobody.has(label.toLowerCase())) continue;
    const email = /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(label) ? label.toLowerCase() : undefined;
    const isPerson = email !== undefined && !rule.team && !groupMailbox.test(email.slice(0, email.indexOf("@")));
    claims.push({
      kind: "owner",
      ref: fitRef(`${identityRef}#owner/${key}`),
      identityRef,
      ownerKind: isPerson ? "person" : email !== undefined ? "mailbox" : "team",
      ...(isPerson ? { personRef: email } : {}),
      label,
      signal: `tag:${bareKey(key)}`,
      weight: email === undefined && !rule.team ? rule.weight / 2 : rule.weight,
    });
  }
  return claims;
}

/** Tags as shown: values that look like secrets are removed. */
export const shownTags = (tags: Tags): Record<string, string> =>
  Object.fromEntries(
    [...tags].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key.slice(0, 256), redactNamed(key, value).slice(0, 1024)]),
  );
