import type { StatedFact } from "@rollcall/nhi-model";
import { readTrust } from "../../aws/trust-facts.ts";
import type { AwsAccount, World } from "../estate.ts";
import type { Environment, Ownership } from "../governance.ts";
import type { CredentialSpec, Nhi } from "../nhi.ts";
import { base32Of } from "../random.ts";
import type { GrantStatement, ResourceStatement } from "../statement.ts";
import { accessKeyRef, documentOf, iamArn } from "./policy.ts";
import type { Document, Statement } from "./policy.ts";

export interface AccessKey {
  readonly bornDaysAgo: number;
  readonly rotateEveryDays: number;
  readonly quietSinceDaysAgo?: number;
  readonly facts?: Readonly<Record<string, StatedFact>>;
  readonly fingerprintOf?: string;
}

/** A user or role as IAM has it: policies are documents, so that the access graph has real work to do. */
export interface AwsPrincipal {
  readonly type: "user" | "role";
  readonly name: string;
  readonly serviceIndex: number;
  readonly bornDaysAgo: number;
  readonly quietSinceDaysAgo?: number | null;
  readonly environment?: Environment | null;
  readonly facts?: Readonly<Record<string, StatedFact>>;
  readonly registered?: boolean;
  readonly ownership?: Ownership;
  readonly keys?: readonly AccessKey[];
  readonly attached?: readonly string[];
  readonly inline?: readonly { readonly name: string; readonly statements: readonly Statement[] }[];
  readonly boundary?: string;
  readonly groups?: readonly string[];
  readonly trust?: Document;
  readonly resources?: readonly ResourceStatement[];
  readonly grants?: readonly GrantStatement[];
}

const iam = (grantKind: string, from: string, to: string, attributes?: Readonly<Record<string, unknown>>): GrantStatement => ({
  dialect: "aws_iam",
  grantKind,
  from,
  to,
  ...(attributes === undefined ? {} : { attributes }),
});

const trustFactsOf = (world: World, account: AwsAccount, trust: Document, ownAccounts: ReadonlySet<string>): Record<string, StatedFact> => {
  const { entries } = readTrust(trust as never, account.id, ownAccounts);
  return {
    trust: entries.map(({ issuer: _issuer, account: _account, ...fact }) => fact),
    "thirdParty.external": entries.some((entry) => entry.external === true),
    "pipeline.isPipeline": entries.some((entry) => entry.issuer?.startsWith("token.actions") === true),
    "managed.isPlatformManaged": false,
    "auth.interactiveLoginEnabled": false,
  };
};

const keySpec = (arn: string, key: AccessKey, slot: 1 | 2, seed: number): CredentialSpec => ({
  ref: accessKeyRef(arn, slot),
  credentialKind: "access_key",
  name: `AKIA${base32Of(16, seed, arn, slot)}`,
  bornDaysAgo: key.bornDaysAgo,
  rotateEveryDays: key.rotateEveryDays,
  lifetimeDays: null,
  quietSinceDaysAgo: key.quietSinceDaysAgo,
  ...(key.fingerprintOf === undefined ? {} : { fingerprintOf: key.fingerprintOf }),
  facts: {
    approvedStore: { unknown: "not_collected" },
    storage: { unknown: "not_collected" },
    "exposure.state": { unknown: "not_collected" },
    rotationAutomated: key.rotateEveryDays > 0 && key.rotateEveryDays <= 90,
    ...key.facts,
  },
});

/** A principal in the statements that the AWS connector makes of an export: same refs, kinds and attributes. */
export const awsNhi = (world: World, account: AwsAccount, ownAccounts: ReadonlySet<string>, p: AwsPrincipal): Nhi => {
  const arn = iamArn(account.id, p.type, p.name);
  const inline = (p.inline ?? []).map((policy): ResourceStatement => ({
    ref: `${arn}#inline/${policy.name}`,
    resourceKind: "policy",
    name: policy.name,
    provider: "aws",
    account: account.id,
    attributes: { policyType: "inline", principal: arn, document: documentOf(...policy.statements), documentSource: "export" },
  }));
  const userFacts: Record<string, StatedFact> =
    p.type === "role"
      ? {}
      : {
          "auth.methods": (p.keys ?? []).length > 0 ? ["static_key"] : [],
          "auth.interactiveLoginEnabled": false,
          "managed.isPlatformManaged": false,
          "auth.credentiallessAvailable": { unknown: "not_collected" },
        };
  return {
    ref: arn,
    nativeId: `${p.type === "user" ? "AIDA" : "AROA"}${base32Of(17, world.seed, arn)}`,
    identityKind: p.type === "user" ? "service_account" : "role",
    name: p.name,
    provider: "aws",
    account: account.id,
    serviceIndex: p.serviceIndex,
    bornDaysAgo: p.bornDaysAgo,
    quietSinceDaysAgo: p.quietSinceDaysAgo,
    environment: p.environment === undefined ? account.environment : p.environment,
    observedDays: 400,
    ...(p.registered === undefined ? {} : { registered: p.registered }),
    ...(p.ownership === undefined ? {} : { ownership: p.ownership }),
    facts: {
      "usage.interactiveSessions": { unknown: "not_collected" },
      "logging.enabled": true,
      "logging.attributable": true,
      ...userFacts,
      ...(p.trust === undefined ? {} : trustFactsOf(world, account, p.trust, ownAccounts)),
      ...p.facts,
    },
    attributes: { path: "/", ...(p.type === "role" ? { serviceLinked: false } : {}) },
    credentials: (p.keys ?? []).map((key, index) => keySpec(arn, key, index === 0 ? 1 : 2, world.seed)),
    resources: [...(p.resources ?? []), ...inline],
    grants: [
      ...(p.trust === undefined ? [] : [iam("trust", arn, arn, { document: p.trust })]),
      ...(p.attached ?? []).map((policy) => iam("attached_policy", arn, policy)),
      ...inline.map((policy) => iam("attached_policy", arn, policy.ref)),
      ...(p.boundary === undefined ? [] : [iam("boundary", arn, p.boundary)]),
      ...(p.groups ?? []).map((group) => iam("membership", arn, iamArn(account.id, "group", group))),
      ...(p.grants ?? []),
    ],
  };
};
