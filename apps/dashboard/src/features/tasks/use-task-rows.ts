"use client";

import { useTRPCClient } from "@/api/trpc.ts";
import { usePages } from "@/api/use-pages.ts";
import type { TaskFilter } from "@/api/views.ts";

export const TASK_ROWS_KEY = ["tasks", "rows"] as const;
const pageSize = 100;

export function useTaskRows(filter: TaskFilter) {
  const client = useTRPCClient();
  const pages = usePages({
    key: [...TASK_ROWS_KEY, filter],
    ask: (from, options) => client.tasks.list.query({ filter, limit: pageSize, ...from }, options),
    keepPrevious: true,
  });
  return { ...pages, counts: pages.first?.counts ?? null };
}
