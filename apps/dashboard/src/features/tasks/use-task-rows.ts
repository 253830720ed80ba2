"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPCClient } from "@/api/trpc.ts";
import type { TaskFilter, TaskRow } from "@/api/views.ts";

const NONE: readonly TaskRow[] = [];
export const TASK_ROWS_KEY = ["tasks", "rows"] as const;

export function useTaskRows(filter: TaskFilter) {
  const client = useTRPCClient();
  const query = useInfiniteQuery({
    queryKey: [...TASK_ROWS_KEY, filter],
    queryFn: ({ pageParam, signal }) =>
      client.tasks.list.query({ filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: "",
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => (query.data ? query.data.pages.flatMap((page) => page.items) : NONE), [query.data]);
  return { query, rows, counts: query.data?.pages[0]?.counts ?? null };
}
