"use client";

import type { TaskDetail } from "@/api/views.ts";
import { graphHref } from "@/features/graph/graph-state.ts";
import { planText } from "@/features/graph/plan/plan-text.ts";
import { usePlanTask } from "@/features/graph/plan/use-plan-task.tsx";
import { useSession } from "@/features/shell/use-session.ts";
import { Button, ButtonLink } from "@/ui/button.tsx";
import { useTasksUrl } from "./use-tasks-url.ts";

type TaskPlan = NonNullable<TaskDetail["plan"]>;

/** Back to where the plan came from, and the way out for a plan that nobody is to carry out. */
export function PlanLinks({ task, plan }: { task: TaskDetail; plan: TaskPlan }) {
  const role = useSession()?.role;
  const { setUrl } = useTasksUrl();
  const { withdrawTask, pending } = usePlanTask();
  if (role !== "admin" && role !== "analyst") return null;
  const changes = plan.steps.map((step) => step.change);
  const focus = plan.focus?.key ?? null;
  return (
    <div className="flex flex-wrap gap-2" data-print="hide">
      <ButtonLink size="sm" href={graphHref(focus ?? "", { plan: planText(changes) })}>
        Try it again on today’s graph
      </ButtonLink>
      {task.state === "done" ? null : (
        <Button
          size="sm"
          tone="quiet"
          disabled={pending}
          onClick={() => withdrawTask(task, { changes, focus }, () => void setUrl({ task: null }, { history: "replace" }))}
        >
          Withdraw the plan
        </Button>
      )}
    </div>
  );
}
