import type { Unit, World } from "../estate.ts";
import { ordinaryLife, presentOwner } from "../governance.ts";
import { awsAccountOf } from "../estate.ts";
import { accessKeyRef, iamArn } from "../aws/policy.ts";
import { COMPANY, serviceName } from "../names.ts";
import type { Nhi } from "../nhi.ts";
import type { Story } from "../unit.ts";
import { pushedNhi, pushedUnit } from "./pushed-unit.ts";

const accountOf = (world: World): string => `ironforge-ci:${world.prefix}${COMPANY}`;

/** Pipelines of the older build system, which still keeps the access keys of `ci-` users in its variables. */
const pipeline = (world: World, n: number, keyedServices: number): Nhi => {
  const service = serviceName(n);
  const ref = `${accountOf(world)}/pipeline/${service}-release`;
  const life = ordinaryLife(world, ref);
  const keyed = n < keyedServices && world.random("keyed", ref).chance(0.5);
  return pushedNhi(world, accountOf(world), {
    ref,
    identityKind: "ci_pipeline",
    name: `${service}-release`,
    serviceIndex: n,
    ...life,
    environment: null,
    facts: {
      "pipeline.storesStaticCloudKey": keyed,
      "auth.methods": keyed ? ["static_key"] : ["oidc_federation"],
      ...(keyed ? { "auth.credentiallessAvailable": true } : {}),
    },
    grants: keyed
      ? [
          {
            dialect: "direct",
            grantKind: "USES_SECRET",
            from: ref,
            to: accessKeyRef(iamArn(awsAccountOf(world, 0).id, "user", `ci-${service}`), 1),
          },
        ]
      : [],
    credentials: [
      {
        ref: `${ref}#runner-token`,
        credentialKind: "token",
        name: "runner token",
        static: false,
        bornDaysAgo: life.bornDaysAgo,
        rotateEveryDays: 7,
        lifetimeDays: 14,
        quietSinceDaysAgo: life.quietSinceDaysAgo,
        facts: { rotationAutomated: true, storage: "platform", approvedStore: true },
      },
    ],
  });
};

const stories = (world: World): readonly Story[] => [
  {
    id: "ci-controller",
    title: "The build controller may act as 900 pipelines and eleven people may act as it",
    ruleIds: ["HUM-003", "MNG-001"],
    sinceDaysAgo: 230,
    nhi: () =>
      pushedNhi(world, accountOf(world), {
        ref: `${accountOf(world)}/controller`,
        identityKind: "platform",
        name: "ironforge controller",
        serviceIndex: 9,
        bornDaysAgo: 1000,
        quietSinceDaysAgo: 0,
        environment: "prod",
        ownership: { by: "nobody" },
        registered: false,
        facts: {
          "managed.isPlatformManaged": true,
          "managed.consumerCount": 22,
          "auth.impersonatorCount": 11,
          "auth.impersonationScope": "organisation",
          "owner.kind": "none",
        },
      }),
  },
  {
    id: "basic-auth-pipeline",
    title: "Release pipeline of the tax batch signs in with basic authentication",
    ruleIds: ["AUTH-001"],
    sinceDaysAgo: 350,
    nhi: () =>
      pushedNhi(world, accountOf(world), {
        ref: `${accountOf(world)}/pipeline/tax-legacy-upload`,
        identityKind: "ci_pipeline",
        name: "tax-legacy-upload",
        serviceIndex: 24,
        bornDaysAgo: 950,
        quietSinceDaysAgo: 0,
        environment: "prod",
        ownership: presentOwner(world, 146),
        registered: true,
        facts: { "auth.methods": ["basic", "password"], "pipeline.storesStaticCloudKey": false },
        credentials: [
          {
            ref: `${accountOf(world)}/pipeline/tax-legacy-upload#password`,
            credentialKind: "password",
            name: "upload password",
            bornDaysAgo: 70,
            rotateEveryDays: 0,
            lifetimeDays: null,
            facts: { storage: "ci_variable", approvedStore: false },
          },
        ],
      }),
  },
];

export const ciUnit = (world: World, identities: number, keyedServices: number): Unit =>
  pushedUnit(world, {
    account: accountOf(world),
    sourceName: `Ironforge CI ${world.prefix}${COMPANY}`,
    identities,
    stories: stories(world),
    ordinary: (n) => pipeline(world, n, keyedServices),
  });
