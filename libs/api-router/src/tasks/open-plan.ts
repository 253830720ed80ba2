import { z } from "zod";
import { dueAt } from "@rollcall/lifecycle";
import type { Severity } from "@rollcall/nhi-model";
import { uuidV7 } from "@rollcall/platform";
import type { OpenedPlan, PlanDraft, StoredTask } from "@rollcall/posture-pipeline";
import { stewards } from "../access-matrix.ts";
import { nodeReference } from "../graph/picture-input.ts";
import { planChanges } from "../graph/plan-change.ts";
import { authed } from "../trpc.ts";

export const openPlanInput = z.strictObject({ changes: planChanges, focus: nodeReference.nullable().default(null) });

/** From this share of the risk of the workspace on, percent: the limits by which a blast radius is graded (graph.md E3). */
const severityFrom: readonly (readonly [severity: Severity, pct: number])[] = [
  ["critical", 25],
  ["high", 10],
  ["medium", 2],
];

/**
 * A task that carries a plan: its steps, whom they affect, what was expected. Closed by the analysis that no longer finds what the plan
 * takes away. The same steps have one task; asking again leads to it.
 */
export const openPlan = authed(stewards)
  .input(openPlanInput)
  .mutation(async ({ ctx, input, signal }): Promise<OpenedPlan> => {
    const draft = await ctx.services.graphs.ask(ctx.workspaceId, { name: "planTask", input }, { signal });
    const task = taskOf(draft, ctx.services.clock.now().toISOString());
    return ctx.services.triage.openPlan(ctx.workspaceId, task, { plan: draft.plan, actorId: ctx.viewer.userId });
  });

function taskOf({ planId, title, plan }: PlanDraft, now: string): StoredTask {
  const severity = severityFrom.find(([, pct]) => plan.riskCutPct >= pct)?.[0] ?? "low";
  return {
    id: uuidV7(),
    subjectKind: "plan",
    subjectId: planId,
    playbook: "plan",
    state: "open",
    severity,
    title,
    assigneeId: null,
    createdAt: now,
    updatedAt: now,
    dueAt: dueAt(severity, now),
    clockStoppedAt: null,
    snoozedUntil: null,
    exception: null,
    version: 1,
  };
}
