"use client";

import { useQueryClient } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useRef } from "react";
import { useTRPC } from "@/api/trpc.ts";
import { Button } from "@/ui/button.tsx";
import { cx } from "@/ui/cx.ts";
import { formatCount, plural } from "@/ui/format.ts";
import { SearchField } from "@/ui/search-field.tsx";
import { Empty, Failure, Skeleton } from "@/ui/states.tsx";
import { Tabs } from "@/ui/tabs.tsx";
import { Tag } from "@/ui/tag.tsx";
import { TaskDetail } from "./task-detail.tsx";
import { TaskListItem } from "./task-list-item.tsx";
import { useListFocus } from "./use-list-focus.ts";
import { useFirstTask } from "./use-first-task.ts";
import { useTaskRows } from "./use-task-rows.ts";
import { SHOWN, useTasksUrl } from "./use-tasks-url.ts";

type TasksUrl = ReturnType<typeof useTasksUrl>;
type TaskRows = ReturnType<typeof useTaskRows>;

const SHOWN_LABEL: Readonly<Record<(typeof SHOWN)[number], string>> = { open: "To do", waiting: "Snoozed or accepted", closed: "Closed" };

function ListHead({ tasks, counts }: { tasks: TasksUrl; counts: TaskRows["counts"] }) {
  const { url, setUrl } = tasks;
  return (
    <div data-print="hide">
      <Tabs
        label="Queues"
        className="px-4 sm:px-8"
        value={url.queue}
        onChange={(queue) => void setUrl({ queue, task: null })}
        items={[
          { id: "mine", label: "Mine", count: counts?.mine },
          { id: "unassigned", label: "Nobody's yet", count: counts?.unassigned },
          { id: "all", label: "All", count: counts?.all },
        ]}
      />
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 sm:pl-8">
        <SearchField
          label="Search tasks"
          placeholder="Task or identity"
          value={url.q}
          onChange={(q) => void setUrl({ q: q || null }, { history: "replace" })}
        />
        <select
          aria-label="Which tasks"
          value={url.show}
          onChange={(event) => void setUrl({ show: event.target.value as typeof url.show, task: null })}
          disabled={url.overdue !== null || url.state !== null}
          className="h-8 rounded-md border border-control bg-raised px-2 text-sm disabled:opacity-50"
        >
          {SHOWN.map((shown) => (
            <option key={shown} value={shown}>
              {SHOWN_LABEL[shown]}
            </option>
          ))}
        </select>
        {url.overdue !== null || url.state !== null ? (
          <button type="button" onClick={() => void setUrl({ overdue: null, state: null, task: null })} title="Show the others as well">
            <Tag tone="accent">{url.overdue !== null ? "Only past their date" : "Only accepted risks"}, clear</Tag>
          </button>
        ) : null}
      </div>
    </div>
  );
}

function NoTasks({ tasks }: { tasks: TasksUrl }) {
  const { url, setUrl } = tasks;
  if (url.q || url.severity.length > 0 || url.overdue || url.state)
    return (
      <Empty
        title="No task matches"
        action={<Button onClick={() => void setUrl({ q: null, severity: null, overdue: null, state: null })}>Clear filters</Button>}
      />
    );
  if (url.queue === "mine" && url.show === "open") {
    return (
      <Empty
        title="Nothing waits for you"
        action={<Button onClick={() => void setUrl({ queue: "unassigned" })}>See what nobody has yet</Button>}
      >
        Tasks that you claim, or that somebody gives you, appear here.
      </Empty>
    );
  }
  return <Empty title="Nothing here" />;
}

function TaskList({ tasks, rows, onSelect }: { tasks: TasksUrl; rows: TaskRows; onSelect: (id: string) => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { query } = rows;
  if (query.isError) return <Failure what="The tasks" error={query.error} onRetry={() => void query.refetch()} className="m-4" />;
  if (!query.data)
    return (
      <div className="p-4 sm:pl-8">
        {Array.from({ length: 8 }, (_, index) => (
          <Skeleton key={index} className="mb-2 h-12" />
        ))}
      </div>
    );
  if (rows.rows.length === 0) return <NoTasks tasks={tasks} />;
  const { count, capped } = query.data.pages[0]?.total ?? { count: rows.rows.length, capped: false };
  return (
    <>
      <p role="status" className="px-4 py-1.5 text-xs text-ink-3 sm:pl-8">
        {capped ? "more than " : ""}
        {plural(count, "task")}, worst first
      </p>
      <ul onPointerOver={(event) => prefetch(event.target)}>
        {rows.rows.map((task) => (
          <TaskListItem key={task.id} task={task} selected={tasks.url.task === task.id} onSelect={() => onSelect(task.id)} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button tone="quiet" className="m-4" onClick={() => void query.fetchNextPage()}>
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

export function TasksPage() {
  const tasks = useTasksUrl();
  const { url, setUrl, filter } = tasks;
  const rows = useTaskRows(filter);
  const list = useRef<HTMLDivElement>(null);
  const select = (task: string) => {
    void setUrl({ task }, { history: url.task === null ? "push" : "replace" });
    list.current?.querySelector<HTMLElement>(`[data-task="${task}"]`)?.focus();
  };
  useFirstTask(
    url.task === null && !rows.query.isPlaceholderData ? (rows.rows[0]?.id ?? null) : null,
    (task) => void setUrl({ task }, { history: "replace" }),
  );
  useListFocus({ list, ids: rows.rows.map((row) => row.id), current: url.task, onSelect: select });
  return (
    <div className="flex h-[calc(100dvh-48px)] max-md:h-[calc(100dvh-104px)]" data-print="flow">
      <h1 className="sr-only">My tasks</h1>
      <div
        ref={list}
        className={cx("flex w-full min-w-0 shrink-0 flex-col border-r border-line pt-2 lg:w-[420px]", url.task !== null && "max-lg:hidden")}
      >
        <ListHead tasks={tasks} counts={rows.counts} />
        <div className="relative min-h-0 flex-1 overflow-y-auto" data-print="flow">
          <TaskList tasks={tasks} rows={rows} onSelect={select} />
        </div>
      </div>
      <div
        // A new task starts at its top.
        key={url.task}
        tabIndex={0}
        role="region"
        aria-label="Task"
        data-print="flow"
        className={cx(
          "relative min-w-0 flex-1 overflow-y-auto px-4 pt-6 pb-16 -outline-offset-2 sm:px-8",
          url.task === null && "max-lg:hidden",
        )}
      >
        {url.task === null ? (
          <Empty title="Choose a task">J and K move through the list, ? shows all keys.</Empty>
        ) : (
          <div className="max-w-4xl">
            <Button tone="quiet" size="sm" className="mb-3 -ml-2 lg:hidden" onClick={() => void setUrl({ task: null })}>
              <ArrowLeft aria-hidden className="size-4" /> Tasks
            </Button>
            <TaskDetail id={url.task} />
          </div>
        )}
      </div>
    </div>
  );
}
