"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useTRPC, useTRPCClient } from "@/api/trpc.ts";

export interface MembersQuestion {
  readonly node: string;
  readonly direction: "out" | "in";
  readonly group: string | null;
  readonly search: string;
}

/** Members of a mark page by page; the next page is asked for before the end is seen. */
export function useMembers({ node, direction, group, search }: MembersQuestion) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const input = { node, view: direction, group, search, limit: 200 };
  const query = useInfiniteQuery({
    queryKey: [...trpc.graph.expand.pathKey(), input],
    queryFn: ({ pageParam, signal }) => client.graph.expand.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { query, rows, more, total: query.data?.pages[0]?.total ?? null };
}
