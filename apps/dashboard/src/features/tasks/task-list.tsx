"use client";

import { useQueryClient } from "@tanstack/react-query";
import { csvHref } from "@/api/csv-href.ts";
import { useTRPC } from "@/api/trpc.ts";
import type { TaskRow } from "@/api/views.ts";
import { Button } from "@/ui/button.tsx";
import { CsvLink } from "@/ui/csv-link.tsx";
import { formatCount, plural } from "@/ui/format.ts";
import { Empty, Failure, Skeleton } from "@/ui/states.tsx";
import type { Selection } from "@/ui/use-selection.ts";
import { TaskListItem } from "./task-list-item.tsx";
import type { useTaskRows } from "./use-task-rows.ts";
import type { useTasksUrl } from "./use-tasks-url.ts";

type TasksUrl = ReturnType<typeof useTasksUrl>;

function NoTasks({ tasks }: { tasks: TasksUrl }) {
  const { url, setUrl } = tasks;
  if (url.q || url.severity.length > 0 || url.overdue || url.state || url.of)
    return (
      <Empty
        className="sm:pl-8"
        title="No task matches"
        action={
          <Button onClick={() => void setUrl({ q: null, severity: null, overdue: null, state: null, of: null })}>Clear filters</Button>
        }
      />
    );
  if (url.queue === "mine" && url.show === "open") {
    return (
      <Empty
        className="sm:pl-8"
        title="Nothing waits for you"
        action={<Button onClick={() => void setUrl({ queue: "unassigned" })}>See what nobody has yet</Button>}
      >
        Tasks that you claim, or that somebody gives you, appear here.
      </Empty>
    );
  }
  return <Empty className="sm:pl-8" title="Nothing here" />;
}

interface TaskListProps {
  readonly tasks: TasksUrl;
  readonly rows: ReturnType<typeof useTaskRows>;
  /** Null for who may read only. */
  readonly selection: Selection<TaskRow> | null;
  readonly onOpen: (id: string) => void;
}

export function TaskList({ tasks, rows, selection, onOpen }: TaskListProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { query, first } = rows;
  if (query.isError) return <Failure what="The tasks" error={query.error} onRetry={() => void query.refetch()} className="m-4" />;
  if (first === null)
    return (
      <div className="p-4 sm:pl-8">
        {Array.from({ length: 8 }, (_, index) => (
          <Skeleton key={index} className="mb-2 h-12" />
        ))}
      </div>
    );
  if (rows.rows.length === 0) return <NoTasks tasks={tasks} />;
  const { count, capped } = first.total;
  return (
    <>
      <div className="flex items-center justify-between px-4 text-xs text-ink-3 sm:pl-8">
        <p role="status">
          {capped ? "more than " : ""}
          {plural(count, "task")}, worst first
        </p>
        <CsvLink href={csvHref("tasks", tasks.filter)} what="these tasks" />
      </div>
      <ul onPointerOver={(event) => prefetch(event.target)}>
        {rows.rows.map((task) => (
          <TaskListItem
            key={task.id}
            task={task}
            open={tasks.url.task === task.id}
            inTabOrder={(rows.rows.find((row) => row.id === tasks.url.task) ?? rows.rows[0])?.id === task.id}
            onOpen={() => onOpen(task.id)}
            chosen={selection !== null && (selection.everything || selection.chosen.has(task.id))}
            onToggle={selection ? () => selection.toggle(task) : null}
          />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button tone="quiet" className="m-4" onClick={rows.more}>
          Show more of {formatCount(count)}
        </Button>
      ) : null}
    </>
  );
  function prefetch(target: EventTarget): void {
    const id = target instanceof Element ? target.closest<HTMLElement>("[data-task]")?.dataset.task : undefined;
    if (id) void queryClient.prefetchQuery(trpc.tasks.get.queryOptions({ id }, { staleTime: 30_000 }));
  }
}
