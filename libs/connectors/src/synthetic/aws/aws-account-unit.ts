import type { ScopeKey } from "@rollcall/nhi-model";
import type { ScopedObservation } from "@rollcall/posture-pipeline";
import { managedPolicy } from "../../aws/managed-policy-catalogue.ts";
import { awsAccountOf } from "../estate.ts";
import type { AwsAccount, Unit, World } from "../estate.ts";
import { grantIn, resourceIn } from "../statement.ts";
import { unitOf } from "../unit.ts";
import { corePrincipals } from "./core-principals.ts";
import { ordinaryPrincipal } from "./ordinary-principal.ts";
import { allow, bucketArn, bucketName, documentOf, iamArn, keyArn, managedArn, tableArn } from "./policy.ts";
import { awsNhi } from "./principal.ts";
import type { AwsPrincipal } from "./principal.ts";
import { awsStories } from "./aws-stories.ts";

/** Policies of AWS that principals of the estate are attached to. */
const AWS_POLICIES = [
  "AdministratorAccess",
  "PowerUserAccess",
  "SecurityAudit",
  "job-function/ViewOnlyAccess",
  "AmazonS3FullAccess",
  "service-role/AWSLambdaBasicExecutionRole",
  "service-role/AWSBackupServiceRolePolicyForBackup",
] as const;

const ACCOUNT_WEIGHT = { prod: 95, data: 90, security: 100, staging: 20, dev: 10 } as const;
const isTierZero = (account: AwsAccount): boolean => account.stage === "prod" || account.stage === "security" || account.stage === "data";

function* assets(scope: ScopeKey, account: AwsAccount): Generator<ScopedObservation> {
  const own = { provider: "aws", account: account.id } as const;
  yield resourceIn(scope, {
    ...own,
    ref: `aws:account:${account.id}`,
    resourceKind: "account",
    name: account.name,
    environment: account.environment,
    weight: ACCOUNT_WEIGHT[account.stage],
    reason: `account of the ${account.stage} landing zone`,
    tierZero: isTierZero(account),
  });
  yield resourceIn(scope, {
    ...own,
    ref: keyArn(account),
    resourceKind: "encryption_key",
    name: `${account.name} data key`,
    environment: account.environment,
    weight: account.stage === "dev" ? 3 : 40,
    reason: "encrypts the stores of the account",
  });
  yield resourceIn(scope, {
    ...own,
    ref: bucketArn(account, "audit-logs"),
    resourceKind: "data_store",
    name: bucketName(account, "audit-logs"),
    environment: account.environment,
    weight: 35,
    reason: "audit trail",
  });
}

function* awsPolicies(scope: ScopeKey, account: AwsAccount): Generator<ScopedObservation> {
  const own = { provider: "aws", account: account.id } as const;
  for (const name of AWS_POLICIES) {
    const entry = managedPolicy(managedArn(name));
    yield resourceIn(scope, {
      ...own,
      ref: managedArn(name),
      resourceKind: "policy",
      name: name.slice(name.lastIndexOf("/") + 1),
      attributes: {
        policyType: "managed",
        awsManaged: true,
        ...(entry === null
          ? { documentMissing: true }
          : { document: entry.document, documentSource: "aws-managed-catalogue", defaultVersionId: entry.versionId }),
      },
    });
  }
}

function* ownPolicies(scope: ScopeKey, account: AwsAccount): Generator<ScopedObservation> {
  const own = { provider: "aws", account: account.id } as const;
  const group = iamArn(account.id, "group", "automation");
  const mirror = iamArn(account.id, "policy", "artifact-mirror");
  yield resourceIn(scope, { ...own, ref: group, resourceKind: "group", name: "automation", attributes: { path: "/" } });
  yield resourceIn(scope, {
    ...own,
    ref: mirror,
    resourceKind: "policy",
    name: "artifact-mirror",
    attributes: {
      policyType: "managed",
      awsManaged: false,
      documentSource: "export",
      document: documentOf(allow("Mirror", ["s3:GetObject", "s3:PutObject"], [`${bucketArn(account, "artifacts")}/*`])),
    },
  });
  yield grantIn(scope, { dialect: "aws_iam", grantKind: "attached_policy", from: group, to: mirror });
  // A customer policy that may write its own next version: the classic way up.
  const operations = iamArn(account.id, "policy", "payments-operations");
  yield resourceIn(scope, {
    ...own,
    ref: operations,
    resourceKind: "policy",
    name: "payments-operations",
    attributes: {
      policyType: "managed",
      awsManaged: false,
      documentSource: "export",
      document: documentOf(
        allow("Operate", ["dynamodb:UpdateItem"], [tableArn(account, "payments-api")]),
        allow("Versions", ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"], [operations]),
      ),
    },
  });
}

function* accountPreamble(scope: ScopeKey, account: AwsAccount): Generator<ScopedObservation> {
  yield* assets(scope, account);
  yield* awsPolicies(scope, account);
  yield* ownPolicies(scope, account);
}

export const awsAccountUnit = (world: World, index: number, identities: number): Unit => {
  const account = awsAccountOf(world, index);
  // Rollcall knows which accounts it reads; only a trust in another one is a trust in a stranger. Trusts go to the management account only.
  const ownAccounts = new Set([account.id, awsAccountOf(world, 0).id, awsAccountOf(world, 4).id]);
  const nhi = (principal: AwsPrincipal) => awsNhi(world, account, ownAccounts, principal);
  return unitOf(world, {
    connector: "aws",
    account: account.id,
    sourceName: `AWS ${account.name}`,
    dataset: "authorization_details",
    identities,
    preamble: (scope) => accountPreamble(scope, account),
    core: corePrincipals(world, account).map(nhi),
    stories: awsStories(world, account).map(({ principal, ...story }) => ({
      ...story,
      nhi: (present: boolean) => nhi(principal(present)),
    })),
    ordinary: (n) => nhi(ordinaryPrincipal(world, account, n)),
  });
};
