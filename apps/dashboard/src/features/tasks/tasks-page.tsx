"use client";

import { ArrowLeft } from "lucide-react";
import { useRef } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import type { TaskFilter, TaskRow } from "@/api/views.ts";
import { useMay } from "@/features/shell/use-session.ts";
import { Button } from "@/ui/button.tsx";
import { cx } from "@/ui/cx.ts";
import { Empty } from "@/ui/states.tsx";
import { useSelection } from "@/ui/use-selection.ts";
import { TaskBar } from "./task-bar.tsx";
import { TaskDetail } from "./task-detail.tsx";
import { TaskListHead } from "./task-list-head.tsx";
import { TaskList } from "./task-list.tsx";
import { useFirstTask } from "./use-first-task.ts";
import { useListFocus } from "./use-list-focus.ts";
import { useTaskRows } from "./use-task-rows.ts";
import { useTasksUrl } from "./use-tasks-url.ts";

/** Null for who may read only. X selects the task that is shown. */
function useTaskSelection(filter: TaskFilter, { rows, first }: ReturnType<typeof useTaskRows>, current: string | null) {
  const may = useMay();
  const selection = useSelection<TaskRow>(filter, first?.total.count ?? 0);
  useHotkeys("x", () => {
    const shown = rows.find((row) => row.id === current);
    if (shown && may.triage) selection.toggle(shown);
  });
  return may.triage ? selection : null;
}

export function TasksPage() {
  const tasks = useTasksUrl();
  const { url, setUrl, filter } = tasks;
  const rows = useTaskRows(filter);
  const selection = useTaskSelection(filter, rows, url.task);
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
        <TaskListHead
          tasks={tasks}
          counts={rows.counts}
          bar={selection !== null && selection.count > 0 ? <TaskBar selection={selection} filter={filter} /> : null}
        />
        <div className="relative min-h-0 flex-1 overflow-y-auto" data-print="flow">
          <TaskList tasks={tasks} rows={rows} selection={selection} onOpen={select} />
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
          rows.rows.length > 0 ? (
            <Empty title="Choose a task" className="px-0">
              J and K move through the list, ? shows all keys.
            </Empty>
          ) : null
        ) : (
          <div className="max-w-4xl">
            <Button tone="quiet" size="sm" className="mb-3 -ml-2 lg:hidden" onClick={() => void setUrl({ task: null })}>
              <ArrowLeft aria-hidden className="size-4" /> Tasks
            </Button>
            <TaskDetail id={url.task} keys={selection === null || selection.count === 0} />
          </div>
        )}
      </div>
    </div>
  );
}
