import type { StatedFact } from "@rollcall/nhi-model";
import { agoLately, awsAccountOf } from "../estate.ts";
import type { Unit, World } from "../estate.ts";
import { ordinaryLife, presentOwner } from "../governance.ts";
import { iamArn } from "../aws/policy.ts";
import { COMPANY, DOMAINS, serviceName } from "../names.ts";
import type { CredentialSpec, Nhi } from "../nhi.ts";
import type { GrantStatement } from "../statement.ts";
import type { Story } from "../unit.ts";
import { pushedNhi, pushedUnit } from "./pushed-unit.ts";

const accountOf = (world: World): string => `agents:${world.prefix}${COMPANY}`;
const mcpRef = (world: World, name: string): string => `${accountOf(world)}/mcp/${name}`;
const direct = (grantKind: string, from: string, to: string): GrantStatement => ({ dialect: "direct", grantKind, from, to });

/** Tool servers that agents call; each signs in to something real. */
const MCP_SERVERS = ["warehouse-query", "ticket-desk", "repo-search", "aws-operations", "customer-lookup"] as const;

const mcpServers = (world: World): readonly Nhi[] =>
  MCP_SERVERS.map((name, index) => {
    const ref = mcpRef(world, name);
    return pushedNhi(world, accountOf(world), {
      ref,
      identityKind: "mcp_server",
      name: `mcp ${name}`,
      serviceIndex: index * 5 + 4,
      bornDaysAgo: 240 - index * 20,
      quietSinceDaysAgo: 0,
      environment: "prod",
      ownership: presentOwner(world, 170 + index),
      registered: true,
      facts: { "auth.methods": ["oidc_federation"] },
      grants:
        name === "aws-operations"
          ? [direct("DELEGATES_TO", ref, iamArn(awsAccountOf(world, 0).id, "role", "payments-ops-lambda"))]
          : name === "warehouse-query"
            ? [direct("ACCESSES", ref, `postgresql:${world.prefix}${COMPANY}/prod/db/reporting-warehouse`)]
            : [],
    });
  });

interface Agent {
  readonly slug: string;
  readonly bornDaysAgo: number;
  readonly quietSinceDaysAgo: number;
  readonly serviceIndex: number;
  readonly calls: readonly (typeof MCP_SERVERS)[number][];
  readonly facts: Readonly<Record<string, StatedFact>>;
  readonly credential: Omit<CredentialSpec, "ref">;
  readonly more?: Partial<Pick<Nhi, "ownership" | "registered">>;
}

const approved = { approved: true, authenticated: true } as const;
/** How an agent looks when everything about it was thought through. */
const governed = (world: World): Record<string, StatedFact> => ({
  "agent.isAgent": true,
  "agent.autonomy": "supervised",
  "agent.identityMode": "own",
  "agent.writeToolCount": 1,
  "agent.highRiskApproval": true,
  "agent.delegatedScopeExceeds": false,
  "agent.runtimePolicy": "policy_as_code",
  "agent.killSwitchTestedAt": agoLately(world, 60, 150),
  "agent.actionLog": true,
  "auth.methods": ["oidc_federation"],
});
const shortLived: Omit<CredentialSpec, "ref"> = {
  credentialKind: "session",
  name: "workload token",
  static: false,
  bornDaysAgo: 200,
  rotateEveryDays: 1,
  lifetimeDays: 1,
  facts: { rotationAutomated: true, storage: "platform", approvedStore: true },
};

const agentNhi = (world: World, agent: Agent): Nhi => {
  const ref = `${accountOf(world)}/agent/${agent.slug}`;
  return pushedNhi(world, accountOf(world), {
    ref,
    identityKind: "ai_agent",
    name: agent.slug,
    serviceIndex: agent.serviceIndex,
    bornDaysAgo: agent.bornDaysAgo,
    quietSinceDaysAgo: agent.quietSinceDaysAgo,
    environment: "prod",
    ...agent.more,
    facts: { ...governed(world), "agent.tools": agent.calls.map(() => ({ ...approved })), ...agent.facts },
    attributes: { tools: agent.calls, delegator: presentOwner(world, agent.serviceIndex + 7).by },
    grants: agent.calls.map((server) => direct("CAN_CALL_TOOL", ref, mcpRef(world, server))),
    credentials: [
      { ref: `${ref}#credential`, ...agent.credential, bornDaysAgo: Math.min(agent.credential.bornDaysAgo, agent.bornDaysAgo) },
    ],
  });
};

const ROLES = ["triage-agent", "release-notes-agent", "invoice-matcher", "support-summariser", "test-writer", "runbook-agent"] as const;
const ordinary = (world: World, n: number): Nhi => {
  const domain = n < DOMAINS.length * ROLES.length ? (DOMAINS[n % DOMAINS.length] as string) : serviceName(n);
  const slug = `${domain}-${ROLES[((n % DOMAINS.length) + 31 * Math.floor(n / DOMAINS.length)) % ROLES.length] as string}`;
  const random = world.random("agent", slug);
  return agentNhi(world, {
    slug,
    ...ordinaryLife(world, slug),
    bornDaysAgo: random.int(20, 260),
    quietSinceDaysAgo: 0,
    serviceIndex: n,
    calls: [random.pick(["ticket-desk", "repo-search", "customer-lookup"] as const)],
    credential: shortLived,
    facts: {
      "agent.autonomy": random.pick(["assistive", "supervised"] as const),
      ...(random.chance(0.3) ? { "agent.killSwitchTestedAt": { unknown: "not_collected" } } : {}),
    },
  });
};

const agentUnapprovedToolStory = (world: World): Story => ({
  id: "agent-unapproved-tool",
  title: "payments-refund-agent can call an unapproved tool server that reaches a production role",
  ruleIds: ["AGT-003"],
  reachesTierZero: true,
  sinceDaysAgo: 28,
  nhi: (present) =>
    agentNhi(world, {
      slug: "payments-refund-agent",
      bornDaysAgo: 120,
      quietSinceDaysAgo: 0,
      serviceIndex: 0,
      calls: present ? ["customer-lookup", "aws-operations"] : ["customer-lookup"],
      credential: shortLived,
      more: { ownership: presentOwner(world, 180), registered: true },
      facts: { "agent.tools": present ? [approved, { approved: false, authenticated: false }] : [approved] },
    }),
});

const agentHumanSessionStory = (world: World): Story => ({
  id: "agent-human-session",
  title: "it-helpdesk-agent works in a person's session and its actions cannot be told from theirs",
  ruleIds: ["AGT-001", "AGT-006"],
  sinceDaysAgo: 75,
  nhi: () =>
    agentNhi(world, {
      slug: "it-helpdesk-agent",
      bornDaysAgo: 150,
      quietSinceDaysAgo: 0,
      serviceIndex: 18,
      calls: ["ticket-desk"],
      credential: shortLived,
      more: { ownership: presentOwner(world, 184), registered: true },
      facts: { "agent.identityMode": "human_session", "agent.actionLog": false, "logging.attributable": false },
    }),
});

const agentAutonomousStory = (world: World): Story => ({
  id: "agent-autonomous",
  title: "inventory-reorder-agent acts on its own with a fixed role, write tools without approval and an untested kill switch",
  ruleIds: ["AGT-002", "AGT-005", "AGT-008"],
  sinceDaysAgo: 90,
  nhi: () =>
    agentNhi(world, {
      slug: "inventory-reorder-agent",
      bornDaysAgo: 210,
      quietSinceDaysAgo: 0,
      serviceIndex: 17,
      calls: ["warehouse-query"],
      credential: shortLived,
      more: { ownership: presentOwner(world, 188), registered: true },
      facts: {
        "agent.autonomy": "autonomous",
        "agent.runtimePolicy": "static_role",
        "agent.highRiskApproval": false,
        "agent.writeToolCount": 4,
        "agent.killSwitchTestedAt": agoLately(world, 400, 150),
      },
    }),
});

const agentStaticKeyStory = (world: World): Story => ({
  id: "agent-static-key",
  title: "marketing-copy-agent holds a static key and more rights than the person it acts for",
  ruleIds: ["AGT-004", "AGT-007"],
  sinceDaysAgo: 50,
  nhi: () =>
    agentNhi(world, {
      slug: "marketing-copy-agent",
      bornDaysAgo: 95,
      quietSinceDaysAgo: 0,
      serviceIndex: 15,
      calls: ["customer-lookup"],
      more: { ownership: presentOwner(world, 192), registered: true },
      credential: {
        credentialKind: "api_key",
        name: "model gateway key",
        bornDaysAgo: 95,
        rotateEveryDays: 0,
        lifetimeDays: null,
        facts: { storage: "env_var", approvedStore: false, rotationAutomated: false },
      },
      facts: { "agent.delegatedScopeExceeds": true, "auth.methods": ["static_key"] },
    }),
});

const stories = (world: World): readonly Story[] => [
  agentUnapprovedToolStory(world),
  agentHumanSessionStory(world),
  agentAutonomousStory(world),
  agentStaticKeyStory(world),
];

export const agentUnit = (world: World, identities: number): Unit =>
  pushedUnit(world, {
    account: accountOf(world),
    sourceName: `AI agent platform ${world.prefix}${COMPANY}`,
    identities,
    core: mcpServers(world),
    stories: stories(world),
    ordinary: (n) => ordinary(world, n),
  });
