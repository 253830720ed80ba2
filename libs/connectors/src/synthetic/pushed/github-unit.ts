import type { ScopeKey } from "@rollcall/nhi-model";
import type { ScopedObservation } from "@rollcall/posture-pipeline";
import { agoLately, awsAccountOf } from "../estate.ts";
import type { Unit, World } from "../estate.ts";
import { ordinaryLife, ownerWhoLeft, presentOwner } from "../governance.ts";
import { accessKeyRef, iamArn } from "../aws/policy.ts";
import { COMPANY, serviceName } from "../names.ts";
import type { CredentialSpec, Nhi } from "../nhi.ts";
import { resourceIn } from "../statement.ts";
import type { GrantStatement, ResourceStatement } from "../statement.ts";
import type { Story } from "../unit.ts";
import { pushedNhi, pushedUnit } from "./pushed-unit.ts";

const direct = (grantKind: string, from: string, to: string): GrantStatement => ({ dialect: "direct", grantKind, from, to });
const accountOf = (world: World): string => `github:${world.prefix}${COMPANY}`;
const repoRef = (world: World, repo: string): string => `${accountOf(world)}/${repo}`;
const workflowRef = (world: World, repo: string): string => `${repoRef(world, repo)}/workflow/deploy.yml`;

const repository = (world: World, repo: string): ResourceStatement => ({
  ref: repoRef(world, repo),
  resourceKind: "repository",
  name: repo,
  provider: "github",
  account: accountOf(world),
  weight: 15,
  reason: "source code of a service",
});

/** Whoever writes to the repository decides what its deploy workflow does. */
const runsWorkflow = (world: World, repo: string): GrantStatement =>
  direct("CAN_RUN_WORKFLOW", repoRef(world, repo), workflowRef(world, repo));

const workflow = (world: World, repo: string, serviceIndex: number, roleArn: string | null): Nhi => {
  const ref = workflowRef(world, repo);
  return pushedNhi(world, accountOf(world), {
    ref,
    identityKind: "ci_pipeline",
    name: `${repo}: deploy`,
    serviceIndex,
    ...ordinaryLife(world, ref),
    environment: "prod",
    resources: [repository(world, repo)],
    facts: { "auth.methods": roleArn === null ? [] : ["oidc_federation"], "pipeline.storesStaticCloudKey": false },
    grants: [runsWorkflow(world, repo), ...(roleArn === null ? [] : [direct("FEDERATES_TO", ref, roleArn)])],
  });
};

const deployKey = (world: World, repo: string, serviceIndex: number): Nhi => {
  const ref = `${repoRef(world, repo)}/deploy-key/ci`;
  const life = ordinaryLife(world, ref);
  const writes = world.random("write", ref).chance(0.3);
  return pushedNhi(world, accountOf(world), {
    ref,
    identityKind: "api_client",
    name: `${repo} deploy key`,
    serviceIndex,
    ...life,
    environment: null,
    credentials: [
      {
        ref: `${ref}#ssh`,
        credentialKind: "ssh_key",
        name: `${repo}-ci`,
        bornDaysAgo: life.bornDaysAgo,
        rotateEveryDays: 0,
        lifetimeDays: null,
        quietSinceDaysAgo: life.quietSinceDaysAgo,
        facts: { algorithm: "ED25519", rotationAutomated: false },
      },
    ],
    grants: [
      writes ? direct("CAN_WRITE_CODE", ref, repoRef(world, repo)) : { ...direct("ACCESSES", ref, repoRef(world, repo)), level: "read" },
    ],
  });
};

const bot = (world: World, repo: string, serviceIndex: number): Nhi => {
  const ref = `${accountOf(world)}/user/fh-${repo}-bot`;
  const life = ordinaryLife(world, ref);
  const pat: CredentialSpec = {
    ref: `${ref}#pat`,
    credentialKind: "pat",
    name: "release token",
    bornDaysAgo: life.bornDaysAgo,
    rotateEveryDays: 85,
    lifetimeDays: 90,
    quietSinceDaysAgo: life.quietSinceDaysAgo,
    facts: { rotationAutomated: false },
  };
  return pushedNhi(world, accountOf(world), {
    ref,
    identityKind: "bot",
    name: `fh-${repo}-bot`,
    serviceIndex,
    ...life,
    environment: null,
    credentials: [pat],
    grants: [direct("CAN_WRITE_CODE", ref, repoRef(world, repo))],
  });
};

const staticKeyInCiStory = (world: World): Story => {
  const production = awsAccountOf(world, 0);
  const account = accountOf(world);
  return {
    id: "static-key-in-ci",
    title: "Workflow of orders-import deploys with a stored AWS key although federation is available",
    ruleIds: ["CICD-001", "AUTH-002"],
    sinceDaysAgo: 320,
    nhi: () =>
      pushedNhi(world, account, {
        ref: workflowRef(world, "orders-import-tool"),
        identityKind: "ci_pipeline",
        name: "orders-import-tool: deploy",
        serviceIndex: 1,
        bornDaysAgo: 420,
        quietSinceDaysAgo: 0,
        environment: "prod",
        ownership: presentOwner(world, 120),
        registered: true,
        resources: [repository(world, "orders-import-tool")],
        facts: { "pipeline.storesStaticCloudKey": true, "auth.methods": ["static_key"], "auth.credentiallessAvailable": true },
        credentials: [
          {
            ref: `${workflowRef(world, "orders-import-tool")}#secret/AWS_ACCESS_KEY_ID`,
            credentialKind: "access_key",
            name: "AWS_ACCESS_KEY_ID",
            bornDaysAgo: 60,
            rotateEveryDays: 0,
            lifetimeDays: null,
            facts: { storage: "ci_variable", approvedStore: false },
          },
        ],
        grants: [
          runsWorkflow(world, "orders-import-tool"),
          direct(
            "USES_SECRET",
            workflowRef(world, "orders-import-tool"),
            accessKeyRef(iamArn(production.id, "user", "svc-orders-bulk-import"), 1),
          ),
        ],
      }),
  };
};

const platformDeployStory = (world: World): Story => {
  const production = awsAccountOf(world, 0);
  const account = accountOf(world);
  return {
    id: "platform-deploy",
    title: "Anyone who writes to platform-deploy reaches an administrator of production, through the role gha-deploy-prod",
    ruleIds: [],
    reachesTierZero: true,
    sinceDaysAgo: 200,
    nhi: () =>
      pushedNhi(world, account, {
        ref: workflowRef(world, "platform-deploy"),
        identityKind: "ci_pipeline",
        name: "platform-deploy: deploy",
        serviceIndex: 4,
        bornDaysAgo: 480,
        quietSinceDaysAgo: 0,
        environment: "prod",
        ownership: presentOwner(world, 124),
        registered: true,
        resources: [repository(world, "platform-deploy")],
        facts: { "auth.methods": ["oidc_federation"], "pipeline.storesStaticCloudKey": false },
        grants: [
          runsWorkflow(world, "platform-deploy"),
          direct("FEDERATES_TO", workflowRef(world, "platform-deploy"), iamArn(production.id, "role", "gha-deploy-prod")),
        ],
      }),
  };
};

const leaverDeployKeyStory = (world: World): Story => {
  const account = accountOf(world);
  const leaver = ownerWhoLeft(world, 60);
  return {
    id: "leaver-deploy-key",
    title: "Write deploy key of platform-deploy belongs to somebody who has left",
    ruleIds: ["OWN-002", "OFF-004"],
    reachesTierZero: true,
    sinceDaysAgo: Math.min(90, leaver.leftDaysAgo),
    nhi: () =>
      pushedNhi(world, account, {
        ref: `${repoRef(world, "platform-deploy")}/deploy-key/laptop`,
        identityKind: "api_client",
        name: "platform-deploy laptop key",
        serviceIndex: 4,
        bornDaysAgo: 900,
        quietSinceDaysAgo: 12,
        environment: null,
        ownership: leaver.ownership,
        registered: true,
        credentials: [
          {
            ref: `${repoRef(world, "platform-deploy")}/deploy-key/laptop#ssh`,
            credentialKind: "ssh_key",
            name: "laptop key",
            bornDaysAgo: 900,
            rotateEveryDays: 0,
            lifetimeDays: null,
            quietSinceDaysAgo: 12,
          },
        ],
        grants: [direct("CAN_WRITE_CODE", `${repoRef(world, "platform-deploy")}/deploy-key/laptop`, repoRef(world, "platform-deploy"))],
      }),
  };
};

const unvettedAppStory = (world: World): Story => {
  const account = accountOf(world);
  return {
    id: "unvetted-app",
    title: "GitHub app Vaultwisp Scan was never vetted and may write to every repository",
    ruleIds: ["TPX-002"],
    sinceDaysAgo: 150,
    nhi: () =>
      pushedNhi(world, account, {
        ref: `${account}/app/vaultwisp-scan`,
        identityKind: "oauth_client",
        name: "Vaultwisp Scan",
        serviceIndex: 19,
        bornDaysAgo: 150,
        quietSinceDaysAgo: 0,
        environment: null,
        ownership: presentOwner(world, 128),
        registered: true,
        facts: {
          "thirdParty.external": true,
          "thirdParty.vendorStatus": "active",
          "thirdParty.vettedAt": agoLately(world, 800, 365),
          "access.wildcard": false,
          "thirdParty.publisherVerified": true,
          "thirdParty.consent": "admin",
        },
        grants: [direct("CAN_WRITE_CODE", `${account}/app/vaultwisp-scan`, repoRef(world, "platform-deploy"))],
      }),
  };
};

const stories = (world: World): readonly Story[] => [
  staticKeyInCiStory(world),
  platformDeployStory(world),
  leaverDeployKeyStory(world),
  unvettedAppStory(world),
];

export const githubUnit = (world: World, identities: number, deployableServices: number): Unit => {
  const production = awsAccountOf(world, 0);
  const preamble = function* (scope: ScopeKey): Generator<ScopedObservation> {
    yield resourceIn(scope, repository(world, "landing-zone"));
  };
  const ordinary = (n: number): Nhi => {
    const serviceIndex = Math.floor(n / 4);
    const repo = serviceName(serviceIndex);
    if (n % 4 === 0)
      return workflow(
        world,
        repo,
        serviceIndex,
        serviceIndex < deployableServices ? iamArn(production.id, "role", `gha-deploy-${repo}`) : null,
      );
    if (n % 4 === 1) return deployKey(world, repo, serviceIndex);
    if (n % 4 === 2) return bot(world, repo, serviceIndex);
    return workflow(world, `${repo}-infra`, serviceIndex, null);
  };
  return pushedUnit(world, {
    account: accountOf(world),
    sourceName: `GitHub ${world.prefix}${COMPANY}`,
    identities,
    preamble,
    stories: stories(world),
    ordinary,
  });
};
