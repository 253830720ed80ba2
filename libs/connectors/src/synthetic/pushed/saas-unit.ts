import { ago, agoLately } from "../estate.ts";
import type { Unit, World } from "../estate.ts";
import { ordinaryLife, presentOwner } from "../governance.ts";
import { COMPANY, serviceName, VENDORS } from "../names.ts";
import type { Nhi } from "../nhi.ts";
import type { GrantStatement, ResourceStatement } from "../statement.ts";
import { resourceIn } from "../statement.ts";
import type { Story } from "../unit.ts";
import { pushedNhi, pushedUnit } from "./pushed-unit.ts";

const accountOf = (world: World): string => `workspace-suite:${world.prefix}${COMPANY}`;
const SUITES = ["crm", "mail", "drive", "chat", "hr"] as const;
const SUITE_WEIGHT = { crm: 65, mail: 80, drive: 70, chat: 45, hr: 85 } as const;

const suite = (world: World, name: (typeof SUITES)[number]): ResourceStatement => ({
  ref: `${accountOf(world)}/${name}`,
  resourceKind: "saas_object",
  name: `${name} of ${COMPANY}`,
  provider: "workspace-suite",
  account: accountOf(world),
  environment: "prod",
  weight: SUITE_WEIGHT[name],
  reason: "business records",
});
const accesses = (from: string, to: string, level: "read" | "write"): GrantStatement => ({
  dialect: "direct",
  grantKind: "ACCESSES",
  from,
  to,
  level,
});

interface OAuthApp {
  readonly slug: string;
  readonly name: string;
  readonly suite: (typeof SUITES)[number];
  readonly level: "read" | "write";
  readonly bornDaysAgo: number;
  readonly quietSinceDaysAgo: number;
  readonly serviceIndex: number;
  readonly facts: NonNullable<Nhi["facts"]>;
  readonly secretDaysAgo: number;
  readonly rotateEveryDays?: number;
  readonly more?: Partial<Pick<Nhi, "ownership" | "registered">>;
}

const oauthApp = (world: World, app: OAuthApp): Nhi => {
  const ref = `${accountOf(world)}/app/${app.slug}`;
  const target = suite(world, app.suite);
  return pushedNhi(world, accountOf(world), {
    ref,
    identityKind: "oauth_client",
    name: app.name,
    serviceIndex: app.serviceIndex,
    bornDaysAgo: app.bornDaysAgo,
    quietSinceDaysAgo: app.quietSinceDaysAgo,
    environment: "prod",
    grants: [accesses(ref, target.ref, app.level)],
    facts: { "auth.methods": ["client_credentials"], ...app.facts },
    ...app.more,
    credentials: [
      {
        ref: `${ref}#client-secret`,
        credentialKind: "client_secret",
        name: "client secret",
        bornDaysAgo: app.secretDaysAgo,
        rotateEveryDays: app.rotateEveryDays ?? 0,
        lifetimeDays: 365,
        quietSinceDaysAgo: app.quietSinceDaysAgo,
      },
    ],
  });
};

/** Apps of vendors first, then the company's own integrations. */
const ordinary = (world: World, n: number): Nhi => {
  const vendor = n < VENDORS.length * 2 ? VENDORS[n % VENDORS.length] : undefined;
  const own = serviceName(n);
  const slug =
    vendor === undefined
      ? `${own}-integration`
      : `${vendor.name.toLowerCase().replaceAll(" ", "-")}-${n < VENDORS.length ? "connector" : "reports"}`;
  const life = ordinaryLife(world, slug);
  const random = world.random("oauth", slug);
  const vetted = random.chance(0.8) ? agoLately(world, random.int(10, 330), 365) : ago(world, random.int(480, 800));
  return oauthApp(world, {
    slug,
    name: vendor === undefined ? `${own} integration` : `${vendor.app}${n < VENDORS.length ? "" : " Reports"}`,
    suite: random.pick(SUITES),
    level: random.chance(0.35) ? "write" : "read",
    ...life,
    serviceIndex: n,
    secretDaysAgo: life.bornDaysAgo,
    rotateEveryDays: random.chance(0.6) ? 80 : 0,
    facts:
      vendor === undefined
        ? { "thirdParty.external": false }
        : {
            "thirdParty.external": true,
            "thirdParty.vendorStatus": "active",
            "thirdParty.vettedAt": vetted,
            "thirdParty.publisherVerified": random.chance(0.9),
            "thirdParty.consent": "admin",
            "access.highRiskScopes": [],
          },
  });
};

const meetingNotesAppStory = (world: World): Story => ({
  id: "meeting-notes-app",
  title: "Notewren AI Meeting Notes reads all mail by a single user's consent, from an unverified publisher",
  ruleIds: ["TPX-004"],
  sinceDaysAgo: 33,
  nhi: () =>
    oauthApp(world, {
      slug: "notewren-ai",
      name: "Notewren AI Meeting Notes",
      suite: "mail",
      level: "read",
      bornDaysAgo: 33,
      quietSinceDaysAgo: 0,
      serviceIndex: 15,
      secretDaysAgo: 33,
      more: { ownership: presentOwner(world, 150), registered: false },
      facts: {
        "thirdParty.external": true,
        "thirdParty.vendorStatus": "active",
        "thirdParty.publisherVerified": false,
        "thirdParty.consent": "user",
        "access.highRiskScopes": ["mail.read.all", "offline_access"],
        "thirdParty.vettedAt": { unknown: "not_collected" },
      },
    }),
});

const vendorIncidentStory = (world: World): Story => ({
  id: "vendor-incident",
  title: "Dataferry declared an incident 19 days ago; its client secret is older than that",
  ruleIds: ["TPX-005"],
  sinceDaysAgo: 19,
  nhi: (present) =>
    oauthApp(world, {
      slug: "dataferry-elt",
      name: "Dataferry ELT",
      suite: "crm",
      level: "write",
      bornDaysAgo: 430,
      quietSinceDaysAgo: 0,
      serviceIndex: 25,
      secretDaysAgo: 84,
      more: { ownership: presentOwner(world, 154), registered: true },
      facts: {
        "thirdParty.external": true,
        "thirdParty.vendorStatus": "active",
        "thirdParty.vettedAt": agoLately(world, 210, 365),
        "thirdParty.publisherVerified": true,
        "thirdParty.consent": "admin",
        "access.highRiskScopes": [],
        ...(present ? { "thirdParty.incidentDeclaredAt": ago(world, 19) } : {}),
      },
    }),
});

const contractEndedStory = (world: World): Story => ({
  id: "contract-ended",
  title: "Contract with Hirebrook ended 50 days ago, its app still reads HR records",
  ruleIds: ["TPX-002"],
  sinceDaysAgo: 50,
  nhi: (present) =>
    oauthApp(world, {
      slug: "hirebrook-ats",
      name: "Hirebrook ATS",
      suite: "hr",
      level: "write",
      bornDaysAgo: 610,
      quietSinceDaysAgo: 0,
      serviceIndex: 18,
      secretDaysAgo: 200,
      more: { ownership: presentOwner(world, 158), registered: true },
      facts: {
        "thirdParty.external": true,
        "thirdParty.vendorStatus": present ? "ended" : "active",
        "thirdParty.vettedAt": agoLately(world, 120, 365),
        "thirdParty.publisherVerified": true,
        "thirdParty.consent": "admin",
        "access.highRiskScopes": [],
      },
    }),
});

const stories = (world: World): readonly Story[] => [meetingNotesAppStory(world), vendorIncidentStory(world), contractEndedStory(world)];

export const saasUnit = (world: World, identities: number): Unit =>
  pushedUnit(world, {
    account: accountOf(world),
    sourceName: `Workspace suite ${world.prefix}${COMPANY}`,
    identities,
    stories: stories(world),
    ordinary: (n) => ordinary(world, n),
    preamble: (scope) => SUITES.map((name) => resourceIn(scope, suite(world, name))),
  });
