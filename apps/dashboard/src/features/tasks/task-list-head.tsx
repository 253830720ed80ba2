"use client";

import type { ReactNode } from "react";
import { SearchField } from "@/ui/search-field.tsx";
import { Tabs } from "@/ui/tabs.tsx";
import { Tag } from "@/ui/tag.tsx";
import type { useTaskRows } from "./use-task-rows.ts";
import { SHOWN, type useTasksUrl } from "./use-tasks-url.ts";

const SHOWN_LABEL: Readonly<Record<(typeof SHOWN)[number], string>> = { open: "To do", waiting: "Snoozed or accepted", closed: "Closed" };

interface TaskListHeadProps {
  readonly tasks: ReturnType<typeof useTasksUrl>;
  readonly counts: ReturnType<typeof useTaskRows>["counts"];
  /** Stands in the place of the search while something is selected, so that nothing moves. */
  readonly bar: ReactNode;
}

export function TaskListHead({ tasks, counts, bar }: TaskListHeadProps) {
  const { url, setUrl, search } = tasks;
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
        {bar ?? (
          <>
            <SearchField label="Search tasks" placeholder="Task or identity" value={url.q} onChange={search} />
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
            {url.of !== null ? (
              <button type="button" onClick={() => void setUrl({ of: null, task: null })} title="Show the others as well">
                <Tag tone="accent">Only plans, clear</Tag>
              </button>
            ) : null}
            {url.overdue !== null || url.state !== null ? (
              <button type="button" onClick={() => void setUrl({ overdue: null, state: null, task: null })} title="Show the others as well">
                <Tag tone="accent">{url.overdue !== null ? "Only past their date" : "Only accepted risks"}, clear</Tag>
              </button>
            ) : null}
          </>
        )}
      </div>
    </div>
  );
}
