import { allowedEvents, taskStates } from "@rollcall/lifecycle";
import type { FindingRow, StoredTask, TaskPlan, TaskPlanView, TaskRow, TaskView } from "@rollcall/posture-pipeline";
import { ruleById } from "@rollcall/risk-scoring";
import { taskEvent } from "../schemas/task-action.ts";
import type { AuthedContext } from "../trpc.ts";
import { whatToDoForPlan } from "../words/plan-words.ts";
import { findingView } from "../words/finding-words.ts";
import { found } from "../words/found.ts";
import { asTask, lifecycleKind } from "./lifecycle-event.ts";
import { touchRefusal } from "./may-touch.ts";

const pageRows = 200;

/** A task with the findings it clears, what to do, what breaks, and what the viewer may do now. */
export async function loadTaskView(ctx: AuthedContext, taskId: string): Promise<TaskView> {
  const { triage, read } = ctx.services;
  const stored = found(await triage.task(ctx.workspaceId, taskId), "task");
  const [row, plan, findings, events, members, identity] = await Promise.all([
    taskRow(ctx, stored),
    stored.playbook === "plan" ? triage.plan(ctx.workspaceId, taskId) : null,
    read.listFindings(ctx.workspaceId, { filter: { subject: stored.subjectId }, page: { limit: pageRows } }),
    triage.taskEvents(ctx.workspaceId, taskId),
    triage.members(ctx.workspaceId),
    stored.subjectKind === "identity" ? read.identity(ctx.workspaceId, stored.subjectId) : null,
  ]);
  const own = findings.items.filter((finding) => finding.taskId === taskId).map(findingView);
  const owner = members.find((member) => member.userId === stored.exception?.ownerId);
  return {
    ...row,
    plan: plan === null ? null : shownPlan(plan),
    findings: own,
    ...(plan === null ? whatToDo(own) : whatToDoForPlan(plan)),
    lastUsedAt: identity?.lastUsedAt ?? null,
    events,
    allowed: taskEvent.options.map((event) => ({ event, refusal: refusalOf(ctx, stored, event) })),
    exception:
      stored.exception === null
        ? null
        : {
            reason: stored.exception.reason,
            compensatingControl: stored.exception.compensatingControl,
            expiresAt: stored.exception.expiresAt,
            owner: owner?.name ?? "a former member",
          },
  };
}

async function taskRow(ctx: AuthedContext, stored: StoredTask): Promise<TaskRow> {
  const page = await ctx.services.read.listTasks(ctx.workspaceId, {
    filter: { queue: "all", subject: stored.subjectId, state: taskStates },
    viewerId: ctx.viewer.userId ?? "",
    page: { limit: pageRows },
  });
  return found(
    page.items.find((task) => task.id === stored.id),
    "task",
  );
}

/** What it is checked by is for the analysis. */
function shownPlan({ check: _check, sourceIds: _sourceIds, ...plan }: TaskPlan): TaskPlanView {
  return plan;
}

/** The rules behind the findings, worst first as listed, said once each. */
function whatToDo(findings: readonly FindingRow[]): Pick<TaskView, "steps" | "verify" | "breaks" | "why"> {
  const rules = [...new Set(findings.map((finding) => finding.ruleId))].flatMap((ruleId) => ruleById(ruleId) ?? []);
  const sentences = (texts: readonly string[]): string => [...new Set(texts)].join(" ");
  return {
    steps: [...new Set(rules.flatMap((rule) => rule.remediation.steps))],
    verify: sentences(rules.map((rule) => rule.remediation.verify)),
    breaks: sentences(rules.map((rule) => rule.remediation.breaks)),
    why: sentences(rules.map((rule) => rule.rationale)),
  };
}

function refusalOf(ctx: AuthedContext, stored: StoredTask, event: (typeof taskEvent.options)[number]): string | null {
  const refusal = touchRefusal(ctx, stored, event);
  if (refusal !== null) return refusal;
  const kind = lifecycleKind(event, stored, ctx.role);
  const offered = allowedEvents(asTask(stored), { id: ctx.viewer.userId, role: ctx.role }).find((candidate) => candidate.event === kind);
  return offered === undefined ? "Only a later sync decides this" : offered.refusal;
}
