"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { toast } from "sonner";
import { useTRPC } from "@/api/trpc.ts";
import type { WhatIf } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { Menu, MenuItem } from "@/ui/menu.tsx";
import { word } from "@/ui/words.ts";
import { planComment } from "./plan-markdown.ts";

const UNFINISHED = ["open", "reopened", "claimed", "in_progress", "snoozed", "verifying"];

function announce(task: { readonly id: string; readonly title: string }): void {
  toast(
    <span>
      The plan is on the task{" "}
      <Link href={`/tasks?queue=all&task=${task.id}`} className="text-accent underline underline-offset-3">
        {task.title}
      </Link>
    </span>,
  );
}

/**
 * Gives the plan to whoever has a task about this identity. A task is closed by the sync that no longer shows its findings, so a plan
 * belongs to one that has some, and does not become a task of its own that only a click could close.
 */
export function PlanToTask({ answer, link }: { answer: WhatIf; link: () => string }) {
  const trpc = useTRPC();
  const subject = answer.focus?.node.kind === "identity" ? answer.focus.node.entityId : null;
  const tasks = useQuery(
    trpc.tasks.list.queryOptions(
      { filter: { queue: "all", subject: subject ?? "", state: UNFINISHED }, limit: 20 },
      { enabled: subject !== null },
    ),
  );
  const comment = useMutation(
    trpc.tasks.comment.mutationOptions({
      onSuccess: announce,
      onError: (error) => toast.error(error.message),
    }),
  );
  if (subject === null) return null;
  const items = tasks.data?.items ?? [];
  if (tasks.data !== undefined && items.length === 0)
    return <p className="w-full text-xs text-ink-3">It has no open task that this plan could go to. Share it instead.</p>;
  return (
    <Menu
      align="start"
      trigger={
        <Button size="sm" tone="primary" disabled={items.length === 0 || comment.isPending}>
          Put on a task
        </Button>
      }
    >
      {items.map((task) => (
        <MenuItem key={task.id} onSelect={() => comment.mutate({ id: task.id, text: planComment(answer, link()) })}>
          <span className="max-w-80 truncate">{task.title}</span>
          <span className="ml-auto text-xs text-ink-3">{task.assigneeName ?? word(task.state).toLowerCase()}</span>
        </MenuItem>
      ))}
    </Menu>
  );
}
