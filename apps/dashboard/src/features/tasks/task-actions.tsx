"use client";

import type { TaskDetail } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { Kbd } from "@/ui/tag.tsx";
import { EVENTS, nextEvent, type TaskEvent } from "./task-events.ts";

interface TaskActionsProps {
  readonly task: TaskDetail;
  readonly pending: boolean;
  readonly onEvent: (event: TaskEvent) => void;
}

export function refusalOf(task: TaskDetail, event: TaskEvent): string | null {
  const allowed = task.allowed.find((candidate) => candidate.event === event);
  return allowed ? allowed.refusal : "This is not possible now.";
}

/** One primary step; the others beside it with their keys. What is refused says why on hover and is not shown as possible. */
export function TaskActions({ task, pending, onEvent }: TaskActionsProps) {
  const primary = nextEvent(task);
  const shown = EVENTS.filter(({ event }) => event === primary || refusalOf(task, event) === null);
  return (
    <div className="flex flex-wrap gap-2" data-print="hide">
      {shown
        .sort((a, b) => Number(b.event === primary) - Number(a.event === primary))
        .map(({ event, label, key }) => {
          const refusal = refusalOf(task, event);
          return (
            <Button
              key={event}
              tone={event === primary ? "primary" : "outline"}
              disabled={pending || refusal !== null}
              title={refusal ?? undefined}
              onClick={() => onEvent(event)}
            >
              {label}
              {key ? (
                <span className="max-md:hidden">
                  {event === primary ? (
                    <span className="rounded-sm border border-on-accent/50 px-1 text-xs">{key.toUpperCase()}</span>
                  ) : (
                    <Kbd>{key.toUpperCase()}</Kbd>
                  )}
                </span>
              ) : null}
            </Button>
          );
        })}
    </div>
  );
}
