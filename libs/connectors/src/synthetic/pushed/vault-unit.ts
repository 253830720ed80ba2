import { ago, agoLately, awsAccountOf } from "../estate.ts";
import type { Unit, World } from "../estate.ts";
import { ordinaryLife, presentOwner } from "../governance.ts";
import { accessKeyRef, iamArn } from "../aws/policy.ts";
import { COMPANY, serviceName } from "../names.ts";
import type { Nhi } from "../nhi.ts";
import type { GrantStatement, ResourceStatement } from "../statement.ts";
import type { Story } from "../unit.ts";
import { databasePasswordRef } from "./database-unit.ts";
import { pushedNhi, pushedUnit } from "./pushed-unit.ts";

const accountOf = (world: World): string => `vault:${world.prefix}${COMPANY}`;
const direct = (grantKind: string, from: string, to: string): GrantStatement => ({ dialect: "direct", grantKind, from, to });

const secret = (world: World, path: string): ResourceStatement => ({
  ref: `${accountOf(world)}/kv/${path}`,
  resourceKind: "secret",
  name: `kv/${path}`,
  provider: "vault",
  account: accountOf(world),
  environment: path.startsWith("prod/") ? "prod" : "staging",
  weight: path.startsWith("prod/") ? 40 : 8,
  reason: "secret engine path",
});

/** An AppRole reads the secrets of its service; some of those are credentials of other systems. */
const appRole = (world: World, n: number, databases: number): Nhi => {
  const serviceIndex = Math.floor(n / 2);
  const stage = n % 2 === 0 ? "prod" : "staging";
  const name = `${serviceName(serviceIndex)}-${stage}`;
  const ref = `${accountOf(world)}/approle/${name}`;
  const life = ordinaryLife(world, ref);
  const own = secret(world, `${stage}/${serviceName(serviceIndex)}`);
  const stored = stage === "prod" && serviceIndex < databases ? [direct("STORES", own.ref, databasePasswordRef(world, serviceIndex))] : [];
  return pushedNhi(world, accountOf(world), {
    ref,
    identityKind: "service_account",
    name: `approle ${name}`,
    serviceIndex,
    ...life,
    environment: stage,
    resources: [own],
    facts: { "auth.methods": ["client_credentials"] },
    grants: [direct("CAN_READ_SECRET", ref, own.ref), ...stored],
    credentials: [
      {
        ref: `${ref}#secret-id`,
        credentialKind: "client_secret",
        name: "secret id",
        bornDaysAgo: life.bornDaysAgo,
        rotateEveryDays: 30,
        lifetimeDays: 30,
        quietSinceDaysAgo: life.quietSinceDaysAgo,
        facts: { storage: "vault", approvedStore: true, rotationAutomated: true },
      },
    ],
  });
};

const vaultWithoutRevocationStory = (world: World): Story => {
  const account = accountOf(world);
  const keys = secret(world, "prod/legacy-exports");
  return {
    id: "vault-without-revocation",
    title: "The vault itself manages 140 consumers as an administrator and nobody has tested revoking it",
    ruleIds: ["MNG-004", "MNG-005"],
    sinceDaysAgo: 300,
    nhi: () =>
      pushedNhi(world, account, {
        ref: `${account}/platform`,
        identityKind: "platform",
        name: "vault control plane",
        serviceIndex: 19,
        bornDaysAgo: 1200,
        quietSinceDaysAgo: 0,
        environment: "prod",
        ownership: presentOwner(world, 130),
        registered: true,
        facts: {
          "managed.isPlatformManaged": true,
          "managed.consumerCount": 140,
          "managed.scopeStatement": "docs/vault#scope",
          "managed.scopeDrift": false,
          "managed.revocationAuthority": { unknown: "not_collected" },
          "access.admin": true,
          "access.wildcard": true,
        },
        grants: [direct("CAN_READ_SECRET", `${account}/platform`, keys.ref)],
      }),
  };
};

const vaultLegacyApproleStory = (world: World): Story => {
  const account = accountOf(world);
  const keys = secret(world, "prod/legacy-exports");
  return {
    id: "vault-legacy-approle",
    title: "approle legacy-exports-ci has a secret id that never expires and reads the key of svc-legacy-export",
    ruleIds: ["ROT-001", "ROT-002"],
    sinceDaysAgo: 260,
    nhi: () =>
      pushedNhi(world, account, {
        ref: `${account}/approle/legacy-exports-ci`,
        identityKind: "service_account",
        name: "approle legacy-exports-ci",
        serviceIndex: 2,
        bornDaysAgo: 640,
        quietSinceDaysAgo: 0,
        environment: "prod",
        ownership: presentOwner(world, 134),
        registered: true,
        resources: [keys],
        credentials: [
          {
            ref: `${account}/approle/legacy-exports-ci#secret-id`,
            credentialKind: "client_secret",
            name: "secret id",
            bornDaysAgo: 410,
            rotateEveryDays: 0,
            lifetimeDays: null,
            quietSinceDaysAgo: 0,
            facts: { storage: "ci_variable", approvedStore: false },
          },
        ],
        grants: [
          direct("CAN_READ_SECRET", `${account}/approle/legacy-exports-ci`, keys.ref),
          direct("STORES", keys.ref, accessKeyRef(iamArn(awsAccountOf(world, 0).id, "user", "svc-legacy-export"), 1)),
        ],
      }),
  };
};

const vaultTokenBrokerStory = (world: World): Story => {
  const account = accountOf(world);
  return {
    id: "vault-token-broker",
    title: "Token broker was granted more than its documented scope",
    ruleIds: ["MNG-002", "MNG-003"],
    sinceDaysAgo: 80,
    nhi: (present) =>
      pushedNhi(world, account, {
        ref: `${account}/broker/github-tokens`,
        identityKind: "platform",
        name: "github token broker",
        serviceIndex: 9,
        bornDaysAgo: 380,
        quietSinceDaysAgo: 0,
        environment: "prod",
        ownership: presentOwner(world, 138),
        registered: true,
        facts: {
          "managed.isPlatformManaged": true,
          "managed.consumerCount": 12,
          "managed.scopeStatement": "docs/token-broker#scope",
          "managed.scopeDrift": present,
          "managed.revocationAuthority": "security on-call",
          "managed.revocationRunbook": "runbooks/revoke/token-broker",
          "managed.revocationTestedAt": agoLately(world, 120, 180),
          "review.lastReviewedAt": ago(world, 300),
          "review.cadenceDays": 90,
        },
      }),
  };
};

const stories = (world: World): readonly Story[] => [
  vaultWithoutRevocationStory(world),
  vaultLegacyApproleStory(world),
  vaultTokenBrokerStory(world),
];

export const vaultUnit = (world: World, identities: number, databases: number): Unit =>
  pushedUnit(world, {
    account: accountOf(world),
    sourceName: `Vault ${world.prefix}${COMPANY}`,
    identities,
    stories: stories(world),
    ordinary: (n) => appRole(world, n, databases),
  });
