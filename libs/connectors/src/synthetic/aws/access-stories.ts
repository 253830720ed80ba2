import { agoLately } from "../estate.ts";
import type { AwsAccount, World } from "../estate.ts";
import { presentOwner } from "../governance.ts";
import { COMPANY } from "../names.ts";
import { vendorAccountId } from "./core-principals.ts";
import { allow, bucketArn, iamArn, managedArn, trustGithub, trustService, trustVendor } from "./policy.ts";

import type { AwsStory } from "./aws-story.ts";

const dormantAdminStory = (): AwsStory => ({
  id: "dormant-admin",
  title: "svc-ledger-reconciler is an administrator that nobody has used for 210 days",
  ruleIds: ["OFF-001", "PRIV-001"],
  reachesTierZero: true,
  sinceDaysAgo: 120,
  principal: () => ({
    type: "user",
    name: "svc-ledger-reconciler",
    serviceIndex: 13,
    bornDaysAgo: 1040,
    quietSinceDaysAgo: 210,
    attached: [managedArn("AdministratorAccess")],
    keys: [{ bornDaysAgo: 700, rotateEveryDays: 0, quietSinceDaysAgo: 210 }],
    registered: false,
    ownership: { by: "nobody" },
  }),
});

const looseGithubTrustStory = (world: World, account: AwsAccount): AwsStory => ({
  id: "loose-github-trust",
  title: "gha-deploy-prod lets in every workflow of the organisation and can pass any role to a new function",
  ruleIds: ["CICD-002", "PRIV-003"],
  reachesTierZero: true,
  sinceDaysAgo: 200,
  principal: () => ({
    type: "role",
    name: "gha-deploy-prod",
    serviceIndex: 4,
    bornDaysAgo: 480,
    quietSinceDaysAgo: 0,
    registered: true,
    ownership: presentOwner(world, 64),
    trust: trustGithub(account.id, `repo:${COMPANY}/*`),
    inline: [
      {
        name: "deploy",
        statements: [
          allow("Functions", ["lambda:CreateFunction", "lambda:InvokeFunction", "lambda:UpdateFunctionCode"], ["*"]),
          allow("PassAnything", ["iam:PassRole"], ["*"]),
        ],
      },
    ],
  }),
});

const functionAdminStory = (world: World, account: AwsAccount): AwsStory => ({
  id: "function-admin",
  title: "payments-ops-lambda can make itself administrator through a new policy version",
  ruleIds: ["PRIV-003"],
  reachesTierZero: true,
  sinceDaysAgo: 160,
  principal: () => ({
    type: "role",
    name: "payments-ops-lambda",
    serviceIndex: 0,
    bornDaysAgo: 410,
    quietSinceDaysAgo: 0,
    ownership: presentOwner(world, 68),
    registered: true,
    trust: trustService("lambda.amazonaws.com"),
    attached: [iamArn(account.id, "policy", "payments-operations")],
  }),
});

const vendorNoExternalIdStory = (world: World): AwsStory => ({
  id: "vendor-no-external-id",
  title: "costlantern-reader trusts a vendor's account without an external id",
  ruleIds: ["TPX-003", "TPX-001"],
  sinceDaysAgo: 240,
  principal: () => ({
    type: "role",
    name: "costlantern-reader",
    serviceIndex: 14,
    bornDaysAgo: 360,
    quietSinceDaysAgo: 0,
    ownership: presentOwner(world, 72),
    registered: true,
    trust: trustVendor(vendorAccountId("Costlantern"), null),
    inline: [{ name: "spend", statements: [allow("Everything", ["*"], ["*"])] }],
    facts: { "thirdParty.vendorStatus": "active", "thirdParty.vettedAt": agoLately(world, 200, 365) },
  }),
});

const vendorFixedStory = (world: World, account: AwsAccount): AwsStory => ({
  id: "vendor-fixed",
  title: "parcelhawk-labels trusted a vendor without an external id, until it was required",
  ruleIds: ["TPX-003"],
  sinceDaysAgo: 300,
  fixedDaysAgo: 40,
  principal: (present) => ({
    type: "role",
    name: "parcelhawk-labels",
    serviceIndex: 6,
    bornDaysAgo: 420,
    quietSinceDaysAgo: 0,
    ownership: presentOwner(world, 76),
    registered: true,
    trust: trustVendor(vendorAccountId("Parcelhawk"), present ? null : "fernhollow-labels-7c41"),
    inline: [{ name: "labels", statements: [allow("Labels", ["s3:GetObject"], [`${bucketArn(account, "shipping-feed")}/labels/*`])] }],
    facts: { "thirdParty.vendorStatus": "active", "thirdParty.vettedAt": agoLately(world, 150, 365) },
  }),
});

const offProfileReportsStory = (world: World, account: AwsAccount): AwsStory => ({
  id: "off-profile-reports",
  title: "reporting-batch-runner was used from an unexpected network eleven times",
  ruleIds: ["MON-002"],
  sinceDaysAgo: 5,
  principal: (present) => ({
    type: "user",
    name: "svc-reporting-batch-runner",
    serviceIndex: 16,
    bornDaysAgo: 350,
    quietSinceDaysAgo: 0,
    ownership: presentOwner(world, 80),
    registered: true,
    keys: [{ bornDaysAgo: 40, rotateEveryDays: 0, quietSinceDaysAgo: 0 }],
    inline: [{ name: "reports", statements: [allow("Reports", ["s3:GetObject"], [`${bucketArn(account, "reporting-batch")}/*`])] }],
    facts: { "usage.outOfProfileEvents": present ? 11 : 0 },
  }),
});

export const accessStories = (world: World, account: AwsAccount): readonly AwsStory[] => [
  dormantAdminStory(),
  looseGithubTrustStory(world, account),
  functionAdminStory(world, account),
  vendorNoExternalIdStory(world),
  vendorFixedStory(world, account),
  offProfileReportsStory(world, account),
];
