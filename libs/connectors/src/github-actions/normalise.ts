import type { Collector } from "../observe/collector.ts";
import { fitRef, grantRef } from "../observe/collector.ts";
import { redactText } from "../input/redact-text.ts";
import type { Workflow, WorkflowJob } from "./read-workflow.ts";
import { repositoryRef } from "./repository-of.ts";
import type { RepositoryName } from "./repository-of.ts";
import { tokensOf, tokensOfRepository } from "./token-claims.ts";
import { useOf } from "./workflow-use.ts";
import type { WorkflowUse } from "./workflow-use.ts";

export function normaliseRepository(collector: Collector, repository: RepositoryName, where: string): void {
  collector.add(
    "repository",
    {
      kind: "resource",
      ref: fitRef(repositoryRef(repository)),
      resourceKind: "repository",
      name: repository.name,
      provider: "github",
      account: repository.owner,
      attributes: { oidcTokens: tokensOfRepository(repository) },
    },
    where,
  );
}

/** One pipeline per workflow file, with what it signs in to, the secrets it reads and who may start it. `jobs` are those that run for it, called ones included. */
export function normaliseWorkflow(
  collector: Collector,
  repository: RepositoryName,
  { workflow, jobs }: { workflow: Workflow; jobs: readonly WorkflowJob[] },
): void {
  const ref = fitRef(`${repositoryRef(repository)}/workflow/${workflow.file}`);
  const use = useOf(workflow);
  const tokens = tokensOf({ ...workflow, jobs }, repository);
  const events = [...new Set(workflow.triggers.map(({ event }) => event))].sort();
  const environments = [...new Set(workflow.jobs.flatMap((job) => job.environments))].sort();
  collector.add(
    "workflows",
    {
      kind: "identity",
      ref,
      identityKind: "ci_pipeline",
      name: `${repository.name}: ${redactText(workflow.name)}`.slice(0, 512),
      provider: "github",
      account: repository.owner,
      facts: {
        status: "active",
        createdAt: { unknown: "not_offered" },
        "usage.lastUsedAt": { unknown: "not_offered" },
        "usage.observedDays": { unknown: "not_offered" },
        "auth.interactiveLoginEnabled": false,
        "auth.methods": [...(tokens.length > 0 ? ["oidc_federation"] : []), ...(use.storesStaticCloudKey ? ["static_key"] : [])],
        "pipeline.storesStaticCloudKey": use.storesStaticCloudKey,
      },
      attributes: {
        path: workflow.path.slice(0, 1024),
        triggers: events,
        environments: environments.map((name) => redactText(name)),
        secretNames: use.secrets,
        selfHosted: workflow.jobs.some((job) => job.runsOn.includes("self-hosted")),
        ...(tokens.length > 0 ? { oidcTokens: tokens } : {}),
        ...(use.rolesToAssume.length > 0 ? { assumesRoles: use.rolesToAssume } : {}),
        ...(events.includes("pull_request_target") || events.includes("issue_comment") ? { openTo: outsiders(events, use) } : {}),
      },
    },
    workflow.path,
  );
  addStarting(collector, repository, { workflow, ref, events });
  addSecrets(collector, repository, { workflow, ref, use });
  addEnvironments(collector, repository, { workflow, ref, environments });
}

/** These two events run with the rights of the repository although a stranger may cause them. */
function outsiders(events: readonly string[], { runsProposedCode }: WorkflowUse): readonly Record<string, string>[] {
  if (!events.includes("pull_request_target"))
    return [
      {
        who: "anyone who may comment on an issue",
        how: "the workflow starts on comments",
        provided: "the repository is public and the workflow does what the comment says",
      },
    ];
  return [
    {
      who: "anyone who may open a pull request",
      how: runsProposedCode ? "pull_request_target with a checkout of the proposed code" : "pull_request_target",
      provided: runsProposedCode ? "the repository is public" : "the repository is public and the workflow uses what is proposed",
    },
  ];
}

interface Place {
  readonly workflow: Workflow;
  readonly ref: string;
}

/** Who may write to the repository decides what its workflows do, unless the branches they run on are protected. */
function addStarting(
  collector: Collector,
  repository: RepositoryName,
  { workflow, ref, events }: Place & { events: readonly string[] },
): void {
  const from = fitRef(repositoryRef(repository));
  const onAnyBranch = workflow.triggers.some(
    ({ event, settings }) =>
      event === "pull_request" || event === "workflow_dispatch" || (event === "push" && settings["branches"] === undefined),
  );
  const conditions = onAnyBranch && events.length > 0 ? [] : ["no branch protection keeps a change out of what the workflow runs"];
  collector.add(
    "workflows",
    {
      kind: "grant",
      ref: grantRef(from, "CAN_RUN_WORKFLOW", ref),
      dialect: "direct",
      grantKind: "CAN_RUN_WORKFLOW",
      from,
      to: ref,
      ...(conditions.length > 0 ? { conditional: true, attributes: { conditions } } : {}),
    },
    workflow.path,
  );
  const contents = workflow.jobs.map((job) => job.contents);
  if (!contents.includes("write") && !contents.includes("unstated")) return;
  const isSure = contents.includes("write");
  collector.add(
    "workflows",
    {
      kind: "grant",
      ref: grantRef(ref, "CAN_WRITE_CODE", from),
      dialect: "direct",
      grantKind: "CAN_WRITE_CODE",
      from: ref,
      to: from,
      ...(isSure ? {} : { conditional: true, attributes: { conditions: ["the repository lets the token of a job write by default"] } }),
    },
    workflow.path,
  );
}

function addSecrets(collector: Collector, repository: RepositoryName, { workflow, ref, use }: Place & { use: WorkflowUse }): void {
  const takesAll = use.takesAllSecrets || workflow.jobs.some((job) => job.inheritsSecrets);
  for (const name of [...use.secrets, ...(takesAll ? ["*"] : [])]) {
    const secret = fitRef(`${repositoryRef(repository)}/secret/${name}`);
    collector.ensure(
      "secrets",
      {
        kind: "resource",
        ref: secret,
        resourceKind: "secret",
        name: name === "*" ? `every secret of ${repository.name}` : name,
        provider: "github",
        account: repository.owner,
        sensitivity: { weight: 40, reason: "secrets open further systems; what is in this one is not known" },
        attributes: { store: "GitHub Actions", listed: false },
      },
      workflow.path,
    );
    collector.add(
      "secrets",
      { kind: "grant", ref: grantRef(ref, "USES_SECRET", secret), dialect: "direct", grantKind: "USES_SECRET", from: ref, to: secret },
      workflow.path,
    );
  }
}

function addEnvironments(
  collector: Collector,
  repository: RepositoryName,
  { workflow, ref, environments }: Place & { environments: readonly string[] },
): void {
  for (const name of environments.filter((each) => !each.includes("${{"))) {
    const environment = fitRef(`${repositoryRef(repository)}/environment/${redactText(name)}`);
    collector.ensure(
      "repository",
      {
        kind: "resource",
        ref: environment,
        resourceKind: "other",
        name: `environment ${redactText(name)} of ${repository.name}`.slice(0, 512),
        provider: "github",
        account: repository.owner,
      },
      workflow.path,
    );
    collector.add(
      "workflows",
      {
        kind: "grant",
        ref: grantRef(ref, "DEPLOYS_TO", environment),
        dialect: "direct",
        grantKind: "DEPLOYS_TO",
        from: ref,
        to: environment,
      },
      workflow.path,
    );
  }
}
