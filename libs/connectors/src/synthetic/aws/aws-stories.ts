import { ago, agoLately, awsAccountOf } from "../estate.ts";
import type { AwsAccount, World } from "../estate.ts";
import { ownerWhoLeft, presentOwner } from "../governance.ts";
import { COMPANY } from "../names.ts";
import { vendorAccountId } from "./core-principals.ts";
import { allow, bucketArn, iamArn, managedArn, secretArn, trustGithub, trustService, trustVendor } from "./policy.ts";
import type { AwsPrincipal } from "./principal.ts";

type Facts = NonNullable<AwsPrincipal["facts"]>;

export interface AwsStory {
  readonly id: string;
  readonly title: string;
  readonly ruleIds: readonly string[];
  readonly reachesTierZero?: boolean;
  readonly sinceDaysAgo: number;
  readonly fixedDaysAgo?: number;
  readonly principal: (present: boolean) => AwsPrincipal;
}

const objects = (account: AwsAccount, service: string): AwsPrincipal["inline"] =>
  [{ name: "objects", statements: [allow("Objects", ["s3:GetObject", "s3:PutObject"], [`${bucketArn(account, service)}/*`])] }];

const keyStories = (world: World, account: AwsAccount): readonly AwsStory[] => {
  const leaver = ownerWhoLeft(world, 11);
  return [
    { id: "old-export-key", title: "Access key of svc-legacy-export was last rotated 540 days ago", ruleIds: ["ROT-001", "ROT-002"], sinceDaysAgo: 450,
      principal: () => ({ type: "user", name: "svc-legacy-export", serviceIndex: 2, bornDaysAgo: 1210, quietSinceDaysAgo: 0, registered: true, ownership: presentOwner(world, 40),
        inline: [{ name: "objects", statements: [allow("Objects", ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], ["*"])] }], keys: [{ bornDaysAgo: 540, rotateEveryDays: 0, quietSinceDaysAgo: 0, facts: { rotationAutomated: false } }] }) },
    { id: "leaked-push-key", title: "Access key of svc-mobile-push is in a public repository and still works", ruleIds: ["LEAK-001", "LEAK-002", "LEAK-003", "PRIV-003"], reachesTierZero: true, sinceDaysAgo: 6,
      principal: (present) => ({ type: "user", name: "svc-mobile-push", serviceIndex: 20, bornDaysAgo: 610, quietSinceDaysAgo: 0, registered: true, ownership: presentOwner(world, 44), inline: [{ name: "push", statements: [allow("Templates", ["s3:GetObject"], [`${bucketArn(account, "mobile-webhook")}/*`]), allow("Functions", ["lambda:CreateFunction", "lambda:InvokeFunction"], ["*"]), allow("Pass", ["iam:PassRole"], ["*"])] }],
        keys: [{ bornDaysAgo: 210, rotateEveryDays: 0, quietSinceDaysAgo: 0, fingerprintOf: "leaked-push-key", facts: (present
          ? { storage: "code", approvedStore: false, "exposure.state": "confirmed", "exposure.audience": "public", "exposure.live": true, "exposure.detectedAt": ago(world, 6) } : {}) as Facts }] }) },
    { id: "leaked-search-key", title: "Access key of svc-search-indexer-v1 leaked internally, and was replaced", ruleIds: ["LEAK-001"], sinceDaysAgo: 70, fixedDaysAgo: 20,
      principal: (present) => ({ type: "user", name: "svc-search-indexer-v1", serviceIndex: 11, bornDaysAgo: 530, quietSinceDaysAgo: 0, registered: true, ownership: presentOwner(world, 48), inline: objects(account, "search-indexer"),
        keys: [{ bornDaysAgo: present ? 300 : 20, rotateEveryDays: 0, quietSinceDaysAgo: 0, facts: (present
          ? { storage: "wiki", approvedStore: false, "exposure.state": "confirmed", "exposure.audience": "internal", "exposure.live": true, "exposure.detectedAt": ago(world, 70) } : { storage: "vault", approvedStore: true, "exposure.state": "none" }) as Facts }] }) },
    { id: "leaver-tax-feed", title: "Owner of svc-tax-filing-feed has left and the key was not rotated since", ruleIds: ["OWN-002", "OFF-004"], sinceDaysAgo: Math.min(leaver.leftDaysAgo, 90),
      principal: () => ({ type: "user", name: "svc-tax-filing-feed", serviceIndex: 24, bornDaysAgo: 990, quietSinceDaysAgo: 0, registered: true, ownership: leaver.ownership, attached: [managedArn("PowerUserAccess")], keys: [{ bornDaysAgo: 940, rotateEveryDays: 0, quietSinceDaysAgo: 0 }] }) },
    { id: "shared-orders-import", title: "svc-orders-bulk-import is used in production and in development, by four workloads", ruleIds: ["ENV-001", "REUSE-001"], sinceDaysAgo: 300,
      principal: () => ({ type: "user", name: "svc-orders-bulk-import", serviceIndex: 1, bornDaysAgo: 700, quietSinceDaysAgo: 0, registered: true, ownership: presentOwner(world, 52), inline: objects(account, "orders-import"),
        keys: [{ bornDaysAgo: 60, rotateEveryDays: 0, quietSinceDaysAgo: 0 }], facts: { "usage.environments": ["prod", "dev"], "usage.distinctWorkloads": 4 } }) },
    { id: "rotated-not-retired", title: "svc-pricing-sync-v1 has not been used for 200 days, yet its key was rotated since", ruleIds: ["OFF-007", "OFF-001"], sinceDaysAgo: 75,
      principal: () => ({ type: "user", name: "svc-pricing-sync-v1", serviceIndex: 8, bornDaysAgo: 820, quietSinceDaysAgo: 200, registered: true, ownership: presentOwner(world, 56), inline: objects(account, "pricing-sync"), keys: [{ bornDaysAgo: 75, rotateEveryDays: 0 }] }) },
    { id: "half-offboarded", title: "svc-warehouse-batch-v1 was declared decommissioned, but its key is active", ruleIds: ["OFF-003"], sinceDaysAgo: 55,
      principal: (present) => ({ type: "user", name: "svc-warehouse-batch-v1", serviceIndex: 7, bornDaysAgo: 760, quietSinceDaysAgo: 58, registered: true, attached: [managedArn("AdministratorAccess")],
        keys: [{ bornDaysAgo: 380, rotateEveryDays: 0, quietSinceDaysAgo: 58 }], facts: present ? { "lifecycle.decommissionedAt": ago(world, 55) } : ({} as Facts) }) },
    { id: "person-behind-robot", title: "People sign in to the console as svc-backup-robot", ruleIds: ["HUM-001", "HUM-002"], sinceDaysAgo: 130,
      principal: () => ({ type: "user", name: "svc-backup-robot", serviceIndex: 4, bornDaysAgo: 870, quietSinceDaysAgo: 0, ownership: presentOwner(world, 60), registered: true, attached: [managedArn("AmazonS3FullAccess")], keys: [{ bornDaysAgo: 50, rotateEveryDays: 0, quietSinceDaysAgo: 0 }],
        facts: { "auth.interactiveLoginEnabled": true, "auth.methods": ["static_key", "password"], "usage.interactiveSessions": 14, "usage.approvedInteractiveSessions": 0 } }) },
  ];
};

const accessStories = (world: World, account: AwsAccount): readonly AwsStory[] => [
  { id: "dormant-admin", title: "svc-ledger-reconciler is an administrator that nobody has used for 210 days", ruleIds: ["OFF-001", "PRIV-001"], reachesTierZero: true, sinceDaysAgo: 120,
    principal: () => ({ type: "user", name: "svc-ledger-reconciler", serviceIndex: 13, bornDaysAgo: 1040, quietSinceDaysAgo: 210, attached: [managedArn("AdministratorAccess")], keys: [{ bornDaysAgo: 700, rotateEveryDays: 0, quietSinceDaysAgo: 210 }], registered: false, ownership: { by: "nobody" } }) },
  { id: "loose-github-trust", title: "gha-deploy-prod lets in every workflow of the organisation and can pass any role to a new function", ruleIds: ["CICD-002", "PRIV-003"], reachesTierZero: true, sinceDaysAgo: 200,
    principal: () => ({ type: "role", name: "gha-deploy-prod", serviceIndex: 4, bornDaysAgo: 480, quietSinceDaysAgo: 0, registered: true, ownership: presentOwner(world, 64), trust: trustGithub(account.id, `repo:${COMPANY}/*`),
      inline: [{ name: "deploy", statements: [allow("Functions", ["lambda:CreateFunction", "lambda:InvokeFunction", "lambda:UpdateFunctionCode"], ["*"]), allow("PassAnything", ["iam:PassRole"], ["*"])] }] }) },
  { id: "function-admin", title: "payments-ops-lambda can make itself administrator through a new policy version", ruleIds: ["PRIV-003"], reachesTierZero: true, sinceDaysAgo: 160,
    principal: () => ({ type: "role", name: "payments-ops-lambda", serviceIndex: 0, bornDaysAgo: 410, quietSinceDaysAgo: 0, ownership: presentOwner(world, 68), registered: true, trust: trustService("lambda.amazonaws.com"), attached: [iamArn(account.id, "policy", "payments-operations")] }) },
  { id: "vendor-no-external-id", title: "costlantern-reader trusts a vendor's account without an external id", ruleIds: ["TPX-003", "TPX-001"], sinceDaysAgo: 240,
    principal: () => ({ type: "role", name: "costlantern-reader", serviceIndex: 14, bornDaysAgo: 360, quietSinceDaysAgo: 0, ownership: presentOwner(world, 72), registered: true, trust: trustVendor(vendorAccountId("Costlantern"), null),
      inline: [{ name: "spend", statements: [allow("Everything", ["*"], ["*"])] }], facts: { "thirdParty.vendorStatus": "active", "thirdParty.vettedAt": agoLately(world, 200, 365) } }) },
  { id: "vendor-fixed", title: "parcelhawk-labels trusted a vendor without an external id, until it was required", ruleIds: ["TPX-003"], sinceDaysAgo: 300, fixedDaysAgo: 40,
    principal: (present) => ({ type: "role", name: "parcelhawk-labels", serviceIndex: 6, bornDaysAgo: 420, quietSinceDaysAgo: 0, ownership: presentOwner(world, 76), registered: true, trust: trustVendor(vendorAccountId("Parcelhawk"), present ? null : "fernhollow-labels-7c41"),
      inline: [{ name: "labels", statements: [allow("Labels", ["s3:GetObject"], [`${bucketArn(account, "shipping-feed")}/labels/*`])] }], facts: { "thirdParty.vendorStatus": "active", "thirdParty.vettedAt": agoLately(world, 150, 365) } }) },
  { id: "off-profile-reports", title: "reporting-batch-runner was used from an unexpected network eleven times", ruleIds: ["MON-002"], sinceDaysAgo: 5,
    principal: (present) => ({ type: "user", name: "svc-reporting-batch-runner", serviceIndex: 16, bornDaysAgo: 350, quietSinceDaysAgo: 0, ownership: presentOwner(world, 80), registered: true, keys: [{ bornDaysAgo: 40, rotateEveryDays: 0, quietSinceDaysAgo: 0 }],
      inline: [{ name: "reports", statements: [allow("Reports", ["s3:GetObject"], [`${bucketArn(account, "reporting-batch")}/*`])] }], facts: { "usage.outOfProfileEvents": present ? 11 : 0 } }) },
];

const devStories = (world: World): readonly AwsStory[] => {
  const production = awsAccountOf(world, 0);
  return [
    { id: "sandbox-into-prod", title: "Development role notebook-sandbox reads a production secret and bucket", ruleIds: ["ENV-002"], sinceDaysAgo: 110,
      principal: () => ({ type: "role", name: "notebook-sandbox", serviceIndex: 25, bornDaysAgo: 260, quietSinceDaysAgo: 0, environment: "dev", ownership: presentOwner(world, 84), registered: true, trust: trustService("sagemaker.amazonaws.com"),
        inline: [{ name: "borrowed", statements: [allow("BorrowedData", ["s3:GetObject", "s3:ListBucket"], [bucketArn(production, "payments-api"), `${bucketArn(production, "payments-api")}/*`]), allow("BorrowedSecret", ["secretsmanager:GetSecretValue"], [secretArn(production, "payments-api")]), allow("Hop", ["sts:AssumeRole"], [iamArn(production.id, "role", "analytics-export-reader")])] }] }) },
    { id: "preview-left-behind", title: "Preview environment role preview-pr-1187 outlived its pull request", ruleIds: ["EPH-001", "EPH-002"], sinceDaysAgo: 24,
      principal: (present) => ({ type: "role", name: "preview-pr-1187", serviceIndex: 21, bornDaysAgo: 26, quietSinceDaysAgo: 24, environment: "dev", ownership: { by: "nobody" }, registered: false, trust: trustService("ecs-tasks.amazonaws.com"),
        facts: { "ephemeral.isEphemeral": true, "ephemeral.maxLifetimeHours": 72, "ephemeral.ageHours": Math.max(1, Math.round((world.timeline.atMs - (world.timeline.anchorMs - 26 * 86_400_000)) / 3_600_000)), "ephemeral.parentStatus": present ? "ended" : "running" } }) },
  ];
};

/** Planted problems by account of the first track: 0 = production, 2 = development. */
export const awsStories = (world: World, account: AwsAccount): readonly AwsStory[] => {
  if (account.index === 0) return [...keyStories(world, account), ...accessStories(world, account)];
  return account.index === 2 ? devStories(world) : [];
};
