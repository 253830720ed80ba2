import { awsAccountOf } from "../estate.ts";
import type { AwsAccount, World } from "../estate.ts";
import { presentOwner } from "../governance.ts";
import { allow, bucketArn, iamArn, secretArn, trustService } from "./policy.ts";

import { accessStories } from "./access-stories.ts";
import { keyStories } from "./key-stories.ts";
import type { AwsStory } from "./aws-story.ts";

const sandboxIntoProdStory = (world: World): AwsStory => {
  const production = awsAccountOf(world, 0);
  return {
    id: "sandbox-into-prod",
    title: "Development role notebook-sandbox reads a production secret and bucket",
    ruleIds: ["ENV-002"],
    sinceDaysAgo: 110,
    principal: () => ({
      type: "role",
      name: "notebook-sandbox",
      serviceIndex: 25,
      bornDaysAgo: 260,
      quietSinceDaysAgo: 0,
      environment: "dev",
      ownership: presentOwner(world, 84),
      registered: true,
      trust: trustService("sagemaker.amazonaws.com"),
      inline: [
        {
          name: "borrowed",
          statements: [
            allow(
              "BorrowedData",
              ["s3:GetObject", "s3:ListBucket"],
              [bucketArn(production, "payments-api"), `${bucketArn(production, "payments-api")}/*`],
            ),
            allow("BorrowedSecret", ["secretsmanager:GetSecretValue"], [secretArn(production, "payments-api")]),
            allow("Hop", ["sts:AssumeRole"], [iamArn(production.id, "role", "analytics-export-reader")]),
          ],
        },
      ],
    }),
  };
};

const previewLeftBehindStory = (world: World): AwsStory => ({
  id: "preview-left-behind",
  title: "Preview environment role preview-pr-1187 outlived its pull request",
  ruleIds: ["EPH-001", "EPH-002"],
  sinceDaysAgo: 24,
  principal: (present) => ({
    type: "role",
    name: "preview-pr-1187",
    serviceIndex: 21,
    bornDaysAgo: 26,
    quietSinceDaysAgo: 24,
    environment: "dev",
    ownership: { by: "nobody" },
    registered: false,
    trust: trustService("ecs-tasks.amazonaws.com"),
    facts: {
      "ephemeral.isEphemeral": true,
      "ephemeral.maxLifetimeHours": 72,
      "ephemeral.ageHours": Math.max(1, Math.round((world.timeline.atMs - (world.timeline.anchorMs - 26 * 86_400_000)) / 3_600_000)),
      "ephemeral.parentStatus": present ? "ended" : "running",
    },
  }),
});

const devStories = (world: World): readonly AwsStory[] => [sandboxIntoProdStory(world), previewLeftBehindStory(world)];

/** Planted problems by account of the first track: 0 = production, 2 = development. */
export const awsStories = (world: World, account: AwsAccount): readonly AwsStory[] => {
  if (account.index === 0) return [...keyStories(world, account), ...accessStories(world, account)];
  return account.index === 2 ? devStories(world) : [];
};
