import type { Unit, World } from "../estate.ts";
import { ordinaryLife, presentOwner } from "../governance.ts";
import { COMPANY, serviceName } from "../names.ts";
import type { Nhi } from "../nhi.ts";
import type { GrantStatement, ResourceStatement } from "../statement.ts";
import type { Story } from "../unit.ts";
import { pushedNhi, pushedUnit } from "./pushed-unit.ts";

const accountOf = (world: World): string => `postgresql:${world.prefix}${COMPANY}`;
const userRef = (world: World, service: string): string => `${accountOf(world)}/prod/user/${service.replaceAll("-", "_")}`;
/** The password of the n-th service's database user: vaults store it under the same reference. */
export const databasePasswordRef = (world: World, serviceIndex: number): string => `${userRef(world, serviceName(serviceIndex))}#password`;

const database = (world: World, service: string, weight: number): ResourceStatement => ({
  ref: `${accountOf(world)}/prod/db/${service}`,
  resourceKind: "data_store",
  name: `${service} database`,
  provider: "postgresql",
  account: accountOf(world),
  environment: "prod",
  weight,
  reason: weight >= 60 ? "holds personal data" : "operational data",
});

const accesses = (from: string, to: string, level: "read" | "write" | "admin"): GrantStatement => ({
  dialect: "direct",
  grantKind: "ACCESSES",
  from,
  to,
  level,
});

/** Database users created by hand before the vault issued them; which is why few rotate by themselves. */
const databaseUser = (world: World, serviceIndex: number): Nhi => {
  const service = serviceName(serviceIndex);
  const ref = userRef(world, service);
  const life = ordinaryLife(world, ref);
  const random = world.random("db", ref);
  const store = database(world, service, random.chance(0.35) ? 70 : 40);
  const rotated = random.chance(0.6);
  return pushedNhi(world, accountOf(world), {
    ref,
    identityKind: "database_user",
    name: service.replaceAll("-", "_"),
    serviceIndex,
    ...life,
    environment: "prod",
    resources: [store],
    grants: [accesses(ref, store.ref, random.chance(0.2) ? "admin" : "write")],
    facts: { "auth.methods": [rotated ? "vault_dynamic" : "password"], "usage.distinctWorkloads": 1 },
    credentials: [
      {
        ref: `${ref}#password`,
        credentialKind: "password",
        name: "password",
        bornDaysAgo: life.bornDaysAgo,
        rotateEveryDays: rotated ? 60 : 0,
        lifetimeDays: rotated ? 90 : null,
        quietSinceDaysAgo: life.quietSinceDaysAgo,
        facts: { storage: "vault", approvedStore: true, rotationAutomated: rotated },
      },
    ],
  });
};

const sharedDbUserStory = (world: World): Story => {
  const reporting = database(world, "reporting-warehouse", 80);
  const ref = userRef(world, "reporting-shared");
  return {
    id: "shared-db-user",
    title: "Database user reporting_shared serves six workloads with a password from a wiki page",
    ruleIds: ["REUSE-001", "LEAK-002", "ROT-001"],
    sinceDaysAgo: 400,
    nhi: () =>
      pushedNhi(world, accountOf(world), {
        ref,
        identityKind: "database_user",
        name: "reporting_shared",
        serviceIndex: 16,
        bornDaysAgo: 1100,
        quietSinceDaysAgo: 0,
        environment: "prod",
        ownership: { by: "team", person: null, team: "reporting-team" },
        resources: [reporting],
        grants: [accesses(ref, reporting.ref, "write")],
        facts: { "auth.methods": ["password"], "usage.distinctWorkloads": 6 },
        credentials: [
          {
            ref: `${ref}#password`,
            credentialKind: "password",
            name: "password",
            bornDaysAgo: 1000,
            rotateEveryDays: 0,
            lifetimeDays: null,
            quietSinceDaysAgo: 0,
            facts: { storage: "wiki", approvedStore: false, rotationAutomated: false },
          },
        ],
      }),
  };
};

const unloggedSuperuserStory = (world: World): Story => {
  const reporting = database(world, "reporting-warehouse", 80);
  const unlogged = userRef(world, "etl-superuser");
  return {
    id: "unlogged-superuser",
    title: "etl_superuser is a superuser whose statements are not logged",
    ruleIds: ["MON-001", "AUTH-001"],
    sinceDaysAgo: 210,
    nhi: () =>
      pushedNhi(world, accountOf(world), {
        ref: unlogged,
        identityKind: "database_user",
        name: "etl_superuser",
        serviceIndex: 25,
        bornDaysAgo: 700,
        quietSinceDaysAgo: 0,
        environment: "prod",
        ownership: presentOwner(world, 142),
        registered: true,
        grants: [accesses(unlogged, reporting.ref, "admin")],
        facts: { "auth.methods": ["password"], "access.admin": true, "logging.enabled": false, "logging.attributable": false },
        credentials: [
          {
            ref: `${unlogged}#password`,
            credentialKind: "password",
            name: "password",
            bornDaysAgo: 80,
            rotateEveryDays: 0,
            lifetimeDays: null,
            quietSinceDaysAgo: 0,
            facts: { storage: "vault", approvedStore: true, rotationAutomated: false },
          },
        ],
      }),
  };
};

const stories = (world: World): readonly Story[] => [sharedDbUserStory(world), unloggedSuperuserStory(world)];

export const databaseUnit = (world: World, identities: number): Unit =>
  pushedUnit(world, {
    account: accountOf(world),
    sourceName: `PostgreSQL fleet ${world.prefix}${COMPANY}`,
    identities,
    stories: stories(world),
    ordinary: (n) => databaseUser(world, n),
  });
