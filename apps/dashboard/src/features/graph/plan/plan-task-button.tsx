"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/api/trpc.ts";
import { Button, ButtonLink } from "@/ui/button.tsx";
import { word } from "@/ui/words.ts";
import { taskHref, usePlanTask, type PlanOfTask } from "./use-plan-task.tsx";

interface PlanTaskButtonProps {
  readonly planId: string;
  readonly plan: PlanOfTask;
  /** What the plan does, for whoever hears the button without seeing what stands beside it. */
  readonly about: string;
  readonly tone?: "primary" | "outline";
}

/** Makes a task of the plan, once: the same steps have one task, and the button leads to it afterwards. */
export function PlanTaskButton({ planId, plan, about, tone = "outline" }: PlanTaskButtonProps) {
  const trpc = useTRPC();
  const known = useQuery(trpc.tasks.list.queryOptions({ filter: { queue: "all", state: [], subject: planId }, limit: 1 }));
  const { openTask, pending } = usePlanTask();
  const [justOpened, setJustOpened] = useState(false);
  const task = known.data?.items[0];
  if (task !== undefined)
    return (
      <ButtonLink
        size="sm"
        href={taskHref(task.id)}
        aria-label={`Task: ${word(task.state).toLowerCase()}, for ${about}`}
        // The button that had the focus is gone.
        ref={(link: HTMLAnchorElement | null) => {
          if (justOpened) link?.focus();
        }}
      >
        Task: {word(task.state).toLowerCase()}
      </ButtonLink>
    );
  return (
    <Button
      size="sm"
      tone={tone}
      disabled={pending || known.isPending}
      aria-label={`Open a task: ${about}`}
      onClick={() => openTask(plan, () => setJustOpened(true))}
    >
      Open a task
    </Button>
  );
}
