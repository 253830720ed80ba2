import { ago } from "../estate.ts";
import type { AwsAccount, World } from "../estate.ts";
import { ownerWhoLeft, presentOwner } from "../governance.ts";
import { allow, bucketArn, managedArn } from "./policy.ts";
import type { AwsPrincipal } from "./principal.ts";

import type { AwsStory, Facts } from "./aws-story.ts";

const objects = (account: AwsAccount, service: string): AwsPrincipal["inline"] => [
  { name: "objects", statements: [allow("Objects", ["s3:GetObject", "s3:PutObject"], [`${bucketArn(account, service)}/*`])] },
];

const oldExportKeyStory = (world: World): AwsStory => ({
  id: "old-export-key",
  title: "Access key of svc-legacy-export was last rotated 540 days ago",
  ruleIds: ["ROT-001", "ROT-002"],
  sinceDaysAgo: 450,
  principal: () => ({
    type: "user",
    name: "svc-legacy-export",
    serviceIndex: 2,
    bornDaysAgo: 1210,
    quietSinceDaysAgo: 0,
    registered: true,
    ownership: presentOwner(world, 40),
    inline: [{ name: "objects", statements: [allow("Objects", ["s3:GetObject", "s3:PutObject", "s3:ListBucket"], ["*"])] }],
    keys: [{ bornDaysAgo: 540, rotateEveryDays: 0, quietSinceDaysAgo: 0, facts: { rotationAutomated: false } }],
  }),
});

const leakedPushKeyStory = (world: World, account: AwsAccount): AwsStory => ({
  id: "leaked-push-key",
  title: "Access key of svc-mobile-push is in a public repository and still works",
  ruleIds: ["LEAK-001", "LEAK-002", "LEAK-003", "PRIV-003"],
  reachesTierZero: true,
  sinceDaysAgo: 6,
  principal: (present) => ({
    type: "user",
    name: "svc-mobile-push",
    serviceIndex: 20,
    bornDaysAgo: 610,
    quietSinceDaysAgo: 0,
    registered: true,
    ownership: presentOwner(world, 44),
    inline: [
      {
        name: "push",
        statements: [
          allow("Templates", ["s3:GetObject"], [`${bucketArn(account, "mobile-webhook")}/*`]),
          allow("Functions", ["lambda:CreateFunction", "lambda:InvokeFunction"], ["*"]),
          allow("Pass", ["iam:PassRole"], ["*"]),
        ],
      },
    ],
    keys: [
      {
        bornDaysAgo: 210,
        rotateEveryDays: 0,
        quietSinceDaysAgo: 0,
        fingerprintOf: "leaked-push-key",
        facts: (present
          ? {
              storage: "code",
              approvedStore: false,
              "exposure.state": "confirmed",
              "exposure.audience": "public",
              "exposure.live": true,
              "exposure.detectedAt": ago(world, 6),
            }
          : {}) as Facts,
      },
    ],
  }),
});

const leakedSearchKeyStory = (world: World, account: AwsAccount): AwsStory => ({
  id: "leaked-search-key",
  title: "Access key of svc-search-indexer-v1 leaked internally, and was replaced",
  ruleIds: ["LEAK-001"],
  sinceDaysAgo: 70,
  fixedDaysAgo: 20,
  principal: (present) => ({
    type: "user",
    name: "svc-search-indexer-v1",
    serviceIndex: 11,
    bornDaysAgo: 530,
    quietSinceDaysAgo: 0,
    registered: true,
    ownership: presentOwner(world, 48),
    inline: objects(account, "search-indexer"),
    keys: [
      {
        bornDaysAgo: present ? 300 : 20,
        rotateEveryDays: 0,
        quietSinceDaysAgo: 0,
        facts: (present
          ? {
              storage: "wiki",
              approvedStore: false,
              "exposure.state": "confirmed",
              "exposure.audience": "internal",
              "exposure.live": true,
              "exposure.detectedAt": ago(world, 70),
            }
          : { storage: "vault", approvedStore: true, "exposure.state": "none" }) as Facts,
      },
    ],
  }),
});

const leaverTaxFeedStory = (world: World): AwsStory => {
  const leaver = ownerWhoLeft(world, 11);
  return {
    id: "leaver-tax-feed",
    title: "Owner of svc-tax-filing-feed has left and the key was not rotated since",
    ruleIds: ["OWN-002", "OFF-004"],
    sinceDaysAgo: Math.min(leaver.leftDaysAgo, 90),
    principal: () => ({
      type: "user",
      name: "svc-tax-filing-feed",
      serviceIndex: 24,
      bornDaysAgo: 990,
      quietSinceDaysAgo: 0,
      registered: true,
      ownership: leaver.ownership,
      attached: [managedArn("PowerUserAccess")],
      keys: [{ bornDaysAgo: 940, rotateEveryDays: 0, quietSinceDaysAgo: 0 }],
    }),
  };
};

const sharedOrdersImportStory = (world: World, account: AwsAccount): AwsStory => ({
  id: "shared-orders-import",
  title: "svc-orders-bulk-import is used in production and in development, by four workloads",
  ruleIds: ["ENV-001", "REUSE-001"],
  sinceDaysAgo: 300,
  principal: () => ({
    type: "user",
    name: "svc-orders-bulk-import",
    serviceIndex: 1,
    bornDaysAgo: 700,
    quietSinceDaysAgo: 0,
    registered: true,
    ownership: presentOwner(world, 52),
    inline: objects(account, "orders-import"),
    keys: [{ bornDaysAgo: 60, rotateEveryDays: 0, quietSinceDaysAgo: 0 }],
    facts: { "usage.environments": ["prod", "dev"], "usage.distinctWorkloads": 4 },
  }),
});

const rotatedNotRetiredStory = (world: World, account: AwsAccount): AwsStory => ({
  id: "rotated-not-retired",
  title: "svc-pricing-sync-v1 has not been used for 200 days, yet its key was rotated since",
  ruleIds: ["OFF-007", "OFF-001"],
  sinceDaysAgo: 75,
  principal: () => ({
    type: "user",
    name: "svc-pricing-sync-v1",
    serviceIndex: 8,
    bornDaysAgo: 820,
    quietSinceDaysAgo: 200,
    registered: true,
    ownership: presentOwner(world, 56),
    inline: objects(account, "pricing-sync"),
    keys: [{ bornDaysAgo: 75, rotateEveryDays: 0 }],
  }),
});

const halfOffboardedStory = (world: World): AwsStory => ({
  id: "half-offboarded",
  title: "svc-warehouse-batch-v1 was declared decommissioned, but its key is active",
  ruleIds: ["OFF-003"],
  sinceDaysAgo: 55,
  principal: (present) => ({
    type: "user",
    name: "svc-warehouse-batch-v1",
    serviceIndex: 7,
    bornDaysAgo: 760,
    quietSinceDaysAgo: 58,
    registered: true,
    attached: [managedArn("AdministratorAccess")],
    keys: [{ bornDaysAgo: 380, rotateEveryDays: 0, quietSinceDaysAgo: 58 }],
    facts: present ? { "lifecycle.decommissionedAt": ago(world, 55) } : ({} as Facts),
  }),
});

const personBehindRobotStory = (world: World): AwsStory => ({
  id: "person-behind-robot",
  title: "People sign in to the console as svc-backup-robot",
  ruleIds: ["HUM-001", "HUM-002"],
  sinceDaysAgo: 130,
  principal: () => ({
    type: "user",
    name: "svc-backup-robot",
    serviceIndex: 4,
    bornDaysAgo: 870,
    quietSinceDaysAgo: 0,
    ownership: presentOwner(world, 60),
    registered: true,
    attached: [managedArn("AmazonS3FullAccess")],
    keys: [{ bornDaysAgo: 50, rotateEveryDays: 0, quietSinceDaysAgo: 0 }],
    facts: {
      "auth.interactiveLoginEnabled": true,
      "auth.methods": ["static_key", "password"],
      "usage.interactiveSessions": 14,
      "usage.approvedInteractiveSessions": 0,
    },
  }),
});

export const keyStories = (world: World, account: AwsAccount): readonly AwsStory[] => [
  oldExportKeyStory(world),
  leakedPushKeyStory(world, account),
  leakedSearchKeyStory(world, account),
  leaverTaxFeedStory(world),
  sharedOrdersImportStory(world, account),
  rotatedNotRetiredStory(world, account),
  halfOffboardedStory(world),
  personBehindRobotStory(world),
];
